#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

#include "formats/inspect/read_through.hpp"
#include "formats/inspect/summary.hpp"
#include "formats/inspect/verifier.hpp"

using namespace kpropgw;
using namespace kpropgw::formats;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

ReadBytes bytes_of(const unsigned char* data, std::size_t size) {
    return [data, size, done = std::size_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        const std::size_t count = std::min(into.size(), size - done);
        if (count > 0) std::memcpy(into.data(), data + done, count);
        done += count;
        return count;
    };
}

struct Seen {
    void see(const Principal& principal, const TlContents& contents, std::uint64_t line) {
        verifier.see(principal, contents, line);
        summary.see(principal, contents, line, 1);
    }
    void see(const Policy& policy, std::uint64_t line) {
        verifier.see(policy, line);
        summary.see(policy, line, 1);
    }
    void see_malformed(std::uint64_t line, std::string_view text) {
        require(!text.empty());
        verifier.see_malformed(line, text);
    }

    Verifier verifier{{.most_of_a_check = 3}};
    Summary summary;
};

}  // namespace

/// A dump, verified against itself and counted.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    auto old = DumpReader::open(bytes_of(data, size), "old", {.line = 1u << 16});
    if (!old) return 0;
    const auto baseline = read_baseline(*old);
    auto reader = DumpReader::open(bytes_of(data, size), "dump", {.line = 1u << 16});
    Seen seen;
    require(read_through(*reader, "dump", seen).has_value());
    seen.verifier.finish(baseline ? &*baseline : nullptr);
    const Findings& findings = seen.verifier.findings();
    require(findings.count(Check::shrunk) == 0 && findings.count(Check::master_key_added) == 0);
    require(seen.summary.principals == seen.verifier.principals());
    for (const Finding& finding : findings.kept())
        require(!finding.text.empty());
    return 0;
}
