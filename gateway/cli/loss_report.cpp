#include "gateway/cli/loss_report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "formats/dump/version.hpp"
#include "formats/quoted.hpp"

namespace kpropgw::cli {
namespace {

using formats::Loss;
using Json = nlohmann::ordered_json;

constexpr mode_t mode = 0600;

const formats::LossKind& kind_of(Loss loss) {
    return formats::loss_kinds()[static_cast<std::size_t>(loss)];
}

std::string as_text(std::string_view kind, std::string_view name, const formats::RecordLoss& loss) {
    std::string line = fmt::format("{} {}:", kind, formats::quoted_name(name));
    for (const Loss lost : loss.kinds) {
        line += fmt::format("{} {}", lost == loss.kinds.front() ? "" : ",", kind_of(lost).text);
        if (lost == Loss::policy_reference) line += fmt::format(" {}", formats::quoted_name(loss.policy()));
        if (lost == Loss::password_history) line += fmt::format(" of {}", loss.old_passwords);
    }
    return line + "\n";
}

std::string as_json(std::string_view kind, std::string_view name, const formats::RecordLoss& loss) {
    Json object{{"record", kind}, {"name", name}, {"lost", Json::array()}};
    for (const Loss lost : loss.kinds) {
        object["lost"].push_back(kind_of(lost).id);
        if (lost == Loss::policy_reference) object["policy"] = loss.policy();
        if (lost == Loss::password_history) object["old_passwords"] = loss.old_passwords;
    }
    // A name may be in no code page at all: what is not UTF-8 is shown as such here, never in a dump.
    return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

void say_losses(const formats::LossFinder& losses, const std::string& listed) {
    if (losses.records() == 0) return;
    std::string sums;
    for (const auto& kind : formats::loss_kinds()) {
        const auto count = losses.count(kind.loss);
        if (count > 0) sums += fmt::format("{} {} ({})", sums.empty() ? "" : ",", kind.text, count);
    }
    fmt::print(stderr, "kpropgw: {} {} what {} cannot carry:{}{}{}\n", losses.records(),
               losses.records() == 1 ? "record loses" : "records lose", formats::to_text(losses.version()), sums,
               listed.empty() ? "" : "; see ", listed);
}

Result<LossReport> LossReport::create(const std::string& path) {
    auto out = OutputFile::create(path, mode);
    if (!out) return out.error();
    return LossReport(std::move(*out), path.ends_with(".json"));
}

std::string LossReport::line(std::string_view kind, std::string_view name, const formats::RecordLoss& loss) const {
    if (loss.kinds.empty()) return "";
    return json_ ? as_json(kind, name, loss) : as_text(kind, name, loss);
}

}  // namespace kpropgw::cli
