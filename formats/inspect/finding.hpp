#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kpropgw::formats {

enum class Severity {
    note,     ///< right for today's KDCs; an older one, or a reader, may be surprised
    warning,  ///< loads and is served, but not all as it was meant
    error,    ///< kdb5_util or a KDC fails, or what is served is not what the dump says
};

/// What a dump is checked for. Each has its row in checks().
enum class Check {
    unreadable_header,
    malformed_record,
    too_many_tl_data,
    name_begins_with_blank,
    name_twice,
    policy_twice,
    no_master_key,
    wrong_realm,
    no_krbtgt,
    master_key_replaced,
    shrunk,
    unreadable_master_key_data,
    unknown_master_kvno,
    unknown_active_kvno,
    unreadable_kadm_data,
    unreadable_tl_data,
    unknown_tl_type,
    tl_type_twice,
    no_such_policy,
    history_key_changed,
    keys_out_of_order,
    other_realm,
    alias_without_target,
    weak_master_key,
    des_keys_only,
    master_key_added,
    sha2_keys_only,
    alias,
    not_all_checked,
};

struct CheckInfo {
    Check check;
    std::string_view id;  ///< stable: scripts and docs/dump-verify.md know it by this
    Severity severity;
};

/// The one table of checks, the gravest first.
std::span<const CheckInfo> checks();
const CheckInfo& info_of(Check check);

/// "error", "warning", "note"
std::string_view to_text(Severity severity);

struct Finding {
    Check check;
    std::uint64_t line = 0;  ///< of the dump; 0: of no one line
    std::string text;
};

/// What was found, bounded: of each check a number of findings are kept, the rest is counted.
class Findings {
public:
    explicit Findings(std::size_t most_of_a_check);

    /// `make_text` is called only for a finding that is kept.
    template <class MakeText>
    void add(Check check, std::uint64_t line, const MakeText& make_text) {
        if (++counts_[static_cast<std::size_t>(check)] <= most_) kept_.push_back({check, line, make_text()});
    }

    /// In the order of lines, those of no one line last.
    void sort();

    std::span<const Finding> kept() const { return kept_; }
    std::uint64_t count(Check check) const { return counts_[static_cast<std::size_t>(check)]; }
    std::uint64_t count(Severity severity) const;
    /// Those that were not kept.
    std::uint64_t left_out(Check check) const { return count(check) > most_ ? count(check) - most_ : 0; }

private:
    std::uint64_t most_;
    std::vector<Finding> kept_;
    std::vector<std::uint64_t> counts_;
};

}  // namespace kpropgw::formats
