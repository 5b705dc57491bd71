#include <fmt/format.h>
#include <sys/stat.h>

#include "tests/cli/program.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::cli {
namespace {

using formats::DumpVersion;
using formats::golden_path;

class DumpConvert : public Program {
protected:
    static std::string content(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string at(const std::string& name) const { return directory_ + "/" + name; }
};

TEST_F(DumpConvert, WritesWhatKdb5UtilWrites) {
    for (const auto& [format, version] :
         {std::pair("compat", DumpVersion::v4), std::pair("b7", DumpVersion::v4), std::pair("replace", DumpVersion::v5),
          std::pair("r13", DumpVersion::v5), std::pair("r18", DumpVersion::v6), std::pair("r1_11", DumpVersion::v7)}) {
        const auto done = run({"dump", "convert", golden_path("policies", DumpVersion::v7), "--to", format});
        EXPECT_EQ(done.status, 0) << done.errors;
        EXPECT_EQ(done.output, content(golden_path("policies", version))) << format;
    }
}

TEST_F(DumpConvert, WritesADumpForIpropAtTheSerialThatItIsTold) {
    const auto done = run({"dump", "convert", golden_path("keys", DumpVersion::v7), "--to", "ipropx", "--serial", "7",
                           "--time", "1700000000"});
    EXPECT_EQ(done.status, 0) << done.errors;
    const std::string theirs = content(golden_path("keys", DumpVersion::ipropx));
    EXPECT_EQ(done.output, "ipropx 1 7 1700000000 0" + theirs.substr(theirs.find('\n')));

    const auto without = run({"dump", "convert", golden_path("keys", DumpVersion::v7), "--to", "iprop"});
    EXPECT_EQ(without.status, 65);
    EXPECT_EQ(without.errors, "kpropgw: " + golden_path("keys", DumpVersion::v7) +
                                  ": a dump for iprop begins with a serial, which a r1_11 dump does not have: give "
                                  "--serial N\n");
}

TEST_F(DumpConvert, ReportsWhatIsLostAndToWhom) {
    const auto text = run({"dump", "convert", golden_path("policies", DumpVersion::v7), "--to", "compat", "-o",
                           at("out"), "--report", at("lost")});
    EXPECT_EQ(text.status, 0);
    EXPECT_EQ(text.errors,
              "kpropgw: 7 records lose what b7 cannot carry: policy reference (4), password history (1), "
              "lockout rules (2), attributes, ticket lifetimes, keysalts or tl-data of a policy (2); see " +
                  at("lost") + "\n");
    EXPECT_NE(content(at("lost"))
                  .find("principal \"remembers@EXAMPLE.COM\": policy reference \"strict\", password "
                        "history of 4\n"),
              std::string::npos);

    run({"dump", "convert", golden_path("policies", DumpVersion::v7), "--to", "compat", "-o", at("out"), "--report",
         at("lost.json")});
    EXPECT_TRUE(content(at("lost.json"))
                    .starts_with(R"({"record":"principal","name":"locked@EXAMPLE.COM","lost":["policy-reference"],)"
                                 R"("policy":"lockout"})"
                                 "\n"));
}

TEST_F(DumpConvert, GoesThroughEbcdicAndBack) {
    const std::string dump = content(golden_path("new-realm", DumpVersion::v7));
    const std::string umlaut = "princ\t38\t11\t0\t0\t0\tj\xc3\xbcrgen@R.D\t0\t0\t0\t0\t0\t0\t0\t0\t-1;\n";
    for (const std::string page : {"IBM-1047", "IBM-273", "1141"}) {
        const auto made =
            shell("$kpropgw dump convert " + write("dump", dump + umlaut) + " --to-codepage " + page + " -o " +
                  at("ebcdic") + " && $kpropgw dump convert --codepage " + page + " " + at("ebcdic"));
        EXPECT_EQ(made.status, 0) << made.errors;
        EXPECT_EQ(made.output, dump + umlaut) << page;
        EXPECT_EQ(content(at("ebcdic")).find('\n'), std::string::npos);
    }
}

TEST_F(DumpConvert, AsksForTheCodePageThatItCannotGuess) {
    shell("$kpropgw dump convert " + golden_path("new-realm", DumpVersion::v7) + " --to-codepage 1047 -o " +
          at("ebcdic"));
    const auto unsure = shell("LC_ALL=C.UTF-8 $kpropgw dump convert " + at("ebcdic"));
    EXPECT_EQ(unsure.status, 65);
    EXPECT_NE(unsure.errors.find("name its code page, for example --codepage IBM-1047"), std::string::npos)
        << unsure.errors;
    const auto by_lang = shell("LC_ALL=En_US.IBM-1047 $kpropgw dump convert - <" + at("ebcdic"));
    EXPECT_EQ(by_lang.status, 0) << by_lang.errors;
    EXPECT_EQ(by_lang.output, content(golden_path("new-realm", DumpVersion::v7)));
}

TEST_F(DumpConvert, NamesACharacterThatThePageLacks) {
    const auto done =
        run({"dump", "convert", golden_path("names", DumpVersion::v7), "--to-codepage", "1047", "-o", at("out")});
    EXPECT_EQ(done.status, 65);
    EXPECT_NE(done.errors.find(": U+7BA1 is not in IBM-1047\n"), std::string::npos) << done.errors;
    EXPECT_FALSE(std::filesystem::exists(at("out")));
}

TEST_F(DumpConvert, LeavesTheOldFileWhenTheDumpIsBad) {
    const std::string dump = content(golden_path("keys", DumpVersion::v7));
    const std::string out = write("out", "old");
    const auto done = run({"dump", "convert", write("cut", dump.substr(0, dump.size() - 1)), "-o", out});
    EXPECT_EQ(done.status, 65);
    EXPECT_NE(done.errors.find("the last line has no newline: the dump was cut; make it again"), std::string::npos);
    EXPECT_EQ(content(out), "old");
}

/// Of so many records that it is cut into parts; some lines are longer than a part.
std::string large_dump(int records) {
    const std::string tl = "\t256\t65535\t" + std::string(2 * 65535, 'a');
    std::string dump = "kdb5_util load_dump version 7\n";
    for (int i = 0; i < records; ++i) {
        const std::string name = fmt::format("user{:05}@R", i);
        const bool long_line = i % 1000 == 500;
        dump +=
            fmt::format("princ\t38\t{}\t{}\t0\t0\t{}\t0\t0\t0\t0\t0\t0\t0\t0", name.size(), long_line ? 5 : 0, name);
        for (int k = 0; long_line && k < 5; ++k)
            dump += tl;
        dump += "\t-1;\n";
    }
    return dump;
}

TEST_F(DumpConvert, KeepsTheOrderOfALargeDump) {
    const std::string dump = large_dump(20000);
    const auto same = run({"dump", "convert", write("large", dump)});
    EXPECT_EQ(same.status, 0) << same.errors;
    EXPECT_TRUE(same.output == dump);
    const auto piped = shell("cat " + at("large") + " | $kpropgw dump convert - --to b7");
    EXPECT_EQ(piped.errors, "");
    EXPECT_TRUE(piped.output.substr(piped.output.find('\n')) == dump.substr(dump.find('\n')));
}

TEST_F(DumpConvert, NamesTheLineFarIntoALargeDump) {
    std::string dump = large_dump(20000);
    dump.insert(dump.find("princ\t38\t11\t0\t0\t0\tuser15000"), "princ\t39\n");
    const auto done = run({"dump", "convert", write("large", dump), "-o", at("out")});
    EXPECT_EQ(done.status, 65);
    EXPECT_EQ(done.errors, "kpropgw: " + at("large") + ":15002: the base length is 39 and must be 38\n");
    EXPECT_FALSE(std::filesystem::exists(at("out")));
}

TEST_F(DumpConvert, ReadsNothingBehindAnEndLine) {
    const std::string dump = large_dump(3000);
    const auto done = run({"dump", "convert", write("large", dump + "End\n" + large_dump(20000) + "nonsense\n")});
    EXPECT_EQ(done.status, 0) << done.errors;
    EXPECT_TRUE(done.output == dump);
}

TEST_F(DumpConvert, RefusesADumpWithoutARecordAndALineWithoutAnEnd) {
    const auto empty = run({"dump", "convert", write("empty", "kdb5_util load_dump version 7\n")});
    EXPECT_EQ(empty.status, 65);
    EXPECT_EQ(empty.errors, "kpropgw: " + at("empty") +
                                ":1: the dump holds no record and would empty a secondary: it "
                                "failed or was cut; make it again\n");
    const auto endless = shell(
        "(printf 'kdb5_util load_dump version 7\\n'; head -c 40000000 /dev/zero | tr '\\0' a) | "
        "$kpropgw dump convert -");
    EXPECT_EQ(endless.status, 65);
    EXPECT_EQ(endless.errors, "kpropgw: stdin:2: the line exceeds the limit of 16777216 bytes\n");
}

TEST_F(DumpConvert, WritesForNobodyElseToRead) {
    run({"dump", "convert", golden_path("keys", DumpVersion::v7), "-o", at("out")});
    struct stat found {};
    ASSERT_EQ(::stat(at("out").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777u, 0600u);
}

TEST_F(DumpConvert, ShowsAllAsJson) {
    const auto done = shell("$kpropgw dump convert " + golden_path("names", DumpVersion::ipropx) +
                            " --to json | python3 -c 'import sys, json; lines = [json.loads(l) for l in sys.stdin]; "
                            "print(lines[0][\"record\"], lines[0][\"version\"], len(lines)); "
                            "print([l[\"name\"] for l in lines if \"管\" in l.get(\"name\", \"\")])'");
    EXPECT_EQ(done.status, 0) << done.errors;
    const std::string dump = content(golden_path("names", DumpVersion::ipropx));
    EXPECT_EQ(done.output, "dump ipropx " + std::to_string(std::count(dump.begin(), dump.end(), '\n')) +
                               "\n['jürgen.größe/管理者@EXAMPLE.COM']\n");
}

TEST_F(DumpConvert, RefusesWhatItDoesNotKnow) {
    const auto format = run({"dump", "convert", "x", "--to", "replce"});
    EXPECT_EQ(format.status, 64);
    EXPECT_TRUE(
        format.errors.starts_with("kpropgw: --to: dump version \"replce\" is not known; did you mean \"replace\"?\n"))
        << format.errors;
    const auto page = run({"dump", "convert", "x", "--codepage", "IBM-1074"});
    EXPECT_EQ(page.status, 64);
    EXPECT_NE(page.errors.find("did you mean"), std::string::npos) << page.errors;
    EXPECT_EQ(run({"dump", "convert", at("absent")}).status, 66);
}

}  // namespace
}  // namespace kpropgw::cli
