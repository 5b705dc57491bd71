#include "formats/update/iprop_from_primary.hpp"

#include <gmock/gmock.h>

#include <map>

#include "formats/ulog/update_log.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {
namespace {

using ::testing::ElementsAre;

/// An update as MIT logs one of an existing record whose tl-data changed.
IpropUpdate modification(std::uint32_t password, const std::vector<IpropTlData>& listed) {
    IpropUpdate update;
    update.name = "a@R";
    update.items = {{IpropSets::name, IpropName{"R", {"a"}, 1}},
                    {IpropSets::last_pwd_change, password},
                    {IpropSets::mod_princ, IpropName{"R", {"admin"}, 1}},
                    {IpropSets::mod_time, 9u}};
    if (!listed.empty()) update.items.push_back({IpropSets::tl_data, listed});
    return update;
}

class FromPrimary : public ::testing::Test {
protected:
    FromPrimary() {
        held_.name = "a@R";
        held_.tl = {{11, "00"}, {3, "aa"}, {2, "bb"}, {8, "0100"}, {1, "05000000"}};
        held_.keys = {{1, 1, {{18, "cc"}, {}}}};
        held_.last_success = 5;
    }

    std::vector<std::int16_t> types_after(const IpropUpdate& update, const Principal* held) {
        const auto hides = overlay_from_primary(update, held, texts_, laid_);
        EXPECT_TRUE(hides) << hides.error();
        hides_ = hides && *hides;
        std::vector<std::int16_t> types;
        for (const TlData& item : laid_.tl)
            types.push_back(item.type);
        return types;
    }

    Principal held_;
    Principal laid_;
    bool hides_ = false;
    RecordTexts texts_;
};

TEST_F(FromPrimary, TakesOutWhatIsNoLongerListed) {
    EXPECT_THAT(types_after(modification(5, {{3, "\xaa"}, {8, std::string_view("\1\0", 2)}}), &held_),
                ElementsAre(3, 2, 8, 1));
    EXPECT_THAT(types_after(modification(5, {}), &held_), ElementsAre(2, 1));
}

TEST_F(FromPrimary, KeepsAllWhereTheTlDataDidNotChange) {
    IpropUpdate update;
    update.name = "a@R";
    update.items = {{IpropSets::max_life, 5u}};
    EXPECT_THAT(types_after(update, &held_), ElementsAre(11, 3, 2, 8, 1));
}

TEST_F(FromPrimary, PutsNewTypesWhereThePrimaryHasThem) {
    EXPECT_THAT(types_after(modification(5, {{256, ""}, {1792, ""}, {11, ""}, {3, ""}, {8, ""}}), &held_),
                ElementsAre(256, 1792, 11, 3, 2, 8, 1));
    held_.tl = {{2, "bb"}};  // as kdb5_util create makes krbtgt
    EXPECT_THAT(types_after(modification(5, {{3, ""}, {8, ""}}), &held_), ElementsAre(3, 1, 8, 2));
}

TEST_F(FromPrimary, MakesNoPasswordsTimeOfNone) {
    held_.tl = {{2, "bb"}};
    EXPECT_THAT(types_after(modification(0, {}), &held_), ElementsAre(2));
}

TEST_F(FromPrimary, LaysAPutOfAnotherGatewayOverAsItIs) {
    IpropUpdate update;
    update.name = "a@R";
    update.items = {{IpropSets::tl_data, std::vector<IpropTlData>{{1, ""}, {9, ""}, {2, ""}}}};
    EXPECT_THAT(types_after(update, &held_), ElementsAre(9, 11, 3, 2, 8, 1));
    EXPECT_FALSE(hides_);
}

TEST_F(FromPrimary, KnowsWhatTheLogMustHaveLeftOut) {
    const std::string_view mkvno1("\1\0", 2);
    const std::vector<IpropTlData> unchanged{{11, std::string_view("\0", 1)}, {3, "\xaa"}, {8, mkvno1}};
    types_after(modification(5, unchanged), &held_);
    EXPECT_TRUE(hides_) << "nothing but the modifier changed: an expiration after 2038";
    auto other = unchanged;
    other[0].contents = "x";
    types_after(modification(5, other), &held_);
    EXPECT_FALSE(hides_) << "a string attribute changed";
    other[2].contents = std::string_view("\2\0", 2);
    types_after(modification(5, other), &held_);
    EXPECT_TRUE(hides_) << "another master key and no keys";
    types_after(modification(6, unchanged), &held_);
    EXPECT_TRUE(hides_) << "another password and no keys";
    IpropUpdate with_keys = modification(6, unchanged);
    with_keys.items.push_back({IpropSets::keys, std::vector<IpropKey>()});
    types_after(with_keys, &held_);
    EXPECT_FALSE(hides_);
}

/// What kdb5_util dumped behind the last update, login fields excepted.
TEST_F(FromPrimary, GivesTheRecordsThatThePrimaryDumps) {
    const std::string folder = KPROPGW_SOURCE_DIR "/tests/golden/ulog/";
    const File file = File::open_for_reading(folder + "wrapped.ulog").value();
    const UpdateLog log([&](std::uint64_t offset, std::span<char> into) { return file.read_at(offset, into); },
                        file.size().value());
    const LogHeader header = log.header().value();
    std::map<std::string, std::string> lines;
    for (std::uint32_t serial = header.first.serial; serial <= header.last.serial; ++serial) {
        LogEntry entry;
        log.read_entry(header, log.place_of(header, serial).value(), entry).value();
        IpropUpdate update;
        decode_iprop_update(entry.update, update).value();
        std::string& line = lines[std::string(update.name)];
        if (line.empty() && !carries_whole_record(update)) continue;
        Principal before;
        if (!line.empty()) parse_principal(line, before).value();
        if (update.deleted) {
            lines.erase(std::string(update.name));
            continue;
        }
        const bool is_new = line.empty();
        const auto hides = overlay_from_primary(update, is_new ? nullptr : &before, texts_, laid_);
        ASSERT_TRUE(hides) << hides.error();
        EXPECT_FALSE(*hides) << serial;
        std::string now;
        append_principal(now, laid_, DumpVersion::v7);
        now.pop_back();
        line = now;
    }
    const auto dumped = read_lines(pieces_of(read_file(folder + "wrapped.ipropx", 1 << 20).value()), DumpVersion::v7);
    int found = 0;
    for (const std::string& line : dumped.value()) {
        for (const auto& [name, laid] : lines) {
            if (line.find("	" + name + "	") == std::string::npos || laid.empty()) continue;
            EXPECT_EQ(laid, line);
            ++found;
        }
    }
    EXPECT_EQ(found, 2) << "person and odd/na/me";
}

}  // namespace
}  // namespace kpropgw::formats
