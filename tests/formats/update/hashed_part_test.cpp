#include "formats/update/hashed_part.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "tests/formats/update/files.hpp"

namespace kpropgw::formats {
namespace {

/// What all parts of a dump say together.
struct Whole {
    std::vector<HashedRecord> records;
    std::uint64_t lines = 0;
    std::string error;
    bool operator==(const Whole&) const = default;
};

Whole hash_in_parts(const std::string& dump, std::uint64_t part_size) {
    const DumpFile file = file_of(dump);
    const Header header = header_of(file).value();
    Whole whole;
    const auto done =
        one_after_another([&](std::size_t number) { return hash_part(file, header, number, fixed_key(), part_size); },
                          [&whole](const HashedPart& part) -> Result<bool> {
                              whole.records.insert(whole.records.end(), part.records.begin(), part.records.end());
                              whole.lines += part.lines;
                              if (!part.outcome) return part.outcome.error();
                              return !part.is_last;
                          });
    if (!done) whole.error = done.error().text();
    return whole;
}

void expect_the_same_in_any_parts(const std::string& dump) {
    const Whole whole = hash_in_parts(dump, 2 * dump.size());
    for (std::uint64_t size = 1; size <= dump.size() + 1; ++size) {
        ASSERT_TRUE(hash_in_parts(dump, size) == whole) << "in parts of " << size << " bytes:\n" << dump;
    }
}

const std::string header = "kdb5_util load_dump version 7\n";
const std::string first = "princ\t38\t3\t0\t0\t0\ta@R\t0\t0\t0\t0\t0\t0\t0\t0\t-1;\n";
const std::string second = "princ\t38\t3\t0\t0\t0\tb@R\t0\t0\t0\t0\t0\t0\t0\t0\t-1;\n";
const std::string policy = "policy\ta@R\t0\t0\t1\t1\t1\t0\t0\t0\t0\t0\t0\t0\t-\t0\n";

TEST(HashedPart, HoldsTheRecordsWhoseLinesBeginInIt) {
    const std::string dump = header + first + second + policy;
    const Whole whole = hash_in_parts(dump, dump.size());
    ASSERT_EQ(whole.records.size(), 3u);
    EXPECT_EQ(whole.lines, 3u);
    EXPECT_EQ(whole.records[1].place, header.size() + first.size());
    EXPECT_NE(whole.records[0].name, whole.records[2].name) << "a principal and a policy of one name";
    expect_the_same_in_any_parts(dump);
}

TEST(HashedPart, CountsBlankLinesAndEndsAtAnEndLine) {
    expect_the_same_in_any_parts(header + "\n" + first + "\n\n" + second + "\n");
    const std::string ended = header + first + "End\n";
    expect_the_same_in_any_parts(ended + "nonsense\n" + second);
    EXPECT_TRUE(hash_in_parts(ended + "nonsense\n" + second, 20) == hash_in_parts(ended, 1000));
    expect_the_same_in_any_parts(header);
}

TEST(HashedPart, HasTheErrorOfTheFirstWrongLine) {
    expect_the_same_in_any_parts(header + first + "princ\t39\n" + second + "princ\t40\n");
    const std::string cut = header + first + second.substr(0, second.size() - 1);
    expect_the_same_in_any_parts(cut);
    const Whole whole = hash_in_parts(cut, 16);
    EXPECT_EQ(whole.records.size(), 1u);
    EXPECT_EQ(whole.lines, 2u);
    EXPECT_EQ(whole.error, "the last line has no newline: the dump was cut; make it again");
}

TEST(HashedPart, SaysTheSameOfEveryGoldenDumpInAnyParts) {
    for (const std::string name : {"policies", "keys", "names", "attributes"}) {
        const std::string dump = read_file(golden_path(name, DumpVersion::v7), 1u << 20).value();
        const Whole whole = hash_in_parts(dump, dump.size());
        EXPECT_EQ(whole.error, "");
        for (std::uint64_t size = 1; size < dump.size(); size += 1 + size / 8) {
            ASSERT_TRUE(hash_in_parts(dump, size) == whole) << name << " in parts of " << size << " bytes";
        }
    }
}

}  // namespace
}  // namespace kpropgw::formats
