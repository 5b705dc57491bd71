#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sysexits.h>

#include <algorithm>
#include <random>

#include "tests/cli/program.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::cli {
namespace {

using ::testing::HasSubstr;

class DumpDiff : public Program {
protected:
    static std::string princ(const std::string& name, const std::string& key = "5ec2e7") {
        return "princ\t38\t" + std::to_string(name.size()) + "\t0\t1\t0\t" + name +
               "\t0\t1\t2\t0\t0\t0\t0\t0\t1\t3\t18\t3\t" + key + "\t-1;\n";
    }

    const std::string header = "kdb5_util load_dump version 7\n";
    const std::string old = write("old", header + princ("a@R") + princ("b@R"));
    const std::string now = write("now", header + princ("a@R", "5ec2e8") + princ("c@R"));
    const std::string updates =
        "kpropgw update 1\nput\t" + princ("a@R", "5ec2e8") + "del\tprinc\tb@R\nput\t" + princ("c@R") + "end\t3\n";
};

TEST_F(DumpDiff, WritesAnUpdateFileThatDumpApplyTakes) {
    const auto diffed = run({"dump", "diff", old, now});
    EXPECT_EQ(diffed.status, EX_OK);
    EXPECT_EQ(diffed.output, updates);
    EXPECT_EQ(diffed.errors, "");
    const std::string file = write("updates", diffed.output);
    const auto applied = run({"dump", "apply", old, file});
    EXPECT_EQ(applied.status, EX_OK) << applied.errors;
    EXPECT_EQ(applied.output, header + princ("a@R", "5ec2e8") + princ("c@R"));
    EXPECT_EQ(applied.errors, "kpropgw: 1 added, 1 replaced, 1 deleted\n");
}

TEST_F(DumpDiff, ReadsPipes) {
    const auto piped = shell("cat " + old + " | $kpropgw dump diff - " + now + " | $kpropgw dump apply " + old + " -");
    EXPECT_EQ(piped.output, header + princ("a@R", "5ec2e8") + princ("c@R"));
    EXPECT_EQ(shell("$kpropgw dump diff " + old + " - <" + now).output, updates);
    EXPECT_EQ(run({"dump", "diff", "-", "-"}).status, EX_USAGE);
}

TEST_F(DumpDiff, ReadsEbcdic) {
    const std::string ebcdic = directory_ + "/ebcdic";
    ASSERT_EQ(run({"dump", "convert", now, "--to-codepage", "IBM-1047", "-o", ebcdic}).status, EX_OK);
    const auto diffed = run({"dump", "diff", ebcdic, now, "--codepage", "IBM-1047"});
    EXPECT_NE(diffed.status, EX_OK) << "the page is that of both dumps";
    const auto same = run({"dump", "diff", ebcdic, ebcdic, "--codepage", "IBM-1047"});
    EXPECT_EQ(same.output, "kpropgw update 1\nend\t0\n") << same.errors;
}

TEST_F(DumpDiff, SaysTheDifferencesInWordsWithoutKeys) {
    const auto summary = run({"dump", "diff", old, now, "--summary"});
    EXPECT_EQ(summary.output,
              "principal \"a@R\" changed: key contents changed\nprincipal \"b@R\" removed\nprincipal \"c@R\" added\n");
    const std::string file = directory_ + "/updates";
    const auto json = run({"dump", "diff", old, now, "--json", "-o", file});
    EXPECT_EQ(json.output,
              "{\"record\":\"principal\",\"name\":\"a@R\",\"change\":\"changed\",\"notes\":[{\"field\":\"key "
              "contents\"}]}\n{\"record\":\"principal\",\"name\":\"b@R\",\"change\":\"removed\"}\n"
              "{\"record\":\"principal\",\"name\":\"c@R\",\"change\":\"added\"}\n");
    EXPECT_EQ(shell("cat " + file).output, updates);
    EXPECT_EQ(run({"dump", "diff", old, now, "--json", "--summary"}).status, EX_USAGE);
}

TEST_F(DumpDiff, EndsWithOneForDifferencesOnlyWhenAsked) {
    EXPECT_EQ(run({"dump", "diff", old, now}).status, 0);
    EXPECT_EQ(run({"dump", "diff", old, now, "--exit-code"}).status, 1);
    EXPECT_EQ(run({"dump", "diff", old, old, "--exit-code"}).status, 0);
}

TEST_F(DumpDiff, SaysWhatItCannotCompare) {
    const std::string compat = directory_ + "/compat";
    ASSERT_EQ(run({"dump", "convert", old, "--to", "compat", "-o", compat}).status, EX_OK);
    const auto diffed = run({"dump", "diff", old, compat});
    EXPECT_EQ(diffed.output, "kpropgw update 1\nend\t0\n");
    EXPECT_THAT(diffed.errors, HasSubstr("kpropgw: not compared, since one of the dumps cannot carry them: policy "
                                         "references and password histories of principals\n"));
}

TEST_F(DumpDiff, LeavesNothingBehindWhenADumpIsWrong) {
    const std::string file = directory_ + "/updates";
    const auto wrong = run({"dump", "diff", old, write("cut", header + "princ\t38"), "-o", file});
    EXPECT_EQ(wrong.status, EX_DATAERR);
    EXPECT_THAT(wrong.errors, HasSubstr("/cut:2: "));
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(run({"dump", "diff", old, directory_ + "/none"}).status, EX_NOINPUT);
}

/// Dumps so large that they are hashed in several parts, and in no order.
class LargeDumpDiff : public DumpDiff {
protected:
    static constexpr int records = 6000;

    /// Of 2 kB.
    static std::string large_princ(int number, const std::string& end = "00") {
        const std::string name = fmt::format("user{:05}@R", number);
        return fmt::format("princ\t38\t{}\t1\t0\t0\t{}\t0\t0\t0\t0\t0\t0\t0\t0\t256\t1000\t{}{}\t-1;\n", name.size(),
                           name, std::string(1998, 'a'), end);
    }
    std::string dump_of(const std::vector<std::string>& lines) const {
        std::string dump = header;
        for (const std::string& line : lines)
            dump += line;
        return dump;
    }
    static std::vector<std::string> shuffled() {
        std::vector<std::string> lines;
        for (int i = 0; i < records; ++i)
            lines.push_back(large_princ(i));
        std::shuffle(lines.begin(), lines.end(), std::mt19937(7));
        return lines;
    }
};

TEST_F(LargeDumpDiff, FindsWhatDiffersInAnyOrder) {
    std::vector<std::string> lines = shuffled();
    const std::string before = write("before", dump_of(lines));
    const std::string gone = lines[100].substr(lines[100].find("user"), 11);
    lines.erase(lines.begin() + 100);
    std::reverse(lines.begin(), lines.end());
    lines.insert(lines.begin() + 3000, large_princ(records));
    const int changed = std::stoi(lines[5000].substr(lines[5000].find("user") + 4, 5));
    lines[5000] = large_princ(changed, "ff");
    const auto diffed = run({"dump", "diff", before, write("after", dump_of(lines))});
    EXPECT_EQ(diffed.status, EX_OK) << diffed.errors;
    EXPECT_TRUE(diffed.output ==
                "kpropgw update 1\nput\t" + lines[3000] + "put\t" + lines[5000] + "del\tprinc\t" + gone + "\nend\t3\n");
}

TEST_F(LargeDumpDiff, NamesTheLineOfAnError) {
    std::vector<std::string> lines = shuffled();
    const std::string before = write("before", dump_of(lines));
    std::vector<std::string> wrong = lines;
    wrong[5000] = "princ\t39\n";
    wrong[5900] = "nonsense\n";
    const auto broken = run({"dump", "diff", before, write("wrong", dump_of(wrong))});
    EXPECT_EQ(broken.status, EX_DATAERR);
    EXPECT_THAT(broken.errors, HasSubstr("/wrong:5002: the base length is 39 and must be 38\n"));

    lines[5000] = lines[20];
    const auto twice = run({"dump", "diff", before, write("twice", dump_of(lines))});
    EXPECT_EQ(twice.status, EX_DATAERR);
    EXPECT_THAT(twice.errors, HasSubstr("/twice:5002: principal \"" + lines[20].substr(lines[20].find("user"), 11) +
                                        "\" stands on line 22 already"));
}

class DumpApply : public DumpDiff {};

TEST_F(DumpApply, RefusesWhatWasAppliedAlready) {
    const std::string file = write("updates", updates);
    const std::string out = directory_ + "/out";
    const auto again = run({"dump", "apply", now, file, "-o", out});
    EXPECT_EQ(again.status, EX_DATAERR);
    EXPECT_THAT(again.errors, HasSubstr("/updates:3: principal \"b@R\" is to be deleted and is not in the dump"));
    EXPECT_FALSE(std::filesystem::exists(out));
    const auto forced = run({"dump", "apply", now, file, "--force", "--to", "r18"});
    EXPECT_EQ(forced.status, EX_OK);
    EXPECT_EQ(forced.output, "kdb5_util load_dump version 6\n" + princ("a@R", "5ec2e8") + princ("c@R"));
    EXPECT_EQ(forced.errors, "kpropgw: 0 added, 2 replaced, 0 deleted, 1 were not there\n");
}

TEST_F(DumpApply, SaysWhatTheVersionOfTheBaseCannotCarry) {
    const std::string base = formats::golden_path("policies", formats::DumpVersion::v4);
    const std::string record = formats::golden_path("policies", formats::DumpVersion::v7);
    const auto made =
        shell("(echo 'kpropgw update 1'; grep remembers@ " + record +
              " | sed 's/^/put\t/'; printf 'end\t1\n') | $kpropgw dump apply " + base + " - -o /dev/null");
    EXPECT_EQ(made.status, EX_OK);
    EXPECT_EQ(made.errors,
              "kpropgw: 0 added, 1 replaced, 0 deleted\n"
              "kpropgw: 1 record loses what b7 cannot carry: policy reference (1), password history (1)\n");
}

TEST_F(DumpApply, TakesNoCutFile) {
    const auto cut = run({"dump", "apply", old, write("updates", updates.substr(0, updates.size() - 6))});
    EXPECT_EQ(cut.status, EX_DATAERR);
    EXPECT_EQ(cut.output, "");
    EXPECT_THAT(cut.errors, HasSubstr("/updates:5: the file ends without its end line: it was cut; make it again"));
}

class DumpRestoreHistory : public DumpDiff {};

TEST_F(DumpRestoreHistory, PutsBackWhatConvertToCompatLost) {
    const std::string before = KPROPGW_SOURCE_DIR "/tests/golden/dumps/policies.v7";
    const std::string compat = directory_ + "/compat";
    ASSERT_EQ(run({"dump", "convert", before, "--to", "compat", "-o", compat}).status, EX_OK);
    const std::string report = directory_ + "/report";
    const auto restored = run({"dump", "restore-history", compat, before, "--report", report});
    EXPECT_EQ(restored.status, EX_OK) << restored.errors;
    EXPECT_EQ(restored.output, shell("cat " + before).output);
    EXPECT_THAT(restored.errors, HasSubstr(" restored, 0 not\n"));
    EXPECT_EQ(shell("cat " + report).output,
              "policy \"gone\": missing in both dumps: restored principals refer to it\n");
    EXPECT_EQ(std::filesystem::status(report).permissions(), std::filesystem::perms(0600));
    EXPECT_EQ(run({"dump", "restore-history", before, compat}).status, EX_DATAERR);
}

}  // namespace
}  // namespace kpropgw::cli
