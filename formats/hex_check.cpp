#include "formats/hex_check.hpp"

#include <cstdint>
#include <cstring>

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

/// 0xff for each byte that is a digit.
__m128i digits_of(__m128i bytes) {
    const __m128i from_zero = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    const __m128i from_a = _mm_sub_epi8(bytes, _mm_set1_epi8('a'));
    const __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(from_zero, _mm_set1_epi8(9)), from_zero);
    const __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(from_a, _mm_set1_epi8(5)), from_a);
    return _mm_or_si128(digit, letter);
}

template <class Word>
Word load(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

// A block at the end overlaps the one before it.

bool sse2(const char* text, std::size_t size) {
    constexpr std::size_t block = 16;
    if (size < block) {
        if (size < 4) return scalar(text, size);
        const bool in_eights = size >= 8;
        const __m128i bytes =
            in_eights ? _mm_set_epi64x(load<long long>(text + size - 8), load<long long>(text))
                      : _mm_set_epi32(load<int>(text + size - 4), load<int>(text), load<int>(text), load<int>(text));
        return _mm_movemask_epi8(digits_of(bytes)) == 0xffff;
    }
    __m128i right = digits_of(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text + size - block)));
    for (; size >= block; size -= block, text += block) {
        right = _mm_and_si128(right, digits_of(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text))));
    }
    return _mm_movemask_epi8(right) == 0xffff;
}

bool has_avx2() {
    return __builtin_cpu_supports("avx2") != 0;
}

__attribute__((target("avx2"))) inline __m256i digits_of(__m256i bytes) {
    const __m256i from_zero = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    const __m256i from_a = _mm256_sub_epi8(bytes, _mm256_set1_epi8('a'));
    const __m256i digit = _mm256_cmpeq_epi8(_mm256_min_epu8(from_zero, _mm256_set1_epi8(9)), from_zero);
    const __m256i letter = _mm256_cmpeq_epi8(_mm256_min_epu8(from_a, _mm256_set1_epi8(5)), from_a);
    return _mm256_or_si256(digit, letter);
}

__attribute__((target("avx2"))) bool avx2(const char* text, std::size_t size) {
    constexpr std::size_t block = 32;
    if (size < block) return sse2(text, size);
    __m256i right = digits_of(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + size - block)));
    for (; size >= block; size -= block, text += block) {
        right = _mm256_and_si256(right, digits_of(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text))));
    }
    return _mm256_movemask_epi8(right) == -1;
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
