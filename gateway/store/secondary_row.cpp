#include "gateway/store/secondary_row.hpp"

#include <nlohmann/json.hpp>

#include "formats/dump/version.hpp"

namespace kpropgw::store {
namespace {

nlohmann::json number(const std::optional<Serial>& serial) {
    return serial ? nlohmann::json(serial->value) : nlohmann::json();
}

std::optional<Serial> parse_serial(const nlohmann::json& value) {
    if (value.is_null()) return std::nullopt;
    return Serial{value.get<std::uint64_t>()};
}

nlohmann::json microseconds(const std::optional<Time>& time) {
    return time ? nlohmann::json(time->time_since_epoch().count()) : nlohmann::json();
}

std::optional<Time> parse_microseconds(const nlohmann::json& value) {
    if (value.is_null()) return std::nullopt;
    return Time(Time::duration(value.get<std::int64_t>()));
}

}  // namespace

std::string to_json(const SecondaryRow& row) {
    nlohmann::json json;
    json["host"] = row.host;
    json["level"] = row.level.value;
    json["learned"] = row.learned ? nlohmann::json(static_cast<int>(*row.learned)) : nlohmann::json();
    json["last_success"] = microseconds(row.last_success);
    json["last_failure"] = microseconds(row.last_failure);
    json["last_error"] = row.last_error;
    if (!row.last_cause.empty()) json["last_cause"] = row.last_cause;
    json["failures"] = row.failures;
    json["frozen"] = row.frozen ? nlohmann::json(*row.frozen) : nlohmann::json();
    json["level_time"] = row.level_time.time_since_epoch().count();
    json["unconfirmed_full"] = number(row.unconfirmed_full);
    json["refused"] = number(row.refused);
    json["skipped"] = nlohmann::json::array();
    for (const Serial serial : row.skipped)
        json["skipped"].push_back(serial.value);
    json["last_contact"] = microseconds(row.last_contact);
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<SecondaryRow> parse_secondary_row(std::string_view text) try {
    const auto json = nlohmann::json::parse(text);
    SecondaryRow row;
    row.host = json.at("host");
    row.level = Serial{json.at("level")};
    if (!json.at("learned").is_null()) {
        const int version = json.at("learned");
        const auto known = formats::layouts();
        if (version < static_cast<int>(known.front().version) || version > static_cast<int>(known.back().version))
            return Error(Errc::corrupt, "the stored row of a secondary: unknown dump version");
        row.learned = static_cast<formats::DumpVersion>(version);
    }
    row.last_success = parse_microseconds(json.at("last_success"));
    row.last_failure = parse_microseconds(json.at("last_failure"));
    row.last_error = json.at("last_error");
    row.last_cause = json.value("last_cause", "");
    row.failures = json.at("failures");
    // Rows of a version that froze nobody have no such field.
    if (const auto frozen = json.find("frozen"); frozen != json.end() && !frozen->is_null())
        row.frozen = frozen->get<std::string>();
    if (!json.contains("level_time")) return row;  // of a version that knew no updates
    row.level_time = Time(Time::duration(json.at("level_time").get<std::int64_t>()));
    row.unconfirmed_full = parse_serial(json.at("unconfirmed_full"));
    row.refused = parse_serial(json.at("refused"));
    for (const auto& serial : json.at("skipped"))
        row.skipped.insert(Serial{serial.get<std::uint64_t>()});
    row.last_contact = parse_microseconds(json.at("last_contact"));
    return row;
} catch (const nlohmann::json::exception& problem) {
    return Error(Errc::corrupt, std::string("the stored row of a secondary: ") + problem.what());
}

}  // namespace kpropgw::store
