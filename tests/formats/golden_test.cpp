#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "base/file.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::size_t limit = 1 << 20;

/// Each NAME of tests/golden/dumps: kdb5_util wrote the same database in every version.
std::vector<std::string> list_goldens() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(KPROPGW_SOURCE_DIR "/tests/golden/dumps")) {
        if (file.path().extension() == ".v7") names.push_back(file.path().stem());
    }
    std::sort(names.begin(), names.end());
    return names;
}

class DumpGolden : public testing::TestWithParam<std::string> {
protected:
    static std::string dump_in(DumpVersion version) {
        return read_file(golden_path(GetParam(), version), limit).value();
    }
};

TEST_P(DumpGolden, ConvertsToEachVersionThatSaysNoMoreAsKdb5UtilDoes) {
    const LogPosition position = position_of(dump_in(DumpVersion::ipropx)).value();
    for (const auto from : all_versions) {
        for (const auto to : all_versions) {
            if (!says_all_of(from, to)) continue;
            EXPECT_EQ(must_convert(dump_in(from), to, 1 << 20, position), dump_in(to))
                << to_text(from) << " to " << to_text(to);
        }
    }
}

TEST_P(DumpGolden, ForKpropdOf18ItIsIpropxWithThePoliciesOfVersion6) {
    const auto lines = [](const std::string& dump, std::string_view kind) {
        std::string found;
        std::istringstream in(dump);
        for (std::string line; std::getline(in, line);)
            if (line.starts_with(kind)) found += line + '\n';
        return found;
    };
    const std::string ipropx = dump_in(DumpVersion::ipropx);
    const std::string made =
        must_convert(dump_in(DumpVersion::v7), DumpVersion::ipropx_r18, 1 << 20, position_of(ipropx).value());
    EXPECT_EQ(made.substr(0, made.find('\n')), ipropx.substr(0, ipropx.find('\n')));
    EXPECT_EQ(lines(made, "princ\t"), lines(ipropx, "princ\t"));
    EXPECT_EQ(lines(made, "policy\t"), lines(dump_in(DumpVersion::v6), "policy\t"));
}

TEST_P(DumpGolden, IsReadTheSameInCapitalsAndWithBlanks) {
    std::string odd = dump_in(DumpVersion::v7);
    auto reader = DumpReader::open(pieces_of(odd), "dump");
    ASSERT_TRUE(reader);
    while (reader->next().value() == DumpReader::Record::principal) {
        // The part behind the name and its tab: a name's letters and blanks are its own.
        const std::size_t name = odd.find("\t" + std::string(reader->principal().name) + "\t");
        const std::size_t from = name + 2 + reader->principal().name.size();
        for (std::size_t i = from; odd[i] != '\n'; ++i) {
            if (odd[i] == '\t') odd[i] = ' ';
            if (odd[i] >= 'a' && odd[i] <= 'f') odd[i] = static_cast<char>(odd[i] - 'a' + 'A');
        }
    }
    EXPECT_NE(odd, dump_in(DumpVersion::v7));
    EXPECT_EQ(must_convert(odd, DumpVersion::v7), dump_in(DumpVersion::v7));
}

TEST_P(DumpGolden, LosesNothingWhenTheRegistryKeepsWhatCannotTravel) {
    for (const auto version : all_versions) {
        auto held = DumpReader::open(pieces_of(dump_in(DumpVersion::v7)), "held");
        auto arriving = DumpReader::open(pieces_of(dump_in(version)), "arriving");
        ASSERT_TRUE(held && arriving);
        for (;;) {
            const auto record = held->next();
            ASSERT_EQ(record.value(), arriving->next().value());
            if (*record == DumpReader::Record::end) break;
            if (*record == DumpReader::Record::principal) {
                Principal mended = arriving->principal();
                keep_what_cannot_travel(mended, held->principal(), version);
                EXPECT_EQ(compare(held->principal(), mended), Difference::none) << mended.name;
            } else {
                Policy mended = arriving->policy();
                keep_what_cannot_travel(mended, held->policy(), version);
                EXPECT_EQ(compare(held->policy(), mended), Difference::none) << mended.name;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Databases, DumpGolden, testing::ValuesIn(list_goldens()), [](const auto& golden) {
    std::string name = golden.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

}  // namespace
}  // namespace kpropgw::formats
