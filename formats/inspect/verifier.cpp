#include "formats/inspect/verifier.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/inspect/key_strength.hpp"
#include "formats/inspect/record_checks.hpp"
#include "formats/quoted.hpp"
#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

void count(Met& met, const Inspected& seen) {
    if (met.count++ > 0) return;
    met.line = seen.line;
    met.name = seen.principal.name;
}

void add(Findings& findings, Check check, const Met& met, std::string_view what) {
    if (met.count == 0) return;
    findings.add(check, met.line, [&] {
        return fmt::format("{} has {}; principals like this: {}", quoted_name(met.name), what, met.count);
    });
}

}  // namespace

Verifier::Verifier(VerifyOptions options) : options_(std::move(options)), findings_(options_.most_of_a_check) {}

void Verifier::see(const Principal& principal, const TlContents& contents, std::uint64_t line) {
    const Inspected seen{principal, contents, line};
    ++principals_;
    check_record(seen, findings_);
    realms_.see(principal, line);
    references_.see(seen);
    if (options_.names) names_.add(principal.name, line);
    if (const auto mkvno = contents.mkvno()) mkvnos_.meet(*mkvno, principal.name, line);
    for (const TlData& item : principal.tl) {
        if (tl_type_name(item.type).empty()) unknown_types_.meet(item.type, principal.name, line);
    }
    const KeyStrength strength = key_strength(principal);
    if (strength.des_only) count(des_only_, seen);
    if (strength.sha2_only) count(sha2_only_, seen);
    if (!is_master_key_name(principal.name)) return;
    const bool wanted = options_.realm.empty() || principal.realm() == options_.realm;
    if (!master_keys_ || (wanted && master_keys_->realm != options_.realm)) master_keys_ = master_keys_of(seen);
}

void Verifier::see(const Policy& policy, std::uint64_t line) {
    ++policies_;
    policy_names_.add(policy.name, line);
}

void Verifier::see_malformed(std::uint64_t line, std::string_view text) {
    findings_.add(Check::malformed_record, line, [text] { return std::string(text); });
}

void Verifier::check_names() {
    policy_names_.sort();
    if (!names_.are_in_order() || references_.has_aliases()) names_.sort();
    const auto say = [&](Check check, std::string_view what, std::string_view outcome) {
        return [this, check, what, outcome](std::uint64_t first, std::uint64_t again) {
            findings_.add(check, again,
                          [&] { return fmt::format("the {} of line {} stands again: {}", what, first, outcome); });
        };
    };
    constexpr std::string_view outcome = "kdb5_util keeps the last of them without a word";
    if (!names_.are_in_order()) names_.for_each_twice(say(Check::name_twice, "principal", outcome));
    policy_names_.for_each_twice(say(Check::policy_twice, "policy", outcome));
}

void Verifier::check_against(const Baseline& old) {
    if (principals_ * 100 < old.principals * (100 - std::min(options_.max_shrink, 100u))) {
        findings_.add(Check::shrunk, 0, [&] {
            return fmt::format("the dump holds {} principals and the one before it {}: more than {} % are gone",
                               principals_, old.principals, options_.max_shrink);
        });
    }
    if (!old.master_keys || !master_keys_) return;
    switch (compare(*old.master_keys, *master_keys_)) {
        case MasterKeyStep::same:
            break;
        case MasterKeyStep::added:
            findings_.add(Check::master_key_added, master_keys_->line, [] {
                return "K/M has a new master key, which its kvnos show and nothing can prove; give every secondary the "
                       "new stash file before its KDC starts again";
            });
            break;
        case MasterKeyStep::replaced:
            findings_.add(Check::master_key_replaced, master_keys_->line, [] {
                return "K/M has no key of the K/M before it: this is another database, which no stash file of the "
                       "secondaries opens";
            });
            break;
    }
}

void Verifier::finish(const Baseline* old) {
    std::string realm = options_.realm;
    if (realm.empty() && old && old->master_keys) realm = old->master_keys->realm;
    if (!master_keys_) {
        findings_.add(Check::no_master_key, 0, [] {
            return "K/M, the principal of the master keys, is missing: kdb5_util loads the dump and no KDC can serve "
                   "from it";
        });
    } else if (!realm.empty() && master_keys_->realm != realm) {
        findings_.add(Check::wrong_realm, master_keys_->line, [&] {
            return fmt::format("the dump is of realm {}, not of {}", quoted_name(master_keys_->realm),
                               quoted_name(realm));
        });
    }
    if (master_keys_) {
        realm = master_keys_->realm;
        check_master_keys(*master_keys_, findings_);
        check_mkvnos(mkvnos_, *master_keys_, findings_);
    }
    if (!realm.empty()) {
        realms_.check(realm, findings_);
        references_.check_histories(realm, findings_);
    }
    check_names();
    references_.check_policies(policy_names_, findings_);
    if (options_.names) references_.check_aliases(names_, findings_);
    for (const auto& [type, met] : unknown_types_.met()) {
        add(findings_, Check::unknown_tl_type, met,
            fmt::format("tl-data of type {}, which MIT does not know: kept, and of no use to its KDC", type));
    }
    add(findings_, Check::des_keys_only, des_only_, "keys of DES alone, which no KDC since 1.18 can use");
    add(findings_, Check::sha2_keys_only, sha2_only_, "keys of AES with SHA-2 alone, which no KDC before 1.15 can use");
    if (old) check_against(*old);
    findings_.sort();
}

}  // namespace kpropgw::formats
