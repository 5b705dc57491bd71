#include "formats/update/diff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "tests/formats/update/files.hpp"

namespace kpropgw::formats {
namespace {

using testing::HasSubstr;

const std::string header = "kdb5_util load_dump version 7\n";

/// A principal with one key and, when there is any, KADM_DATA.
std::string princ(const std::string& name, const std::string& key = "aa", const std::string& kadm_data = "") {
    const std::string tl = kadm_data.empty() ? "" : "\t3\t" + std::to_string(kadm_data.size() / 2) + "\t" + kadm_data;
    return "princ\t38\t" + std::to_string(name.size()) + (tl.empty() ? "\t0" : "\t1") + "\t1\t0\t" + name +
           "\t0\t1\t2\t0\t0\t0\t0\t0" + tl + "\t1\t1\t18\t1\t" + key + "\t-1;\n";
}

std::string policy(const std::string& name, int min_life = 0, const std::string& newer = "\t0\t0\t0\t0\t0\t0\t-\t0") {
    return "policy\t" + name + "\t" + std::to_string(min_life) + "\t0\t1\t1\t1\t0" + newer + "\n";
}

std::string updates(const std::string& old, const std::string& now, const DiffOptions& options = {}) {
    const auto made = diff_texts(old, now, options);
    return made ? made->updates : "error: " + made.error().text();
}

const std::string nothing = "kpropgw update 1\nend\t0\n";

TEST(Diff, OfADumpWithItselfIsEmpty) {
    const std::string dump = header + princ("a@R") + princ("b@R") + policy("p");
    EXPECT_EQ(updates(dump, dump), nothing);
}

TEST(Diff, TellsWhatIsNewWhatChangedAndWhatIsGone) {
    EXPECT_EQ(updates(header + princ("a@R") + princ("b@R") + princ("d@R") + policy("p") + policy("q"),
                      header + princ("b@R", "bb") + princ("c@R") + princ("d@R") + policy("p", 5) + policy("r")),
              "kpropgw update 1\n"
              "del\tprinc\ta@R\n"
              "put\t" +
                  princ("b@R", "bb") + "put\t" + princ("c@R") + "put\t" + policy("p", 5) + "del\tpolicy\tq\nput\t" +
                  policy("r") + "end\t6\n");
}

TEST(Diff, InAnyOrderTellsTheSameInTheOrderOfTheNewDump) {
    const auto made = diff_texts(header + policy("q") + princ("d@R") + princ("b@R") + princ("a@R") + policy("p"),
                                 header + princ("b@R", "bb") + princ("c@R") + princ("d@R") + policy("p", 5));
    ASSERT_TRUE(made) << made.error();
    EXPECT_FALSE(made->result.sorted);
    EXPECT_EQ(made->result.differences, 5u);
    EXPECT_EQ(made->updates, "kpropgw update 1\nput\t" + princ("b@R", "bb") + "put\t" + princ("c@R") + "put\t" +
                                 policy("p", 5) + "del\tpolicy\tq\ndel\tprinc\ta@R\nend\t5\n");
}

TEST(Diff, TakesSortedDumpsInOneWalk) {
    const auto made = diff_texts(header + princ("a@R") + princ("b@R") + policy("a"), header + princ("b@R"));
    ASSERT_TRUE(made) << made.error();
    EXPECT_TRUE(made->result.sorted);
}

TEST(Diff, DoesNotMindHowALineIsWritten) {
    std::string blanks = princ("a@R", "AA");
    std::replace(blanks.begin(), blanks.end(), '\t', ' ');
    for (const std::string order : {"", "z"}) {
        const std::string first = order.empty() ? "" : princ("z@R");
        EXPECT_EQ(updates(header + first + princ("a@R"), header + first + blanks + "\nEnd\n"), nothing) << order;
        EXPECT_EQ(updates(header + first + blanks, header + first + princ("a@R")), nothing) << order;
    }
}

TEST(Diff, TellsAPrincipalFromAPolicyOfItsName) {
    EXPECT_EQ(updates(header + princ("x"), header + policy("x")),
              "kpropgw update 1\ndel\tprinc\tx\nput\t" + policy("x") + "end\t2\n");
    EXPECT_EQ(updates(header + policy("x") + princ("y"), header + princ("y") + princ("x")),
              "kpropgw update 1\nput\t" + princ("x") + "del\tpolicy\tx\nend\t2\n");
}

TEST(Diff, RefusesANameThatStandsTwiceWithBothLines) {
    const std::string once = header + princ("a@R") + princ("b@R");
    EXPECT_EQ(updates(once + princ("b@R", "bb"), once),
              "error: old:4: principal \"b@R\" stands on line 3 already: take one of the two out");
    EXPECT_EQ(updates(once, header + policy("p") + policy("p")),
              "error: new:3: policy \"p\" stands on line 2 already: take one of the two out");
    EXPECT_EQ(updates(once + princ("a@R", "bb"), once),
              "error: old:4: principal \"a@R\" stands on line 2 already: take one of the two out");
    EXPECT_EQ(updates(once, header + princ("z@R") + princ("a@R") + princ("z@R", "cc")),
              "error: new:4: principal \"z@R\" stands on line 2 already: take one of the two out");
}

TEST(Diff, OfWhatOneVersionCannotCarryIsNone) {
    const std::string v4 = "kdb5_util load_dump version 4\n";
    const std::string v7 = header + princ("a@R", "aa", "0102") + policy("p", 0, "\t1\t2\t3\t4\t5\t6\tx\t0");
    const std::string less = v4 + princ("a@R") + policy("p", 0, "");
    EXPECT_EQ(updates(v7, less), nothing);
    EXPECT_EQ(updates(less, v7), nothing);
    EXPECT_EQ(not_compared(DumpVersion::v7, DumpVersion::v7), std::vector<std::string>{});
    EXPECT_EQ(not_compared(DumpVersion::v5, DumpVersion::v4),
              std::vector<std::string>{"policy references and password histories of principals"});
    EXPECT_EQ(not_compared(DumpVersion::v7, DumpVersion::ipropx),
              std::vector<std::string>{"login times and failures of principals"});
}

TEST(Diff, KeepsWhatTheNewDumpsVersionCannotCarry) {
    const std::string v4 = "kdb5_util load_dump version 4\n";
    const std::string old_policy = policy("p", 0, "\t1\t2\t3\t4\t5\t6\tx\t0");
    const std::string new_policy = policy("p", 9, "\t1\t2\t3\t4\t5\t6\tx\t0");
    EXPECT_EQ(updates(header + princ("a@R", "aa", "0102") + old_policy, v4 + princ("a@R", "bb") + policy("p", 9, "")),
              "kpropgw update 1\nput\t" + princ("a@R", "bb", "0102") + "put\t" + new_policy + "end\t2\n");
}

TEST(Diff, LeavesLoginsOutWhenAsked) {
    std::string logged_in = princ("a@R");
    logged_in.replace(logged_in.find("\t0\t0\t0\t0\t0\t"), 10, "\t0\t0\t7\t8\t9");
    EXPECT_EQ(updates(header + princ("a@R"), header + logged_in), "kpropgw update 1\nput\t" + logged_in + "end\t1\n");
    EXPECT_EQ(updates(header + princ("a@R"), header + logged_in, {.ignore_logins = true}), nothing);
}

TEST(Diff, NamesTheLineOfARecordThatIsWrong) {
    std::string wrong = princ("b@R");
    wrong.replace(wrong.find("\taa\t"), 4, "\tax\t");
    EXPECT_THAT(updates(header + princ("a@R") + princ("b@R"), header + princ("a@R") + wrong),
                HasSubstr("error: new:3: principal \"b@R\": key 1: "));
    EXPECT_THAT(updates(header + princ("b@R") + princ("a@R") + wrong.replace(11, 1, "x"), header + princ("a@R")),
                HasSubstr("error: old:4: "));
    EXPECT_THAT(updates(header, header + princ("a@R")), HasSubstr("error: old:1: the dump holds no record"));
    EXPECT_THAT(updates(header + princ("a@R"), header + "princ\t38"), HasSubstr("error: new:2: "));
}

TEST(Diff, FindsALineOfAnyLength) {
    std::string large = princ("b@R");
    large.replace(large.find("\t1\taa\t"), 6, "\t65535\t" + std::string(131070, 'a') + "\t");
    EXPECT_EQ(updates(header + princ("a@R") + princ("b@R"), header + princ("a@R") + large),
              "kpropgw update 1\nput\t" + large + "end\t1\n");
    EXPECT_EQ(
        updates(header + princ("b@R") + princ("a@R") + princ("c@R"), header + princ("c@R") + large + princ("a@R")),
        "kpropgw update 1\nput\t" + large + "end\t1\n");
}

}  // namespace
}  // namespace kpropgw::formats
