#include "gateway/control/journal.hpp"

#include <fmt/format.h>

#include "base/hex.hpp"
#include "gateway/control/json.hpp"
#include "gateway/control/query.hpp"

namespace kpropgw::control {
namespace {

bool is_utf8(const std::string& text) {
    try {
        static_cast<void>(Json(text).dump());
        return true;
    } catch (const Json::type_error&) {
        return false;
    }
}

Json object_of(const JournalChange& change) {
    Json json;
    json["serial"] = change.serial;
    json["time"] = kpropgw::to_text(change.time);
    json["record"] = change.record;
    if (is_utf8(change.name)) {
        json["name"] = change.name;
    } else {
        json["name_hex"] = to_hex(change.name);
    }
    json["change"] = change.change;
    json["words"] = change.words;
    return json;
}

JournalChange change_of(const Json& json) {
    JournalChange change;
    change.serial = json.at("serial");
    change.time = parse_time(json.at("time").get<std::string>());
    change.record = json.at("record");
    if (json.contains("name_hex")) {
        const std::string hex = json.at("name_hex");
        if (hex.size() % 2 != 0 || hex.find_first_not_of("0123456789abcdef") != hex.npos) {
            throw std::runtime_error("\"name_hex\" is not hexadecimal");
        }
        append_bytes_of_hex(change.name, hex);
    } else {
        change.name = json.at("name");
    }
    change.change = json.at("change");
    change.words = json.at("words");
    return change;
}

}  // namespace

std::string to_json(const JournalChange& change) {
    return print(object_of(change));
}

std::string to_query(const JournalQuery& query) {
    return fmt::format("since={}&limit={}", query.since, query.limit);
}

Result<JournalQuery> parse_journal_query(std::string_view text) {
    JournalQuery query{0, largest_journal_page};
    if (auto ok = parse_query(text, {{"since", query.since}, {"limit", query.limit}}); !ok) return ok.error();
    return query;
}

std::string to_json(const JournalPage& page) {
    Json list = Json::array();
    for (const JournalChange& change : page.changes)
        list.push_back(object_of(change));
    return print({{"low", page.low}, {"serial", page.serial}, {"changes", list}});
}

Result<JournalPage> parse_journal_page(const std::string& text) {
    JournalPage page;
    try {
        const Json json = Json::parse(text);
        page.low = json.at("low");
        page.serial = json.at("serial");
        for (const Json& change : json.at("changes"))
            page.changes.push_back(change_of(change));
    } catch (const std::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's journal: ") + problem.what());
    }
    return page;
}

}  // namespace kpropgw::control
