#include "gateway/control/events.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/control/json.hpp"
#include "gateway/control/query.hpp"

namespace kpropgw::control {
namespace {

Json object_of(const ReportedEvent& event) {
    Json fields = Json::object();
    for (const auto& [name, value] : event.fields)
        fields[name] = value;
    return {{"number", event.number}, {"time", kpropgw::to_text(event.time)},
            {"id", event.id},         {"level", event.level},
            {"text", event.text},     {"fields", fields}};
}

ReportedEvent event_of(const Json& json) {
    ReportedEvent event;
    event.number = json.at("number");
    event.time = parse_time(json.at("time").get<std::string>());
    event.id = json.at("id");
    event.level = json.at("level");
    event.text = json.at("text");
    for (const auto& [name, value] : json.at("fields").items())
        event.fields.push_back({name, value.get<std::string>()});
    return event;
}

}  // namespace

ReportedEvent to_reported(const events::Occurrence& occurrence) {
    ReportedEvent event;
    event.number = occurrence.number;
    event.time = occurrence.time;
    event.id = occurrence.event->id;
    event.level = events::to_text(occurrence.event->level);
    event.text = occurrence.event->text;
    event.fields = occurrence.fields;
    return event;
}

std::string to_json(const ReportedEvent& event) {
    return print(object_of(event));
}

std::string to_query(const EventsQuery& query) {
    return fmt::format("after={}&limit={}&wait_ms={}", query.after, query.limit, query.wait.count());
}

Result<EventsQuery> parse_events_query(std::string_view text) {
    EventsQuery query{0, largest_events_page, {}};
    std::uint64_t wait = 0;
    if (auto ok = parse_query(text, {{"after", query.after}, {"limit", query.limit}, {"wait_ms", wait}}); !ok) {
        return ok.error();
    }
    const auto longest = static_cast<std::uint64_t>(longest_events_wait.count());
    query.wait = std::chrono::milliseconds(std::min(wait, longest));
    return query;
}

std::string to_json(const EventsPage& page) {
    Json list = Json::array();
    for (const ReportedEvent& event : page.events)
        list.push_back(object_of(event));
    return print({{"started", kpropgw::to_text(page.started)}, {"last", page.last}, {"events", list}});
}

Result<EventsPage> parse_events_page(const std::string& text) {
    EventsPage page;
    try {
        const Json json = Json::parse(text);
        page.started = parse_time(json.at("started").get<std::string>());
        page.last = json.at("last");
        for (const Json& event : json.at("events"))
            page.events.push_back(event_of(event));
    } catch (const std::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's events: ") + problem.what());
    }
    return page;
}

}  // namespace kpropgw::control
