#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "formats/inspect/baseline.hpp"
#include "formats/inspect/finding.hpp"
#include "formats/inspect/master_keys.hpp"
#include "formats/inspect/realms.hpp"
#include "formats/inspect/references.hpp"
#include "formats/inspect/seen_names.hpp"
#include "formats/inspect/tally.hpp"
#include "formats/inspect/tl_contents.hpp"

namespace kpropgw::formats {

struct VerifyOptions {
    std::string realm = {};            ///< that the dump must be of; "": that of its K/M
    unsigned max_shrink = 10;          ///< percent of the baseline's principals that may be missing
    std::size_t most_of_a_check = 20;  ///< findings that are kept, the rest is counted
    /// Whether names that stand twice and aliases without a target are looked for, in 30 bytes of memory a record.
    bool names = true;
};

/// Checks a dump, shown to it record by record, for what would fail a secondary or mislead one. Pure: needs no file and
/// no clock. Memory does not grow with the dump but for the names. Not thread safe.
class Verifier {
public:
    explicit Verifier(VerifyOptions options = {});

    /// `contents` is of `principal`; nothing of them is kept.
    void see(const Principal& principal, const TlContents& contents, std::uint64_t line);
    void see(const Policy& policy, std::uint64_t line);
    /// A record that could not be read; the text without its place.
    void see_malformed(std::uint64_t line, std::string_view text);

    /// Once, after the last record: what only the whole can show. `old` is what the dump takes the place of.
    void finish(const Baseline* old = nullptr);

    const Findings& findings() const { return findings_; }
    std::uint64_t principals() const { return principals_; }
    std::uint64_t policies() const { return policies_; }

private:
    void check_against(const Baseline& old);
    void check_names();

    VerifyOptions options_;
    Findings findings_;
    std::uint64_t principals_ = 0;
    std::uint64_t policies_ = 0;
    std::optional<MasterKeys> master_keys_;
    Tally<std::uint16_t> mkvnos_;
    Tally<std::int16_t> unknown_types_;
    Met des_only_;
    Met sha2_only_;
    References references_;
    Realms realms_;
    SeenNames names_;
    SeenNames policy_names_;
};

}  // namespace kpropgw::formats
