#include "formats/update/restore_history.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "tests/formats/update/files.hpp"

namespace kpropgw::formats {
namespace {

const std::string v4 = "kdb5_util load_dump version 4\n";
const std::string v7 = "kdb5_util load_dump version 7\n";

/// KADM_DATA with the policy "p", and one old password under kadmin/history's key 2 when asked for.
std::string kadm_data(bool history) {
    const std::string start =
        "12345c01"
        "00000002"
        "70000000"
        "00000800";
    if (!history)
        return start +
               "00000000"
               "00000002"
               "00000000";
    return start +
           "00000001"
           "00000002"
           "00000001"
           "00000001"
           "00000001"
           "00000001"
           "00000012"
           "00000000"
           "00000001"
           "00000000"
           "00000001"
           "ab000000"
           "00000000";
}

std::string princ(const std::string& name, const std::string& keys, const std::string& data = "") {
    const std::string tl = data.empty() ? "" : "\t3\t" + std::to_string(data.size() / 2) + "\t" + data;
    return "princ\t38\t" + std::to_string(name.size()) + (tl.empty() ? "\t0\t" : "\t1\t") +
           std::to_string(keys.size() / 3) + "\t0\t" + name + "\t0\t1\t2\t0\t0\t0\t0\t0" + tl + "\t" +
           [&] {
               std::string text;
               for (std::size_t i = 0; i < keys.size(); i += 3) {
                   text += "1\t" + keys.substr(i, 1) + "\t18\t1\t" + keys.substr(i + 1, 2) + "\t";
               }
               return text;
           }() +
           "-1;\n";
}

const std::string old_policy = "policy\tp\t0\t0\t1\t1\t1\t0\n";
const std::string new_policy = "policy\tp\t0\t0\t1\t1\t1\t0\t4\t5\t6\t0\t0\t0\t-\t0\n";
const std::string history_key = princ("kadmin/history@R", "2cc");

struct Restoration {
    std::string dump;
    std::string report;
    RestoreResult result;
};

Restoration restore(const std::string& compat, const std::string& replace, std::optional<Format> to = {}) {
    Restoration made;
    const DumpFile compat_file = file_of(compat, "compat");
    const DumpFile replace_file = file_of(replace, "replace");
    const auto result = restore_history(
        compat_file, replace_file, fixed_key(), to,
        [&](RecordKind, std::string_view name, Restored what) {
            made.report += std::string(name) + ": " + std::string(to_text(what)) + "\n";
        },
        [&](std::string_view piece) -> Result<void> {
            made.dump += piece;
            return {};
        });
    if (!result) return {"error: " + result.error().text(), {}, {}};
    made.result = *result;
    return made;
}

TEST(RestoreHistory, PutsBackWhatACompatDumpLost) {
    const std::string before = v7 + princ("a@R", "1aa", kadm_data(true)) + princ("b@R", "1aa", kadm_data(false)) +
                               history_key + princ("n@R", "1aa") + new_policy;
    const auto made = restore(must_convert(before, DumpVersion::v4), before);
    EXPECT_EQ(made.dump, before);
    EXPECT_EQ(made.report, "");
    EXPECT_EQ(made.result.restored, 2u);
    EXPECT_EQ(made.result.principals, 4u);
}

TEST(RestoreHistory, IsWhollyUndoneByCompatAndBackForARealRealm) {
    const std::string dump = read_file(KPROPGW_SOURCE_DIR "/tests/golden/dumps/policies.v7", 1 << 20).value();
    const auto made = restore(must_convert(dump, DumpVersion::v4), dump);
    EXPECT_EQ(made.dump, dump);
    EXPECT_EQ(made.report, "gone: missing in both dumps: restored principals refer to it\n");
    EXPECT_GT(made.result.restored, 0u);
}

TEST(RestoreHistory, ListsWhatItCannot) {
    const std::string own = princ("own@R", "1aa", kadm_data(false));
    const auto made =
        restore(v7 + princ("changed@R", "2bb1aa") + princ("new@R", "1aa") + own + history_key + new_policy,
                v7 + princ("changed@R", "1aa", kadm_data(true)) + princ("own@R", "1aa", kadm_data(true)) + history_key +
                    new_policy);
    EXPECT_EQ(made.report,
              "changed@R: not restored: its keys changed since\n"
              "new@R: not restored: it is not in the Replace dump\n"
              "own@R: left: it has a policy or history record of its own already\n");
    EXPECT_EQ(made.dump, v7 + princ("changed@R", "2bb1aa") + princ("new@R", "1aa") + own + history_key + new_policy);
    EXPECT_EQ(made.result.not_restored, 3u);
}

TEST(RestoreHistory, DoesNotMindThatOlderKeysWerePurged) {
    const auto made = restore(v4 + princ("a@R", "2bb"), v7 + princ("a@R", "2bb1aa", kadm_data(false)) + new_policy);
    EXPECT_EQ(made.result.restored, 1u);
}

TEST(RestoreHistory, RestoresThePolicyAloneWhenTheHistoryCannotBeReadAnyMore) {
    const std::string before = v7 + princ("a@R", "1aa", kadm_data(true)) + history_key + new_policy;
    for (const std::string& other :
         {princ("kadmin/history@R", "2dd"), princ("kadmin/history@R", "3cc"), std::string()}) {
        const auto made = restore(v4 + princ("a@R", "1aa") + other + old_policy, before);
        EXPECT_EQ(made.report, "a@R: policy restored, history not: kadmin/history has another key\n");
        EXPECT_EQ(made.dump, v7 + princ("a@R", "1aa", kadm_data(false)) + other + new_policy);
    }
}

TEST(RestoreHistory, BringsThePoliciesThatRestoredPrincipalsReferTo) {
    const std::string before = v7 + princ("a@R", "1aa", kadm_data(false)) + new_policy +
                               "policy\tq\t0\t0\t1\t1\t1\t0\t0\t0\t0\t0\t0\t0\t-\t0\n";
    const auto made = restore(v4 + princ("a@R", "1aa"), before);
    EXPECT_EQ(made.report, "p: brought from the Replace dump: restored principals refer to it\n");
    EXPECT_EQ(made.dump, v7 + princ("a@R", "1aa", kadm_data(false)) + new_policy);
    EXPECT_EQ(restore(v4 + princ("a@R", "1aa"), v7 + princ("a@R", "1aa", kadm_data(false))).report,
              "p: missing in both dumps: restored principals refer to it\n");
}

TEST(RestoreHistory, RefusesDumpsThatCannotHoldIt) {
    EXPECT_EQ(restore(v4 + princ("a@R", "1aa"), v4 + princ("a@R", "1aa")).dump,
              "error: replace: is a version 4 (Compat) dump, which has no policy references and histories to put back: "
              "give a dump of version 5 or later");
    EXPECT_EQ(restore(v4 + princ("a@R", "1aa"), v7 + princ("a@R", "1aa"), Format{DumpVersion::v4, false}).dump,
              "error: a version 4 (Compat) dump cannot hold what is put back: write another one");
}

}  // namespace
}  // namespace kpropgw::formats
