#include <gtest/gtest.h>

#include "base/file.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {
namespace {

std::string golden(const std::string& name, DumpVersion version) {
    return read_file(golden_path(name, version), 1 << 20).value();
}

/// A cut right behind a record leaves a dump that is whole by all that it says: what it has must then be read, and
/// whether that is enough is for the guard.
bool is_behind_a_record(const std::string& dump, std::size_t size) {
    return dump[size - 1] == '\n' && size > dump.find('\n') + 1;
}

class Truncation : public testing::TestWithParam<DumpVersion> {};

TEST_P(Truncation, AnywhereIsAnErrorUnlessARecordJustEnded) {
    for (const std::string name : {"policies", "keys"}) {
        const std::string dump = golden(name, GetParam());
        const LogPosition position = position_of(dump).value_or(LogPosition{});
        ASSERT_TRUE(convert(dump, GetParam()));
        for (std::size_t size = 1; size < dump.size(); ++size) {
            const std::string cut = dump.substr(0, size);
            const auto read = convert(cut, GetParam(), 1 << 20, position);
            if (is_behind_a_record(dump, size)) {
                ASSERT_TRUE(read) << name << " cut to " << size << ": " << read.error();
                ASSERT_EQ(*read, cut);
                continue;
            }
            ASSERT_FALSE(read) << name << " cut to " << size;
            const auto line = 1 + std::count(cut.begin(), cut.end() - (cut.back() == '\n' ? 1 : 0), '\n');
            ASSERT_TRUE(read.error().text().starts_with("dump:" + std::to_string(line) + ": ")) << read.error();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Versions, Truncation, testing::ValuesIn(all_versions),
                         [](const auto& version) { return std::string(to_text(version.param)); });

}  // namespace
}  // namespace kpropgw::formats
