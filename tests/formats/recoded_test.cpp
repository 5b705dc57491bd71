#include "formats/dump/recoded.hpp"

#include <gtest/gtest.h>

#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {
namespace {

/// A page of our own in which `ü` is one byte, X'FC', and every line ends in X'15'.
Result<void> to_utf8(std::string_view lines, std::string& out, std::uint64_t offset) {
    for (const char c : lines) {
        if (c == '\x01') return Error(Errc::invalid_input, "byte " + std::to_string(offset) + ": X'01'");
        if (c == '\xfc') {
            out += "ü";
        } else {
            out += c == '\x15' ? '\n' : c;
        }
        ++offset;
    }
    return {};
}

Result<void> from_utf8(std::string_view lines, std::string& out, std::uint64_t) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines.substr(i).starts_with("ü")) {
            out += '\xfc';
            ++i;
        } else {
            out += lines[i] == '\n' ? '\x15' : lines[i];
        }
    }
    return {};
}

std::string principal(std::size_t length, const std::string& name, const std::string& gap = "\t") {
    return "princ" + gap + "38" + gap + std::to_string(length) + "\t0\t0\t0\t" + name +
           "\t0\t0\t0\t0\t0\t0\t0\t0\t-1;\n";
}

std::string in_page(const std::string& utf8) {
    std::string out;
    EXPECT_TRUE(from_utf8(utf8, out, 0));
    return out;
}

std::string read_all(const ReadBytes& read, std::size_t piece) {
    std::string all;
    std::string room(piece, '\0');
    for (;;) {
        const auto count = read(room);
        if (!count) return count.error().text();
        if (*count == 0) return all;
        all.append(room, 0, *count);
    }
}

std::string decode_all(const std::string& bytes, std::size_t piece, std::size_t limit = 1 << 20) {
    return read_all(decoded(pieces_of(bytes, piece), "\x15", to_utf8, limit), piece);
}

TEST(Recoded, MendsTheLengthOfANameThatBecameLonger) {
    const std::string header = "kdb5_util load_dump version 7\n";
    const std::string policy = "policy\tü\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t-\t0\n";
    const std::string utf8 = header + principal(5, "a b@R") + principal(6, "üü@R") + policy + principal(3, "c@R");
    const std::string page =
        in_page(header + principal(5, "a b@R") + principal(4, "üü@R") + policy + principal(3, "c@R"));
    for (const std::size_t piece : {1u, 7u, 1u << 20}) {
        EXPECT_EQ(decode_all(page, piece), utf8) << piece;
    }
}

TEST(Recoded, MendsItWhateverStandsBetweenTheFields) {
    EXPECT_EQ(decode_all(in_page(principal(3, "ü@R", " \t ")), 100), principal(4, "ü@R", " \t "));
    EXPECT_EQ(decode_all(in_page(principal(5, "  ü@R")), 100), principal(6, "  ü@R"));
}

TEST(Recoded, LeavesWhatIsNoRecordToTheReader) {
    for (const std::string line :
         {"prinz\t38\t3\tü\n", "princ\n", "princ\t38\tx\t0\t0\t0\tü\n", "princ\t38\t99\t0\t0\t0\tü\n", "ü"}) {
        EXPECT_EQ(decode_all(in_page(line), 100), line);
    }
}

TEST(Recoded, SaysWhereInTheFileAByteIsThatIsNotOfThePage) {
    const std::string good = in_page(principal(3, "ü@R"));
    for (const std::size_t piece : {1u, 1u << 20}) {
        EXPECT_EQ(decode_all(good + good + "\x01", piece), "byte " + std::to_string(2 * good.size()) + ": X'01'");
    }
}

TEST(Recoded, LimitsALine) {
    EXPECT_EQ(decode_all(std::string(1000, 'x'), 10, 100), "byte 0: the line exceeds the limit of 100 bytes");
}

TEST(Recoded, WritesTheLengthThatTheNameHasInThePage) {
    std::string written;
    const WriteBytes sink = encoded(
        [&](std::string_view bytes) -> Result<void> {
            written += bytes;
            return {};
        },
        from_utf8);
    ASSERT_TRUE(sink("kdb5_util load_dump version 7\n" + principal(3, "a@R")));
    ASSERT_TRUE(sink(principal(6, "üü@R") + principal(3, "c@R")));
    EXPECT_EQ(written, in_page("kdb5_util load_dump version 7\n" + principal(3, "a@R") + principal(4, "üü@R") +
                               principal(3, "c@R")));
}

}  // namespace
}  // namespace kpropgw::formats
