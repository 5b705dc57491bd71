#include <gtest/gtest.h>

#include "formats/update/restore_history.hpp"
#include "tests/formats/throwaway_realm.hpp"
#include "tests/formats/update/files.hpp"

namespace kpropgw::formats {
namespace {

constexpr const char* first_orders =
    "addpol -history 3 -maxlife 90d staff\naddpol temps\n"
    "addprinc -policy staff -pw one alice\ncpw -pw two alice\naddprinc -policy temps -pw x bob\n"
    "addprinc -pw x \"with blank\"\naddprinc -randkey host/a.example.com\n";

constexpr const char* later_orders =
    "cpw -pw three alice\nmodpol -maxlife 30d staff\ndelprinc -force bob\ndelpol -force temps\naddpol new\n"
    "addprinc -policy new -pw y carol\nsetstr \"with blank\" key value\ncpw -randkey -keepold host/a.example.com\n";

TEST(UpdateFileAndKdb5Util, AnAppliedDumpIsTheOneThatKdb5UtilWrites) {
    const ThrowawayRealm realm;
    realm.kadmin(first_orders);
    const std::string before = realm.dump(DumpVersion::v7);
    realm.kadmin(later_orders);
    const std::string now = realm.dump(DumpVersion::v7);
    const auto updates = diff_texts(before, now).value().updates;
    const std::string applied = apply_text(before, updates).value();
    EXPECT_EQ(applied, now);
    realm.load(applied);
    EXPECT_EQ(realm.dump(DumpVersion::v7), now);
}

TEST(UpdateFileAndKdb5Util, ARestoredDumpLetsTheHistoryStandAgainstOldPasswords) {
    const ThrowawayRealm realm;
    realm.kadmin(first_orders);
    const std::string replace = realm.dump(DumpVersion::v7);
    realm.load(realm.dump(DumpVersion::v4));
    realm.run("! kadmin.local getprinc alice | grep -q 'Policy: staff'");
    std::string restored;
    const auto append = [&restored](std::string_view piece) -> Result<void> {
        restored += piece;
        return {};
    };
    const std::string compat = realm.dump(DumpVersion::v7);
    const auto done = restore_history(
        file_of(compat), file_of(replace), fixed_key(), std::nullopt, [](RecordKind, std::string_view, Restored) {},
        append);
    ASSERT_TRUE(done) << done.error();
    realm.load(restored);
    EXPECT_EQ(realm.dump(DumpVersion::v7), replace);
    realm.run("kadmin.local getprinc alice | grep -q 'Policy: staff'");
    realm.run("kadmin.local cpw -pw one alice 2>&1 | grep -q 'reuse'");
}

}  // namespace
}  // namespace kpropgw::formats
