#include "formats/inspect/references.hpp"

#include <fmt/format.h>

#include "formats/quoted.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::string_view history_name = "kadmin/history@";
constexpr std::size_t most_history_keys = 64;

void check_left_out(bool left_out, std::string_view what, Findings& findings) {
    if (!left_out) return;
    findings.add(Check::not_all_checked, 0, [&] {
        return fmt::format("the dump names more than {} different {}: only those were checked", 1u << 16, what);
    });
}

}  // namespace

void References::see(const Inspected& seen) {
    const std::string_view name = seen.principal.name;
    if (const KadmData* data = seen.contents.kadm_data()) {
        if (data->policy && (data->aux_attributes & aux_policy)) policies_.meet(*data->policy, name, seen.line);
        if (!data->old_keys.empty()) history_kvnos_.meet(data->history_kvno, name, seen.line);
    }
    if (const auto& target = seen.contents.alias_target()) alias_targets_.meet(*target, name, seen.line);
    if (name.starts_with(history_name) && !seen.principal.keys.empty() && history_keys_.size() < most_history_keys) {
        history_keys_.emplace(seen.principal.realm(), seen.principal.keys.front().kvno);
    }
}

void References::check_policies(const SeenNames& policies, Findings& findings) const {
    for (const auto& [policy, met] : policies_.met()) {
        if (policies.contains(policy)) continue;
        findings.add(Check::no_such_policy, met.line, [&, &met = met, &name = policy] {
            return fmt::format("{} has policy {}, which the dump does not hold; principals like this: {}",
                               quoted_name(met.name), quoted_name(name), met.count);
        });
    }
    check_left_out(policies_.left_some_out(), "policies", findings);
}

void References::check_aliases(const SeenNames& principals, Findings& findings) const {
    std::uint64_t aliases = 0;
    for (const auto& [target, met] : alias_targets_.met()) {
        aliases += met.count;
        if (principals.contains(target)) continue;
        findings.add(Check::alias_without_target, met.line, [&, &met = met, &name = target] {
            return fmt::format("{} is an alias of {}, which the dump does not hold", quoted_name(met.name),
                               quoted_name(name));
        });
    }
    if (aliases > 0) {
        findings.add(Check::alias, 0, [&] {
            return fmt::format("aliases, which a KDC before 1.22 takes for principals without keys: {}", aliases);
        });
    }
    check_left_out(alias_targets_.left_some_out(), "targets of aliases", findings);
}

void References::check_histories(const std::string& realm, Findings& findings) const {
    const auto key = history_keys_.find(realm);
    for (const auto& [kvno, met] : history_kvnos_.met()) {
        if (key != history_keys_.end() && kvno == key->second) continue;
        findings.add(Check::history_key_changed, met.line, [&, &met = met, number = kvno] {
            const std::string has =
                key == history_keys_.end() ? "the dump does not hold" : fmt::format("has kvno {} now", key->second);
            return fmt::format(
                "the password history of {} is under kvno {} of kadmin/history, which {}: it counts no "
                "more; principals like this: {}",
                quoted_name(met.name), number, has, met.count);
        });
    }
    check_left_out(history_kvnos_.left_some_out(), "kvnos of the history key", findings);
}

}  // namespace kpropgw::formats
