#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "acl/acl.hpp"
#include "base/file.hpp"

namespace kpropgw::acl {
namespace {

constexpr std::size_t limit = 1 << 20;

std::string print(const Entry& entry) {
    std::string text = "line " + std::to_string(entry.line) + ": " + entry.host;
    if (entry.port) text += " port " + std::to_string(*entry.port);
    text += " role " + std::string(to_text(entry.role));
    if (entry.enctype) text += " enctype " + std::to_string(entry.enctype->number) + " as " + entry.enctype->name;
    return text + "\n";
}

/// The diagnostics as they are shown, then the entries in a form of their own.
std::string print(const Reading& reading) {
    std::string text;
    for (const auto& diagnostic : reading.diagnostics) {
        text += diagnostic.render() + "\n";
    }
    if (!reading.acl) return text + "no acl\n";
    for (const auto& entry : reading.acl->entries) {
        text += print(entry);
    }
    return text;
}

std::vector<std::filesystem::path> list_goldens() {
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(KPROPGW_SOURCE_DIR "/tests/golden/acl")) {
        if (file.path().extension() == ".acl") files.push_back(file.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

class AclGolden : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(AclGolden, ReadsAsExpected) {
    const auto& path = GetParam();
    const auto text = read_file(path, limit);
    const auto expected = read_file(std::filesystem::path(path).replace_extension(".expected"), limit);
    ASSERT_TRUE(text) << text.error();
    ASSERT_TRUE(expected) << expected.error();
    EXPECT_EQ(print(parse(*text, path.filename().string())), *expected);
}

INSTANTIATE_TEST_SUITE_P(Files, AclGolden, testing::ValuesIn(list_goldens()), [](const auto& file) {
    std::string name = file.param.stem();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

}  // namespace
}  // namespace kpropgw::acl
