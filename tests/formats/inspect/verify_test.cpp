#include <gmock/gmock.h>

#include <set>

#include "base/file.hpp"
#include "formats/inspect/seen_names.hpp"
#include "tests/formats/inspect/dump.hpp"

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

namespace kpropgw::formats {
namespace {

struct Case {
    Check check;
    std::string dump;
    std::uint64_t line;  ///< where it is found
    std::string text;    ///< a part of what is said
    std::string old = "";
};

KadmData with_policy(const std::string& policy) {
    KadmData data;
    data.policy = policy;
    data.aux_attributes = aux_policy;
    return data;
}

KadmData with_history(std::uint32_t history_kvno) {
    KadmData data;
    data.history_kvno = history_kvno;
    data.old_sizes = {1};
    data.old_keys = {{1, 1, 18, 0, "aabb", ""}};
    return data;
}

std::string with_tl(const std::string& name, int type, const std::string& hex) {
    return PrincipalLine{name, {{type, hex}}}.text();
}

std::string many_tl_data() {
    PrincipalLine line{"user@R"};
    line.tl.assign(32768, {4, ""});
    return line.text();
}

std::string users(int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += PrincipalLine{fmt::format("user{:03}@R", i)}.text();
    return text;
}

std::string master_key(const std::vector<std::pair<int, int>>& keys, const std::string& contents,
                       const std::vector<std::pair<int, std::string>>& tl = {}) {
    return PrincipalLine{"K/M@R", tl, keys, contents}.text();
}

const std::string good = test_header + test_realm;  // lines 2 and 3

std::vector<Case> cases() {
    const std::string history = PrincipalLine{"kadmin/history@R", {}, {{3, 18}}}.text();
    const std::string rolled = master_key({{2, 18}, {1, 18}}, "2000cccc",
                                          {{10,
                                            "0100010002001200"
                                            "0200aabb"}});
    return {
        {Check::malformed_record, good + "princ\t39\t1\n", 4, "base length"},
        {Check::malformed_record, good + "princ\t38\t1\t0\t0", 4, ""},
        {Check::too_many_tl_data, good + many_tl_data(), 4, "32768 tl-data"},
        {Check::name_begins_with_blank, good + PrincipalLine{" user@R"}.text(), 4,
         "\" user@R\" begins with white space"},
        {Check::name_twice,
         good + PrincipalLine{"b@R"}.text() + PrincipalLine{"c@R"}.text() + PrincipalLine{"b@R"}.text(), 6,
         "the principal of line 4 stands again"},
        {Check::name_twice, good + PrincipalLine{"z@R"}.text() + PrincipalLine{"z@R"}.text(), 5, "line 4"},
        {Check::policy_twice, good + test_policy + test_policy, 5, "the policy of line 4"},
        {Check::no_master_key, test_header + test_krbtgt, 0, "K/M"},
        {Check::no_master_key, test_header + master_key({}, "") + test_krbtgt, 2, "no key"},
        {Check::wrong_realm, good, 2, "of realm \"R\", not of \"S\"",
         test_header + PrincipalLine{"K/M@S"}.text() + PrincipalLine{"krbtgt/S@S"}.text()},
        {Check::no_krbtgt, test_header + master_key({{1, 18}}, "aabb"), 0, "\"krbtgt/R@R\" is missing"},
        {Check::master_key_replaced, good, 2, "another database", test_header + master_key({{1, 18}}, "2000dddd")},
        {Check::master_key_added, test_header + rolled + test_krbtgt, 2, "new master key", good},
        {Check::shrunk, good + users(87), 0, "89 principals and the one before it 102", good + users(100)},
        {Check::unreadable_master_key_data, good + with_tl("user@R", 8, "01"), 4, "MKVNO: byte 0"},
        {Check::unknown_master_kvno, good + with_tl("a@R", 8, "0100") + with_tl("b@R", 8, "0300"), 5, "kvno 3"},
        {Check::unknown_active_kvno,
         test_header + master_key({{1, 18}}, "aabb", {{9, "0100020000000000"}}) + test_krbtgt, 2, "kvno 2"},
        {Check::unreadable_kadm_data, good + with_tl("user@R", 3, "12345c02"), 4, "the version is not 1"},
        {Check::unreadable_tl_data, good + with_tl("user@R", 1, "01"), 4, "LAST_PWD_CHANGE"},
        {Check::unreadable_tl_data, good + with_tl("user@R", 11, "61"), 4, "STRING_ATTRS"},
        {Check::unreadable_tl_data, good + with_tl("user@R", 2, "0000000061"), 4, "MOD_PRINC"},
        {Check::unknown_tl_type, good + with_tl("user@R", 999, "01"), 4, "type 999"},
        {Check::tl_type_twice, good + PrincipalLine{"user@R", {{1, "01000000"}, {1, "02000000"}}}.text(), 4, "type 1"},
        {Check::no_such_policy, good + with_tl("user@R", 3, kadm_data_hex(with_policy("gone"))) + test_policy, 4,
         "\"user@R\" has policy \"gone\""},
        {Check::history_key_changed, good + history + with_tl("user@R", 3, kadm_data_hex(with_history(2))), 5,
         "under kvno 2 of kadmin/history, which has kvno 3 now"},
        {Check::history_key_changed, good + with_tl("user@R", 3, kadm_data_hex(with_history(2))), 4, "does not hold"},
        {Check::keys_out_of_order, good + PrincipalLine{"user@R", {}, {{1, 18}, {2, 18}}}.text(), 4, "descending"},
        {Check::other_realm, good + PrincipalLine{"user@S"}.text(), 4, "of realm \"S\", not of \"R\""},
        {Check::alias_without_target, good + PrincipalLine{"alias@R", {{12, text_hex("gone@R")}}, {}}.text(), 4,
         "\"alias@R\" is an alias of \"gone@R\""},
        {Check::alias, good + PrincipalLine{"alias@R", {{12, text_hex("krbtgt/R@R")}}, {}}.text(), 0, ": 1"},
        {Check::weak_master_key, test_header + master_key({{1, 16}}, "aabb") + test_krbtgt, 2, "des3-cbc-sha1"},
        {Check::des_keys_only, good + PrincipalLine{"user@R", {}, {{2, 1}, {1, 18}}}.text(), 4, "1.18"},
        {Check::sha2_keys_only, good + PrincipalLine{"user@R", {}, {{2, 20}, {2, 19}, {1, 18}}}.text(), 4, "1.15"},
    };
}

std::set<Check> checks_of(const Findings& findings) {
    std::set<Check> found;
    for (const Finding& finding : findings.kept())
        found.insert(finding.check);
    return found;
}

TEST(Verify, NothingIsFoundInAGoodDump) {
    KadmData known = with_history(3);
    known.policy = "strict";
    known.aux_attributes = aux_policy;
    const std::string dump = good + PrincipalLine{"kadmin/history@R", {}, {{3, 18}}}.text() +
                             with_tl("user@R", 3, kadm_data_hex(known)) + with_tl("v@R", 8, "0100") +
                             PrincipalLine{"krbtgt/S@R"}.text() + PrincipalLine{"krbtgt/R@S"}.text() + test_policy;
    EXPECT_THAT(verify(dump).kept(), SizeIs(0));
    EXPECT_THAT(verify(dump, dump).kept(), SizeIs(0));
}

TEST(Verify, EveryCheckFindsItsCaseAndNothingElse) {
    for (const Case& one : cases()) {
        const Findings findings = verify(one.dump, one.old);
        const std::string id(info_of(one.check).id);
        bool found = false;
        for (const Finding& finding : findings.kept()) {
            if (finding.check != one.check) continue;
            found = true;
            EXPECT_EQ(finding.line, one.line) << id;
            EXPECT_THAT(finding.text, HasSubstr(one.text)) << id;
        }
        EXPECT_TRUE(found) << id;
        std::set<Check> expected{one.check};
        if (one.check == Check::too_many_tl_data) expected.insert(Check::tl_type_twice);
        if (one.check == Check::alias_without_target) expected.insert(Check::alias);
        EXPECT_THAT(checks_of(findings), expected) << id;
    }
}

TEST(Verify, EveryCheckHasACase) {
    std::set<Check> shown{Check::unreadable_header,  // the command's own: there is no reader then
                          Check::not_all_checked};
    for (const Case& one : cases())
        shown.insert(one.check);
    for (const CheckInfo& info : checks())
        EXPECT_TRUE(shown.contains(info.check)) << info.id;
}

TEST(Verify, ReadsOnAfterABadRecordAndSaysAll) {
    const std::string bad = "princ\t39\t1\n";
    const Findings findings =
        verify(test_header + bad + test_realm + bad + with_tl("user@R", 8, "01") + bad + "nonsense\n");
    std::vector<std::uint64_t> lines;
    for (const Finding& finding : findings.kept())
        lines.push_back(finding.line);
    EXPECT_THAT(lines, ElementsAre(2, 5, 6, 7, 8));
}

TEST(Verify, TheLastLineWithoutANewlineIsMalformed) {
    std::string dump = good;
    dump.pop_back();
    const Findings findings = verify(dump);
    ASSERT_EQ(findings.count(Check::malformed_record), 1u);
    EXPECT_THAT(findings.kept()[0].text, AllOf(HasSubstr("no newline"), Not(HasSubstr("dump:3"))));
}

TEST(Verify, ADumpOfAHeaderAloneIsMalformedAndHasNoMasterKey) {
    const Findings findings = verify(test_header);
    EXPECT_EQ(findings.count(Check::malformed_record), 1u);
    EXPECT_EQ(findings.count(Check::no_master_key), 1u);
}

TEST(Verify, OfManyFindingsOfACheckSomeAreKeptAndAllCounted) {
    std::string dump = good;
    for (int i = 0; i < 50; ++i)
        dump += with_tl(fmt::format("user{:03}@R", i), 1, "01");
    const Findings findings = verify(dump, "", {.most_of_a_check = 7});
    EXPECT_THAT(findings.kept(), SizeIs(7));
    EXPECT_EQ(findings.count(Check::unreadable_tl_data), 50u);
    EXPECT_EQ(findings.left_out(Check::unreadable_tl_data), 43u);
    EXPECT_EQ(findings.count(Severity::warning), 50u);
    EXPECT_EQ(findings.count(Severity::error), 0u);
}

TEST(Verify, ManyDifferentPoliciesAreNotKeptWithoutEnd) {
    std::string dump = good;
    for (int i = 0; i < 70000; ++i) {
        dump += with_tl(fmt::format("user{:05}@R", i), 3, kadm_data_hex(with_policy(fmt::format("policy{}", i))));
    }
    const Findings findings = verify(dump);
    EXPECT_EQ(findings.count(Check::no_such_policy), 65536u);
    EXPECT_EQ(findings.count(Check::not_all_checked), 1u);
}

TEST(Verify, AShrinkOfTenPercentIsNone) {
    EXPECT_EQ(verify(good + users(88), good + users(98)).count(Check::shrunk), 0u);
    EXPECT_EQ(verify(good + users(87), good + users(98)).count(Check::shrunk), 1u);
    EXPECT_EQ(verify(good + users(87), good + users(98), {.max_shrink = 100}).count(Check::shrunk), 0u);
}

TEST(Verify, ADumpOfTheRealmThatIsWanted) {
    EXPECT_EQ(verify(good, "", {.realm = "R"}).count(Check::wrong_realm), 0u);
    EXPECT_EQ(verify(good, "", {.realm = "S"}).count(Check::wrong_realm), 1u);
    const std::string two = good + PrincipalLine{"K/M@S"}.text() + PrincipalLine{"krbtgt/S@S"}.text();
    EXPECT_EQ(verify(two, "", {.realm = "S"}).count(Check::wrong_realm), 0u);
}

TEST(Verify, FindingsNeverShowAKey) {
    const std::string key = "0badc0de0badc0de";
    for (const auto& [line, replaced] : std::vector<std::pair<std::string, std::string>>{
             {PrincipalLine{"user@R", {{8, key}, {1, key}, {3, key}, {2, key}}, {{1, 18}}, key}.text(), ""},
             {PrincipalLine{"user@R", {}, {{1, 18}}, key + "x"}.text(), ""}}) {
        const Findings findings = verify(good + line);
        for (const Finding& finding : findings.kept())
            EXPECT_THAT(finding.text, Not(HasSubstr("0badc0de")));
    }
}

TEST(Verify, GoldenDumpsHoldWhatTheirNamesSay) {
    const auto golden = [](const std::string& name, DumpVersion version) {
        return checks_of(verify(read_file(golden_path(name, version), 1 << 20).value()));
    };
    for (const DumpVersion version : all_versions) {
        EXPECT_EQ(golden("new-realm", version), std::set<Check>{});
        EXPECT_EQ(golden("keys", version), std::set<Check>{});
    }
    EXPECT_EQ(golden("policies", DumpVersion::v7), std::set{Check::no_such_policy});
    EXPECT_EQ(golden("policies", DumpVersion::v4), std::set<Check>{});
    EXPECT_TRUE(golden("names", DumpVersion::v7).contains(Check::name_begins_with_blank));
}

TEST(SeenNames, TakeAtMost40BytesAName) {
    SeenNames names;
    constexpr std::uint64_t count = 100000;
    for (std::uint64_t i = 0; i < count; ++i)
        names.add(fmt::format("{}@R", i * 7919), i);
    EXPECT_LE(names.memory(), count * 40);
    names.sort();
    EXPECT_TRUE(names.contains("7919@R"));
    EXPECT_FALSE(names.contains("1@R"));
    names.for_each_twice([](auto, auto) { ADD_FAILURE(); });
}

}  // namespace
}  // namespace kpropgw::formats
