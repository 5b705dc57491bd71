#include "formats/update/apply.hpp"

#include <gtest/gtest.h>

#include "tests/formats/update/files.hpp"

namespace kpropgw::formats {
namespace {

const std::string header = "kdb5_util load_dump version 7\n";

std::string princ(const std::string& name, int life = 0) {
    return "princ\t38\t" + std::to_string(name.size()) + "\t0\t0\t0\t" + name + "\t0\t" + std::to_string(life) +
           "\t2\t0\t0\t0\t0\t0\t-1;\n";
}

std::string policy(const std::string& name) {
    return "policy\t" + name + "\t0\t0\t1\t1\t1\t0\t0\t0\t0\t0\t0\t0\t-\t0\n";
}

std::string updates(const std::vector<std::string>& lines) {
    std::string text = "kpropgw update 1\n";
    for (const auto& line : lines) {
        text += line;
    }
    return text + "end\t" + std::to_string(lines.size()) + "\n";
}

std::string applied(const std::string& base, const std::string& changes, const ApplyOptions& options = {}) {
    const auto result = apply_text(base, changes, options);
    return result ? *result : "error: " + result.error().text();
}

TEST(Apply, PutsNewRecordsAtTheirPlaceInASortedDump) {
    EXPECT_EQ(applied(header + princ("b") + princ("d") + policy("m") + policy("o"),
                      updates({"put\t" + princ("e"), "put\t" + princ("a"), "put\t" + princ("c"), "put\t" + policy("n"),
                               "put\t" + policy("z"), "put\t" + policy("a")})),
              header + princ("a") + princ("b") + princ("c") + princ("d") + princ("e") + policy("a") + policy("m") +
                  policy("n") + policy("o") + policy("z"));
}

TEST(Apply, PutsNewRecordsBehindTheLastOfTheirKindElse) {
    EXPECT_EQ(applied(header + princ("d") + princ("b") + policy("o") + policy("m"),
                      updates({"put\t" + princ("a"), "put\t" + policy("n")})),
              header + princ("d") + princ("b") + princ("a") + policy("o") + policy("m") + policy("n"));
    EXPECT_EQ(applied(header + princ("d"), updates({"put\t" + policy("n"), "put\t" + princ("e")})),
              header + princ("d") + princ("e") + policy("n"));
}

TEST(Apply, ReplacesAndDeletesInPlace) {
    EXPECT_EQ(applied(header + princ("d") + princ("b") + princ("c") + policy("p"),
                      updates({"put\t" + princ("b", 7), "del\tprinc\tc\n", "del\tpolicy\tp\n"})),
              header + princ("d") + princ("b", 7));
}

TEST(Apply, OfPutsTwiceIsTheSame) {
    const std::string changes = updates({"put\t" + princ("b", 7), "put\t" + policy("q")});
    const std::string once = applied(header + princ("a"), changes);
    EXPECT_EQ(applied(once, changes), once);
}

TEST(Apply, RefusesADeletionOfWhatIsNotThere) {
    const std::string changes = updates({"put\t" + princ("b"), "del\tprinc\tx y\n"});
    EXPECT_EQ(
        applied(header + princ("a"), changes),
        "error: updates:3: principal \"x y\" is to be deleted and is not in the dump: the updates are for another "
        "dump or were applied already (--force passes over it)");
    EXPECT_EQ(applied(header + princ("a"), changes, {.to = std::nullopt, .force = true}),
              header + princ("a") + princ("b"));
}

TEST(Apply, WritesNothingUnlessAllIsWell) {
    const std::string two = "kpropgw update 1\ndel\tprinc\tx\nend\t1\n";
    for (const std::string& base : {header + princ("a"), header + princ("x") + princ("y") + "princ\t3"}) {
        bool written = false;
        auto set = UpdateSet::read(pieces_of(two), "updates");
        const DumpFile file = file_of(base);
        const auto result = apply(file, *set, {}, [&](std::string_view) -> Result<void> {
            written = true;
            return {};
        });
        EXPECT_FALSE(result);
        EXPECT_FALSE(written);
    }
}

TEST(Apply, RefusesANameThatIsThereTwice) {
    EXPECT_EQ(applied(header + princ("a") + princ("b") + princ("a"), updates({"del\tprinc\ta\n"})),
              "error: base:4: principal \"a\" stands in the dump twice: take one of the two out");
}

TEST(Apply, WritesTheBasesVersionOrAnother) {
    const std::string base = "kdb5_util load_dump version 5\n" + princ("a");
    const std::string changes = updates({"put\t" + policy("p")});
    EXPECT_EQ(applied(base, changes), "kdb5_util load_dump version 5\n" + princ("a") + "policy\tp\t0\t0\t1\t1\t1\t0\n");
    EXPECT_EQ(applied(base, changes, {.to = Format{DumpVersion::v7, false}, .force = false}),
              header + princ("a") + policy("p"));
    EXPECT_EQ(applied("ipropx 1 4 5 6\n" + princ("a"), changes), "ipropx 1 4 5 6\n" + princ("a") + policy("p"));
}

TEST(Apply, LeavesSomething) {
    EXPECT_EQ(applied(header + princ("a"), updates({"del\tprinc\ta\n"})),
              "error: the updates delete every record: a dump without any would empty a secondary");
}

}  // namespace
}  // namespace kpropgw::formats
