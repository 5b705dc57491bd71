#include "gateway/cli/dump_info_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/enctype.hpp"
#include "formats/dump/version.hpp"
#include "formats/quoted.hpp"

namespace kpropgw::cli {
namespace {

using Json = nlohmann::ordered_json;
using formats::ActiveMasterKey;
using formats::MasterKeys;
using formats::quoted_name;

constexpr std::size_t most_policies_in_text = 20;

std::string text_of_time(std::uint32_t seconds) {
    return seconds == 0 ? "never" : to_text(Time(std::chrono::seconds(seconds)));
}

/// The one that new keys are put under: of those whose time has come the last (krb5_dbe_find_act_mkey).
std::optional<std::uint16_t> active_kvno(const MasterKeys& keys, Time now) {
    const ActiveMasterKey* best = nullptr;
    for (const ActiveMasterKey& key : keys.active) {
        if (Time(std::chrono::seconds(key.since)) > now) continue;
        if (best == nullptr || key.since >= best->since) best = &key;
    }
    if (best == nullptr) return std::nullopt;
    return best->kvno;
}

/// A policy with the number of principals that have it.
struct PolicyUse {
    std::string name;
    std::uint64_t principals = 0;
    bool held = false;
};

/// The most used first.
std::vector<PolicyUse> policy_uses(const formats::Summary& summary) {
    std::vector<PolicyUse> uses;
    for (const auto& [name, line] : summary.policy_lines) {
        const auto met = summary.policy_uses.met().find(name);
        uses.push_back({name, met == summary.policy_uses.met().end() ? 0 : met->second.count, true});
    }
    for (const auto& [name, met] : summary.policy_uses.met()) {
        if (!summary.policy_lines.contains(name)) uses.push_back({name, met.count, false});
    }
    std::stable_sort(uses.begin(), uses.end(),
                     [](const PolicyUse& a, const PolicyUse& b) { return a.principals > b.principals; });
    return uses;
}

/// Lines of a name and what there is to say, under one another.
class Lines {
public:
    void add(std::string_view name, std::string_view text) { text_ += fmt::format("  {:<22}{}\n", name, text); }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

void add_master_keys(Lines& lines, const DumpInfo& info) {
    if (!info.summary.master_keys) return lines.add("master keys", "none: K/M is missing");
    const auto active = active_kvno(*info.summary.master_keys, info.now);
    for (const formats::MasterKey& key : info.summary.master_keys->keys) {
        lines.add("master key", fmt::format("kvno {}, {}{}", key.kvno, enctype_name(key.enctype),
                                            active == key.kvno ? ", in use" : ""));
    }
}

void add_keys(Lines& lines, const formats::Summary& summary) {
    for (const auto& [type, use] : summary.enctypes) {
        lines.add("encryption type",
                  fmt::format("{}: keys {}, principals {}", enctype_name(type), use.keys, use.principals));
    }
    lines.add("without keys", std::to_string(summary.without_keys));
    if (summary.des_keys_only > 0) {
        lines.add("DES alone", fmt::format("{}: no KDC since 1.18 can use them", summary.des_keys_only));
    }
    if (summary.old_keys_only > 0) {
        lines.add("DES3 or RC4 alone", fmt::format("{}: deprecated since 1.18, and since 1.21 no session keys of these "
                                                   "unless allow_des3 or allow_rc4 is set",
                                                   summary.old_keys_only));
    }
}

void add_policies(Lines& lines, const formats::Summary& summary) {
    const auto uses = policy_uses(summary);
    for (std::size_t i = 0; i < std::min(uses.size(), most_policies_in_text); ++i) {
        lines.add("policy", fmt::format("{}: principals {}{}", quoted_name(uses[i].name), uses[i].principals,
                                        uses[i].held ? "" : ", not in the dump"));
    }
    if (uses.size() > most_policies_in_text) {
        lines.add("", fmt::format("and {} policies more", uses.size() - most_policies_in_text));
    }
}

bool is_suspicious(const formats::CheckInfo& check) {
    return check.severity != formats::Severity::note;
}

void add_findings(Lines& lines, const formats::Findings& findings) {
    for (const formats::Finding& finding : findings.kept()) {
        const auto& check = info_of(finding.check);
        if (!is_suspicious(check)) continue;
        const std::string place = finding.line == 0 ? "" : fmt::format("line {}: ", finding.line);
        lines.add("suspicious", fmt::format("{}{} [{}]", place, finding.text, check.id));
    }
    const auto left_out = [&](const auto& check) { return is_suspicious(check) && findings.left_out(check.check) > 0; };
    if (std::any_of(formats::checks().begin(), formats::checks().end(), left_out)) {
        lines.add("suspicious", "more like these, which kpropgw dump verify lists");
    }
}

Json json_of_master_keys(const MasterKeys& keys, Time now) {
    Json json = Json::array();
    for (const formats::MasterKey& key : keys.keys) {
        json.push_back({{"kvno", key.kvno},
                        {"enctype", enctype_name(key.enctype)},
                        {"in_use", active_kvno(keys, now) == key.kvno}});
    }
    return json;
}

Json json_of_time(std::uint32_t seconds) {
    return seconds == 0 ? Json() : Json(text_of_time(seconds));
}

}  // namespace

std::string render_text(const DumpInfo& info) {
    const formats::Summary& summary = info.summary;
    Lines lines;
    lines.add("version", layout_of(info.version).header);
    lines.add("its name", to_text(info.version));
    if (info.position) lines.add("update log", fmt::format("serial {}", info.position->serial));
    for (const auto& [realm, met] : summary.realms.met()) {
        lines.add("realm", fmt::format("{}: principals {}", quoted_name(realm), met.count));
    }
    lines.add("principals", fmt::format("{}, of them aliases {}", summary.principals, summary.aliases));
    lines.add("policies", std::to_string(summary.policies));
    add_master_keys(lines, info);
    add_keys(lines, summary);
    add_policies(lines, summary);
    lines.add("with a history", std::to_string(summary.with_history));
    lines.add("largest record", fmt::format("{} bytes, line {}, {}", summary.largest.size, summary.largest.line,
                                            quoted_name(summary.largest.name)));
    lines.add("last password change", text_of_time(summary.newest_password_change));
    lines.add("last modification", text_of_time(summary.newest_modification));
    lines.add("last login", text_of_time(summary.newest_login));
    const auto newest = std::max({summary.newest_password_change, summary.newest_modification, summary.newest_login});
    lines.add("probably made", newest == 0 ? "nobody knows" : "soon after " + text_of_time(newest));
    add_findings(lines, info.findings);
    return info.file + "\n" + lines.text();
}

std::string render_json(const DumpInfo& info) {
    const formats::Summary& summary = info.summary;
    Json json = {{"file", info.file}, {"version", to_text(info.version)}};
    if (info.position) json["serial"] = info.position->serial;
    json["realms"] = Json::object();
    for (const auto& [realm, met] : summary.realms.met())
        json["realms"][realm] = met.count;
    json["principals"] = summary.principals;
    json["aliases"] = summary.aliases;
    json["without_keys"] = summary.without_keys;
    json["des_keys_only"] = summary.des_keys_only;
    json["old_keys_only"] = summary.old_keys_only;
    json["with_history"] = summary.with_history;
    json["master_keys"] = summary.master_keys ? json_of_master_keys(*summary.master_keys, info.now) : Json::array();
    json["enctypes"] = Json::array();
    for (const auto& [type, use] : summary.enctypes) {
        json["enctypes"].push_back(
            {{"number", type}, {"name", enctype_name(type)}, {"keys", use.keys}, {"principals", use.principals}});
    }
    json["policies"] = Json::array();
    for (const PolicyUse& use : policy_uses(summary)) {
        json["policies"].push_back({{"name", use.name}, {"principals", use.principals}, {"held", use.held}});
    }
    json["largest_record"] = {
        {"bytes", summary.largest.size}, {"line", summary.largest.line}, {"name", summary.largest.name}};
    json["last_password_change"] = json_of_time(summary.newest_password_change);
    json["last_modification"] = json_of_time(summary.newest_modification);
    json["last_login"] = json_of_time(summary.newest_login);
    json["suspicious"] = Json::array();
    for (const formats::Finding& finding : info.findings.kept()) {
        if (!is_suspicious(info_of(finding.check))) continue;
        json["suspicious"].push_back(
            {{"id", info_of(finding.check).id}, {"line", finding.line}, {"text", finding.text}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kpropgw::cli
