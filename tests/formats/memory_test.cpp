#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "base/file.hpp"
#include "tests/formats/dumps.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* made = std::malloc(size == 0 ? 1 : size)) return made;
    throw std::bad_alloc();
}

// std::stable_sort asks in this way and gives back in the usual one.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    try {
        return ::operator new(size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

void operator delete(void* made) noexcept {
    std::free(made);
}

void operator delete(void* made, std::size_t) noexcept {
    std::free(made);
}

namespace kpropgw::formats {
namespace {

/// A golden dump's records again and again, without end.
ReadBytes endless(const std::string& name, std::size_t& largest_read) {
    const std::string dump = read_file(KPROPGW_SOURCE_DIR "/tests/golden/dumps/" + name, 1 << 20).value();
    const std::size_t records = dump.find('\n') + 1;
    return [dump, records, &largest_read, at = std::size_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        largest_read = std::max(largest_read, into.size());
        if (at == dump.size()) at = records;
        const std::size_t count = std::min(into.size(), dump.size() - at);
        std::memcpy(into.data(), dump.data() + at, count);
        at += count;
        return count;
    };
}

TEST(DumpReaderMemory, IsFlatAndNothingIsAllocatedForARecord) {
    for (const std::string name : {"policies", "keys", "names", "attributes"}) {
        std::size_t largest_read = 0;
        auto reader = DumpReader::open(endless(name + ".v7", largest_read), "dump");
        ASSERT_TRUE(reader);
        std::string out;
        const auto pass = [&](int records) {
            for (int i = 0; i < records; ++i) {
                const auto record = reader->next();
                ASSERT_TRUE(record) << record.error();
                out.clear();
                if (*record == DumpReader::Record::principal)
                    append_principal(out, reader->principal(), DumpVersion::v7);
                if (*record == DumpReader::Record::policy) append_policy(out, reader->policy(), DumpVersion::v7);
            }
        };
        pass(100);
        const std::size_t before = allocations;
        pass(20000);
        EXPECT_EQ(allocations, before) << name;
        EXPECT_LE(largest_read, 256u << 10);
    }
}

}  // namespace
}  // namespace kpropgw::formats
