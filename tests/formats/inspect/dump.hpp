#pragma once
#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/hex.hpp"
#include "formats/inspect/read_through.hpp"
#include "formats/inspect/verifier.hpp"
#include "formats/tl/kadm_data.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {

/// A line of a principal, put together field by field.
struct PrincipalLine {
    std::string name;
    std::vector<std::pair<int, std::string>> tl = {};   ///< type and hex
    std::vector<std::pair<int, int>> keys = {{1, 18}};  ///< kvno and enctype
    std::string contents = "2000aabb";                  ///< of every key

    std::string text() const {
        std::string line = fmt::format("princ\t38\t{}\t{}\t{}\t0\t{}\t0\t0\t0\t0\t0\t0\t0\t0", name.size(), tl.size(),
                                       keys.size(), name);
        for (const auto& [type, hex] : tl) {
            line += fmt::format("\t{}\t{}\t{}", type, hex.size() / 2, hex.empty() ? "-1" : hex);
        }
        line += "\t";
        for (const auto& [kvno, enctype] : keys) {
            line += fmt::format("1\t{}\t{}\t{}\t{}\t", kvno, enctype, contents.size() / 2, contents);
        }
        return line + "-1;\n";
    }
};

inline const std::string test_header = "kdb5_util load_dump version 7\n";
inline const std::string test_krbtgt = PrincipalLine{"krbtgt/R@R"}.text();
/// What every good dump holds.
inline const std::string test_realm = PrincipalLine{"K/M@R"}.text() + test_krbtgt;
inline const std::string test_policy = "policy\tstrict\t0\t0\t1\t1\t1\t0\t0\t0\t0\t0\t0\t0\t-\t0\n";

inline std::string kadm_data_hex(const KadmData& data) {
    std::string hex;
    append_kadm_data(hex, data).value();
    return hex;
}

inline std::string text_hex(std::string_view text) {
    return to_hex(text) + "00";
}

inline std::optional<Baseline> baseline_of(const std::string& dump) {
    if (dump.empty()) return std::nullopt;
    auto reader = DumpReader::open(pieces_of(dump), "old");
    return read_baseline(*reader).value();
}

inline Findings verify(const std::string& dump, const std::string& old = "", VerifyOptions options = {}) {
    auto reader = DumpReader::open(pieces_of(dump), "dump");
    Verifier verifier(options);
    read_through(reader.value(), "dump", verifier).value();
    const auto baseline = baseline_of(old);
    verifier.finish(baseline ? &*baseline : nullptr);
    return verifier.findings();
}

}  // namespace kpropgw::formats
