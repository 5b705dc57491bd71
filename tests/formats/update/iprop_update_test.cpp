#include "formats/update/iprop_update.hpp"

#include <gmock/gmock.h>

#include <random>

#include "formats/update/iprop_put.hpp"
#include "tests/formats/update/random_records.hpp"

namespace kpropgw::formats {
namespace {

using ::testing::HasSubstr;

std::string written(const IpropUpdate& update) {
    std::string bytes;
    XdrWriter writer(bytes);
    write_iprop_update(writer, update);
    return bytes;
}

void put(XdrWriter& out, std::initializer_list<std::uint32_t> numbers) {
    for (const std::uint32_t number : numbers)
        out.u32(number);
}

/// Every kind of item.
IpropUpdate everything() {
    const IpropName name{"R", {"a", "b/c", ""}, 2};
    IpropUpdate update;
    update.name = "a@R";
    update.at = {4'294'967'295, 3, 999'999};
    update.items = {
        {IpropSets::attributes, 1u},
        {IpropSets::max_life, 4'294'967'295u},
        {IpropSets::last_success, 5u},
        {IpropSets::name, name},
        {IpropSets::keys, std::vector<IpropKey>{{2, 65535, {18, -133}, {"key", ""}}, {1, 0, {17, 0}, {"k", {}}}}},
        {IpropSets::last_pwd_change, 6u},
        {IpropSets::mod_princ, name},
        {IpropSets::mod_time, 7u},
        {IpropSets::tl_data, std::vector<IpropTlData>{{-32768, "12345"}, {11, ""}}},
        {IpropSets::base_length, 38u}};
    update.committed = false;
    return update;
}

TEST(IpropUpdate, IsReadAsItWasWritten) {
    const std::string bytes = written(everything());
    IpropUpdate read;
    EXPECT_EQ(decode_iprop_update(bytes, read).value(), bytes.size());
    EXPECT_EQ(read, everything());
}

TEST(IpropUpdate, EndsWhereTheNextBegins) {
    std::string bytes = written(everything());
    const std::size_t size = bytes.size();
    append_iprop_delete(bytes, "gone@R", {1, 2, 3});
    IpropUpdate read;
    EXPECT_EQ(decode_iprop_update(bytes, read).value(), size);
    XdrReader in(bytes, "updates");
    read_iprop_update(in, read);
    read_iprop_update(in, read);
    EXPECT_EQ(read.name, "gone@R");
    EXPECT_TRUE(in.finish());
}

TEST(IpropUpdate, IsRefusedWhereverItIsCutOff) {
    const std::string bytes = written(everything());
    IpropUpdate read;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto result = decode_iprop_update(std::string_view(bytes).substr(0, size), read);
        ASSERT_FALSE(result) << size;
        EXPECT_EQ(result.error().code(), Errc::corrupt);
        EXPECT_THAT(result.error().text(), HasSubstr("update: byte "));
    }
}

/// Whatever is taken is written again and read the same; nothing else may happen (the sanitizers look on).
TEST(IpropUpdate, SurvivesRandomChanges) {
    const std::string good = written(everything());
    std::mt19937 random(1);
    int taken = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = good;
        for (auto changes = 1 + random() % 3; changes > 0; --changes)
            bytes[random() % bytes.size()] = static_cast<char>(random() % 4 == 0 ? random() : random() % 3);
        IpropUpdate read;
        if (!decode_iprop_update(bytes, read)) continue;
        ++taken;
        const std::string again = written(read);
        IpropUpdate reread;
        ASSERT_TRUE(decode_iprop_update(again, reread));
        ASSERT_EQ(reread, read);
    }
    EXPECT_GT(taken, 500);
}

/// What MIT's definition has beside what its programs use.
TEST(IpropUpdate, ReadsPastWhatNoMitWrites) {
    std::string bytes;
    XdrWriter out(bytes);
    out.opaque("a@R");
    put(out, {1, 1, 1, 6});
    out.u32(14);  // AT_MOD_WHERE
    out.opaque("here");
    out.u32(16);  // AT_PW_POLICY
    out.opaque("policy");
    out.u32(17);  // AT_PW_POLICY_SWITCH
    out.boolean(true);
    out.u32(18);  // AT_PW_HIST_KVNO
    out.u32(2);
    out.u32(19);  // AT_PW_HIST: one old password with one key
    put(out, {1, 1, 1, 5, 1, 18, 1});
    out.opaque("old");
    out.u32(99);
    out.opaque("future");
    out.boolean(false);
    out.boolean(true);
    out.u32(1);
    out.opaque("a host");
    out.opaque("futures");
    IpropUpdate read;
    ASSERT_EQ(decode_iprop_update(bytes, read).value(), bytes.size());
    EXPECT_TRUE(read.items.empty());
}

TEST(IpropUpdate, RefusesWhatMitWouldMisread) {
    const auto why = [](auto change) {
        IpropUpdate update = everything();
        change(update);
        IpropUpdate read;
        const std::string bytes = written(update);
        const auto result = decode_iprop_update(bytes, read);
        return result ? "" : result.error().text();
    };
    const auto keys = [](IpropUpdate& update) -> std::vector<IpropKey>& {
        return std::get<std::vector<IpropKey>>(update.items[4].value);
    };
    EXPECT_EQ(why([](IpropUpdate&) {}), "");
    EXPECT_THAT(why([&](IpropUpdate& update) { keys(update)[1].elements = 0; }), HasSubstr("not 1 or 2"));
    EXPECT_THAT(why([](IpropUpdate& update) { update.name = ""; }), HasSubstr("empty"));
    EXPECT_THAT(why([](IpropUpdate& update) { update.name = "a@b@c"; }), HasSubstr("two realms"));
    EXPECT_THAT(why([](IpropUpdate& update) { std::get<IpropName>(update.items[3].value).components.clear(); }),
                HasSubstr("no component"));
    // The version says two, and one type and one key follow: MIT before 2026 reads past their end.
    std::string bytes;
    XdrWriter out(bytes);
    out.opaque("a@R");
    put(out, {1, 1, 1, 1, 9, 1, 2, 1, 1, 18, 1});
    out.opaque("key");
    out.opaque("long enough to be two keys");
    IpropUpdate read;
    EXPECT_THAT(decode_iprop_update(bytes, read).error().text(),
                HasSubstr("count of a key's types is not its version"));
}

TEST(IpropUpdate, SetsNothingAsideForCountsThatCannotBe) {
    for (const std::uint32_t what : {9u, 10u}) {
        std::string bytes;
        XdrWriter out(bytes);
        out.opaque("a@R");
        put(out, {1, 1, 1, 1, what, 0xffffffff});
        IpropUpdate read;
        EXPECT_THAT(decode_iprop_update(bytes, read).error().text(), HasSubstr("too few bytes"));
    }
}

}  // namespace
}  // namespace kpropgw::formats
