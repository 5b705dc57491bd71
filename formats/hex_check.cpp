#include "formats/hex_check.hpp"

#include <cstdint>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace kpropgw::formats {
namespace {

bool always() {
    return true;
}

bool scalar(const char* text, std::size_t size) {
    std::uint8_t wrong = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        const bool digit = static_cast<std::uint8_t>(byte - '0') <= 9;
        const bool letter = static_cast<std::uint8_t>(byte - 'a') <= 5;
        wrong = static_cast<std::uint8_t>(wrong | static_cast<std::uint8_t>(!(digit | letter)));
    }
    return wrong == 0;
}

#ifdef __x86_64__

/// The last block overlaps the one before it; less than a block is left to scalar().
bool sse2(const char* text, std::size_t size) {
    constexpr std::size_t block = 16;
    if (size < block) return scalar(text, size);
    const __m128i zero = _mm_set1_epi8('0');
    const __m128i a = _mm_set1_epi8('a');
    const __m128i nine = _mm_set1_epi8(9);
    const __m128i five = _mm_set1_epi8(5);
    __m128i right = _mm_set1_epi8(-1);
    const auto check = [&](const char* at) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        const __m128i from_zero = _mm_sub_epi8(bytes, zero);
        const __m128i from_a = _mm_sub_epi8(bytes, a);
        const __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(from_zero, nine), from_zero);
        const __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(from_a, five), from_a);
        right = _mm_and_si128(right, _mm_or_si128(digit, letter));
    };
    for (std::size_t at = 0; at + block <= size; at += block)
        check(text + at);
    check(text + size - block);
    return _mm_movemask_epi8(right) == 0xffff;
}

bool has_avx2() {
    return __builtin_cpu_supports("avx2") != 0;
}

/// As sse2(), 32 bytes at a time.
__attribute__((target("avx2"))) bool avx2(const char* text, std::size_t size) {
    constexpr std::size_t block = 32;
    if (size < block) return sse2(text, size);
    const __m256i zero = _mm256_set1_epi8('0');
    const __m256i a = _mm256_set1_epi8('a');
    const __m256i nine = _mm256_set1_epi8(9);
    const __m256i five = _mm256_set1_epi8(5);
    __m256i right = _mm256_set1_epi8(-1);
    // A lambda would not be compiled for the target.
    for (std::size_t at = 0;; at += block) {
        const bool last = at + block >= size;
        if (last) at = size - block;
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + at));
        const __m256i from_zero = _mm256_sub_epi8(bytes, zero);
        const __m256i from_a = _mm256_sub_epi8(bytes, a);
        const __m256i digit = _mm256_cmpeq_epi8(_mm256_min_epu8(from_zero, nine), from_zero);
        const __m256i letter = _mm256_cmpeq_epi8(_mm256_min_epu8(from_a, five), from_a);
        right = _mm256_and_si256(right, _mm256_or_si256(digit, letter));
        if (last) return _mm256_movemask_epi8(right) == -1;
    }
}

constexpr HexCheck checks[] = {{"scalar", always, scalar}, {"sse2", always, sse2}, {"avx2", has_avx2, avx2}};

#else

constexpr HexCheck checks[] = {{"scalar", always, scalar}};

#endif

}  // namespace

std::span<const HexCheck> hex_checks() {
    return checks;
}

}  // namespace kpropgw::formats
