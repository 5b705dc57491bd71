#include "tests/formats/random_dump.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace kpropgw::formats {

std::string RandomDump::gap() {
    static const std::vector<std::string> gaps{"\t", "\t", "\t", " ", "\t ", "  \t\t", "\v", "\f", "\r"};
    return one_of(gaps);
}

std::string RandomDump::wrapping() {
    static const std::vector<std::string> edges{"0",          "0",          "0",           "-1",          "4294967295",
                                                "2147483647", "2147483648", "-2147483648", "-2147483647", "007"};
    return below(2) == 0 ? one_of(edges) : std::to_string(below(4294967295u));
}

/// Its length, a gap, and the digits.
std::string RandomDump::hex(std::uint32_t most_bytes) {
    const std::uint32_t size = below(3) == 0 ? 0 : below(most_bytes + 1);
    if (size == 0) return "0" + gap() + "-1";
    std::string digits;
    for (std::uint32_t i = 0; i < 2 * size; ++i) {
        digits += "0123456789abcdefABCDEF"[below(22)];
    }
    return std::to_string(size) + gap() + digits;
}

std::string RandomDump::tl() {
    static const std::vector<std::string> types{"1", "2", "3", "8", "11", "256", "1792", "-1", "-32768", "32766", "12"};
    return gap() + one_of(types) + gap() + hex(below(20) == 0 ? 3000 : 40);
}

std::string RandomDump::key(std::uint32_t kvno) {
    static const std::vector<std::string> types{"18", "17", "20", "16", "23", "3", "-133", "32767"};
    const bool salted = below(2) == 0;
    std::string text = std::string(salted ? "2" : "1") + gap() + std::to_string(kvno) + gap() + one_of(types) + gap() +
                       hex(80) + gap();
    if (salted) text += std::to_string(below(7)) + gap() + hex(30) + gap();
    return text;
}

std::string RandomDump::name() {
    static const std::vector<std::string> pieces{"a",   "B", " ",  "/", "\\t", "\\n", "\\@", "\\/",  "\\\\",
                                                 "\\b", "é", "管", ";", "-1;", "\"",  "'",   "\x7f", "\xff"};
    std::string text = "n" + std::to_string(++serial_);
    for (std::uint32_t i = below(6); i > 0; --i) {
        text += one_of(pieces);
    }
    if (below(30) == 0) text += "/" + std::string(1000, 'x');
    return text + "@" + (below(4) == 0 ? "OTHER REALM" : "EXAMPLE.COM");
}

std::string RandomDump::principal() {
    const std::string named = name();
    const std::uint32_t tls = below(5);
    std::vector<std::uint32_t> kvnos(below(40) == 0 ? 300 : below(5));
    std::generate(kvnos.begin(), kvnos.end(), [&] { return below(2) == 0 ? below(4) : below(65536); });
    std::sort(kvnos.rbegin(), kvnos.rend());

    std::string line = "princ" + gap() + "38" + gap() + std::to_string(named.size()) + gap() + std::to_string(tls) +
                       gap() + std::to_string(kvnos.size()) + gap() + "0" + gap() + named;
    for (int i = 0; i < 8; ++i) {
        line += gap() + wrapping();
    }
    for (std::uint32_t i = 0; i < tls; ++i) {
        line += tl();
    }
    line += gap();
    for (const auto kvno : kvnos) {
        line += key(kvno);
    }
    return line + "-1;\n";
}

std::string RandomDump::alias() {
    const std::string named = name();
    const std::string target = name() + std::string(1, '\0');
    return "princ\t38\t" + std::to_string(named.size()) + "\t1\t0\t0\t" + named + "\t64\t0\t0\t0\t0\t0\t0\t0\t12\t" +
           std::to_string(target.size()) + "\t" + to_hex(target) + "\t-1;\n";
}

std::string RandomDump::policy() {
    std::string line = "policy" + gap() + "p" + std::to_string(++serial_) + one_of<std::string>({"", "-x", "é", ";"});
    for (int i = 0; i < 5; ++i) {
        line += gap() + wrapping();
    }
    line += gap() + "0";
    for (int i = 0; i < 3; ++i) {
        line += gap() + wrapping();
    }
    if (below(4) == 0) return line + "\n";
    for (int i = 0; i < 3; ++i) {
        line += gap() + wrapping();
    }
    line += gap() + one_of<std::string>({"-", "aes256-cts", "aes256-cts:normal,aes128-cts:special"});
    // kdb5_util turns the order of two or more round at every load.
    return line + gap() + (below(2) == 0 ? "0" : "1" + tl()) + "\n";
}

}  // namespace kpropgw::formats
