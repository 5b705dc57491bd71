// The decoders against what kdb5_util and kadmin.local, as installed, write.
#include <gmock/gmock.h>

#include <ctime>

#include "formats/dump/reader.hpp"
#include "formats/inspect/names.hpp"
#include "formats/tl/kadm_data.hpp"
#include "formats/tl/master_key_data.hpp"
#include "formats/tl/tl_values.hpp"
#include "tests/formats/inspect/dump.hpp"
#include "tests/formats/throwaway_realm.hpp"

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::SizeIs;

namespace kpropgw::formats {
namespace {

/// A dump whose records are found by name.
class Dumped {
public:
    explicit Dumped(std::string dump) : dump_(std::move(dump)) {}

    const Principal& principal(const std::string& name) {
        const std::size_t at = dump_.find("\t" + name + "\t");
        if (at == std::string::npos) throw std::runtime_error("no principal " + name);
        const std::size_t begin = dump_.rfind('\n', at) + 1;
        line_ = dump_.substr(begin, dump_.find('\n', at) - begin);
        if (auto ok = parse_principal(line_, principal_); !ok) throw std::runtime_error(ok.error().text());
        return principal_;
    }

    std::string_view tl(const std::string& name, std::int16_t type) {
        const TlData* found = principal(name).find_tl(type);
        if (!found) throw std::runtime_error(name + " has no tl-data " + std::to_string(type));
        return found->hex;
    }

private:
    std::string dump_;
    std::string line_;
    Principal principal_;
};

KadmData must_decode(std::string_view hex) {
    KadmData data;
    const auto ok = decode_kadm_data(hex, data);
    EXPECT_TRUE(ok) << ok.error();
    std::string again;
    EXPECT_TRUE(append_kadm_data(again, data));
    EXPECT_EQ(again, hex);
    return data;
}

TEST(InspectOfMit, HistoryAndPolicyAreWhatKadminSet) {
    const ThrowawayRealm realm;
    realm.kadmin(
        "addpol -history 3 strict\n"
        "addprinc -policy strict -pw one -e aes256-cts:normal,aes128-cts:normal user\n"
        "cpw -pw two user\ncpw -pw three -e aes256-cts:special user\ncpw -pw four user\n"
        "addprinc -randkey -clearpolicy plain\n");
    Dumped dump(realm.dump(DumpVersion::v7));

    const KadmData user = must_decode(dump.tl("user@EXAMPLE.COM", tl_kadm_data));
    EXPECT_EQ(user.policy, "strict");
    EXPECT_EQ(user.aux_attributes, aux_policy);
    EXPECT_EQ(user.history_kvno, dump.principal("kadmin/history@EXAMPLE.COM").keys.at(0).kvno);
    ASSERT_THAT(user.old_sizes, SizeIs(2));  // a history of 3 counts the password in use
    EXPECT_LT(user.next_old, 2u);
    ASSERT_EQ(user.old_keys.size(), user.old_sizes[0] + user.old_sizes[1]);
    for (const HistoryKey& key : user.old_keys) {
        EXPECT_TRUE(key.enctype == 18 || key.enctype == 17) << key.enctype;
        EXPECT_TRUE(key.kvno == 2 || key.kvno == 3) << key.kvno;
        EXPECT_GT(key.key_hex.size(), 32u);
    }

    const KadmData again = must_decode(dump.tl("user@EXAMPLE.COM", tl_kadm_data));
    EXPECT_EQ(again.old_password(0).size(), again.old_sizes[0]);
    EXPECT_EQ(again.old_password(1).size(), again.old_sizes[1]);

    const KadmData plain = must_decode(dump.tl("plain@EXAMPLE.COM", tl_kadm_data));
    EXPECT_EQ(plain.policy, std::nullopt);
    EXPECT_THAT(plain.old_sizes, SizeIs(0));
}

TEST(InspectOfMit, TimesModifiersAndStringAttributes) {
    const auto before = static_cast<std::uint32_t>(std::time(nullptr));
    const ThrowawayRealm realm;
    realm.kadmin(
        "addprinc -pw one +requires_preauth -allow_svr user\n"
        "setstr user session_enctypes aes256-cts\nsetstr user empty \"\"\nmodprinc -unlock user\n");
    Dumped dump(realm.dump(DumpVersion::v7));
    const auto after = static_cast<std::uint32_t>(std::time(nullptr));
    const std::string user = "user@EXAMPLE.COM";

    for (const std::int16_t type : {std::int16_t{1}, std::int16_t{0x700}}) {
        const auto time = decode_time(dump.tl(user, type), "TIME");
        ASSERT_TRUE(time) << time.error();
        EXPECT_GE(*time, before);
        EXPECT_LE(*time, after);
    }
    LastModification modification;
    ASSERT_TRUE(decode_last_modification(dump.tl(user, tl_mod_princ), modification));
    EXPECT_GE(modification.time, before);
    EXPECT_TRUE(modification.by.ends_with("/admin@EXAMPLE.COM")) << modification.by;
    EXPECT_EQ(decode_string_attributes(dump.tl(user, 11)).value(),
              (std::vector<StringAttribute>{{"session_enctypes", "aes256-cts"}, {"empty", ""}}));
    EXPECT_EQ(attribute_names(dump.principal(user).attributes), "REQUIRES_PRE_AUTH DISALLOW_SVR");
    EXPECT_EQ(attribute_names(dump.principal("K/M@EXAMPLE.COM").attributes), "DISALLOW_ALL_TIX LOCKDOWN_KEYS");
}

TEST(InspectOfMit, MasterKeysBeforeAndAfterARollover) {
    const ThrowawayRealm realm;
    const std::string master = "K/M@EXAMPLE.COM";
    Dumped old(realm.dump(DumpVersion::v7));
    EXPECT_THAT(decode_active_master_keys(old.tl(master, 9)).value(), ElementsAre(Field(&ActiveMasterKey::kvno, 1)));
    EXPECT_EQ(decode_mkvno(old.tl(master, tl_mkvno)).value(), 1);
    EXPECT_EQ(old.principal(master).find_tl(10), nullptr);

    realm.run("printf 'new\\nnew\\n' | kdb5_util add_mkey -e aes128-cts -s");
    realm.run("kdb5_util use_mkey 2 && kdb5_util update_princ_encryption -f");
    Dumped now(realm.dump(DumpVersion::v7));
    EXPECT_THAT(decode_active_master_keys(now.tl(master, 9)).value(),
                ElementsAre(Field(&ActiveMasterKey::kvno, 1),
                            AllOf(Field(&ActiveMasterKey::kvno, 2), Field(&ActiveMasterKey::since, Gt(0u)))));
    // MIT puts the older master key under the newest, so that nothing of its contents stays the same.
    EXPECT_EQ(now.principal(master).keys.at(1).kvno, 1);
    EXPECT_NE(now.principal(master).keys.at(1).element[0].hex,
              std::string(old.principal(master).keys.at(0).element[0].hex));
    const auto copies = decode_master_key_copies(now.tl(master, 10));
    ASSERT_TRUE(copies) << copies.error();
    ASSERT_THAT(*copies, SizeIs(1));
    EXPECT_EQ(copies->front().under_kvno, 1);
    EXPECT_EQ(copies->front().kvno, 2);
    EXPECT_EQ(copies->front().enctype, 17);
    EXPECT_EQ(copies->front().key_hex.size(), now.principal(master).keys.at(0).element[0].hex.size());
    EXPECT_EQ(decode_mkvno(now.tl("kadmin/admin@EXAMPLE.COM", tl_mkvno)).value(), 2);
}

TEST(VerifyOfMit, NothingIsFoundInARegistryThatKadminMadeAndLaterChanged) {
    const ThrowawayRealm realm;
    realm.kadmin(
        "addpol -history 3 strict\naddprinc -policy strict -pw one user\ncpw -pw two user\n"
        "addprinc -randkey -clearpolicy host/a.example.com\ncpw -keepold -randkey host/a.example.com\n"
        "setstr user a b\nmodprinc -unlock user\naddprinc -randkey krbtgt/OTHER@EXAMPLE.COM\n");
    const std::string old = realm.dump(DumpVersion::v7);
    EXPECT_THAT(verify(old).kept(), SizeIs(0));
    realm.kadmin("cpw -pw three user\ndelprinc krbtgt/OTHER@EXAMPLE.COM\n");
    for (const auto version : all_versions) {
        if (layout_of(version).position) continue;
        EXPECT_THAT(verify(realm.dump(version), old).kept(), SizeIs(0)) << to_text(version);
    }
}

TEST(VerifyOfMit, ARolloverIsAMasterKeyAddedAndAnotherDatabaseOneReplaced) {
    const ThrowawayRealm realm;
    const std::string old = realm.dump(DumpVersion::v7);
    realm.run("printf 'new\\nnew\\n' | kdb5_util add_mkey -s");
    const std::string added = realm.dump(DumpVersion::v7);
    const Findings findings = verify(added, old);
    EXPECT_EQ(findings.count(Check::master_key_added), 1u);
    EXPECT_EQ(findings.kept().size(), 1u);
    realm.run("kdb5_util use_mkey 2 && kdb5_util update_princ_encryption -f && kdb5_util purge_mkeys -f");
    EXPECT_THAT(verify(realm.dump(DumpVersion::v7), added).kept(), SizeIs(0));

    const ThrowawayRealm other;
    EXPECT_EQ(verify(other.dump(DumpVersion::v7), old).count(Check::master_key_replaced), 1u);
}

/// What kdb5_util makes of a dump with these records added to a new realm's; "" when it refuses.
std::string loaded_with(const std::string& records) {
    const ThrowawayRealm realm;
    try {
        realm.load(realm.dump(DumpVersion::v7) + records);
    } catch (const std::runtime_error&) {
        return "";
    }
    return realm.dump(DumpVersion::v7);
}

TEST(VerifyOfMit, Kdb5UtilDoesWithBadRecordsWhatTheFindingsSay) {
    const auto with_tl_data = [](std::size_t count) {
        PrincipalLine line{"user@EXAMPLE.COM"};
        line.tl.assign(count, {4, ""});
        return line.text();
    };
    EXPECT_EQ(loaded_with(with_tl_data(32768)), "");
    EXPECT_NE(loaded_with(with_tl_data(1000)), "");
    EXPECT_THAT(loaded_with(PrincipalLine{" user@EXAMPLE.COM"}.text()), HasSubstr("\tuser@EXAMPLE.COM\\t\t"));

    const std::string twice = PrincipalLine{"user@EXAMPLE.COM", {}, {{1, 18}}}.text() +
                              PrincipalLine{"user@EXAMPLE.COM", {}, {{7, 18}}}.text();
    Dumped kept(loaded_with(twice));
    EXPECT_EQ(kept.principal("user@EXAMPLE.COM").keys.at(0).kvno, 7);

    Dumped undecoded(loaded_with(PrincipalLine{"user@EXAMPLE.COM", {{3, "12345c02"}, {8, "01"}, {999, "00"}}}.text()));
    EXPECT_EQ(undecoded.principal("user@EXAMPLE.COM").tl.size(), 3u);
}

}  // namespace
}  // namespace kpropgw::formats
