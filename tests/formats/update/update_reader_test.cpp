#include "formats/update/update_reader.hpp"

#include <gtest/gtest.h>

#include "tests/formats/update/files.hpp"

namespace kpropgw::formats {
namespace {

const std::string princ = "princ\t38\t3\t0\t1\t0\ta@R\t0\t1\t2\t0\t0\t0\t0\t0\t1\t1\t18\t4\t5ec2e7aa\t-1;\n";
const std::string policy = "policy\tp\t0\t0\t1\t1\t1\t0\t0\t0\t0\t0\t0\t0\t-\t0\n";
const std::string header = "kpropgw update 1\n";
const std::string whole =
    header + "put\t" + princ + "put\t" + policy + "del\tprinc\t b c@R\n" + "del\tpolicy\tq\n" + "end\t4\n";

/// Every update in a line, or the error.
std::string read(const std::string& text, std::size_t piece = 1 << 20) {
    auto reader = UpdateReader::open(pieces_of(text, piece), "updates");
    if (!reader) return reader.error().text();
    std::string seen;
    for (;;) {
        const auto update = reader->next();
        if (!update) return update.error().text();
        switch (*update) {
            case UpdateReader::Update::put_principal:
                seen += "put principal " + std::string(reader->principal().name);
                break;
            case UpdateReader::Update::put_policy:
                seen += "put policy " + std::string(reader->policy().name);
                break;
            case UpdateReader::Update::delete_principal:
                seen += "delete principal " + std::string(reader->name());
                break;
            case UpdateReader::Update::delete_policy:
                seen += "delete policy " + std::string(reader->name());
                break;
            case UpdateReader::Update::end:
                return seen;
        }
        seen += '\n';
    }
}

TEST(UpdateReader, ReadsEveryKindOfUpdate) {
    for (const std::size_t piece : {1u, 7u, 1u << 20}) {
        EXPECT_EQ(read(whole, piece), "put principal a@R\nput policy p\ndelete principal  b c@R\ndelete policy q\n");
    }
    EXPECT_EQ(read(header + "end\t0\n"), "");
}

TEST(UpdateReader, TakesNoCutFileForAWholeOne) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::string cut = whole.substr(0, size);
        const auto lines = std::count(cut.begin(), cut.end(), '\n');
        const std::string error = read(cut);
        EXPECT_TRUE(error.starts_with("updates:" + std::to_string(lines + 1) + ": ")) << size << ": " << error;
        EXPECT_EQ(error.find("5ec2"), std::string::npos) << error;
    }
}

TEST(UpdateReader, SaysWhatIsWrongWithTheFirstLine) {
    EXPECT_EQ(read(""), "updates:1: the file is empty: it was cut; make it again");
    EXPECT_EQ(read("kpropgw update 2\n"),
              "updates:1: this version of the update file is not known: it comes from a newer kpropgw");
    EXPECT_EQ(read("kpropgw update 1\r\n"),
              "updates:1: lines end in CR LF; take the CRs out (a transfer in binary adds none)");
    EXPECT_EQ(read("kdb5_util load_dump version 7\n" + princ),
              "updates:1: this is a dump, not an update file: dump diff makes one of two dumps");
    EXPECT_EQ(read("put\t" + princ), "updates:1: this is no update file: its first line must be \"kpropgw update 1\"");
}

TEST(UpdateReader, SaysWhatIsWrongWithALine) {
    const auto wrong = [](const std::string& line) { return read(header + line + "end\t1\n"); };
    EXPECT_EQ(wrong("\n"), "updates:2: the line begins with none of put, del and end and a tab");
    EXPECT_EQ(wrong("put " + princ), "updates:2: the line begins with none of put, del and end and a tab");
    EXPECT_EQ(wrong("put\tprinc 38\n"),
              "updates:2: behind put and a tab must stand the line of a principal or a policy, which begins with princ "
              "or policy and a tab");
    EXPECT_EQ(wrong("put\tprinc\t38\n"), "updates:2: the line ends before the length of the name: it was cut");
    EXPECT_EQ(wrong("del\tprincipal\ta@R\n"),
              "updates:2: behind del and a tab must stand princ or policy, a tab and the name");
    EXPECT_EQ(wrong("del\tprinc\t\n"), "updates:2: the name is missing behind del");
    EXPECT_EQ(wrong("del\tprinc\ta@R@R\n"),
              "updates:2: the name has two realms: an @ inside a component is written \\@");
    EXPECT_EQ(wrong("del\tprinc\t" + std::string(40000, 'a') + "\n"),
              "updates:2: the name of 40000 bytes exceeds the limit of 32766");
    EXPECT_EQ(wrong("del\tpolicy\ta b\n"), "updates:2: the policy's name holds a blank or a control character");
}

TEST(UpdateReader, SaysWhatIsWrongWithTheEnd) {
    const std::string one = header + "del\tpolicy\tq\n";
    EXPECT_EQ(read(one + "end\t2\n"),
              "updates:3: the end line counts 2 updates where the file has 1: it was changed or put together; make it "
              "again");
    for (const std::string count : {"", "01", "+1", "1 ", "x", "99999999999999999999"}) {
        EXPECT_EQ(read(one + "end\t" + count + "\n"),
                  "updates:3: behind end and a tab must stand the number of updates");
    }
    EXPECT_EQ(read(one + "end\t1\nend\t1\n"), "updates:4: the file goes on behind its end line");
    EXPECT_EQ(read(one + "end\t1\n\n"), "updates:4: the file goes on behind its end line");
}

TEST(UpdateSet, HoldsEveryNameOnce) {
    const auto read_set = [](const std::string& text, std::size_t limit = 1 << 20) {
        return UpdateSet::read(pieces_of(text), "updates", limit);
    };
    auto set = read_set(whole);
    ASSERT_TRUE(set) << set.error();
    EXPECT_EQ(set->updates().size(), 4u);
    EXPECT_TRUE(set->find(RecordKind::principal, " b c@R")->deletes());
    EXPECT_FALSE(set->find(RecordKind::policy, "p")->deletes());
    EXPECT_EQ(set->find(RecordKind::policy, "a@R"), nullptr);
    EXPECT_EQ(read_set(header + "put\t" + princ + "del\tpolicy\ta@R\ndel\tprinc\ta@R\nend\t3\n").error().text(),
              "updates:4: principal \"a@R\" stands on line 2 already: take one of the two out");
    EXPECT_EQ(read_set(whole, 100).error().text(), "updates:2: the updates exceed the limit of 0 MiB of memory");
}

}  // namespace
}  // namespace kpropgw::formats
