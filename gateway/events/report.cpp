#include "gateway/events/report.hpp"

#include "gateway/events/line.hpp"
#include "gateway/events/log.hpp"

namespace kpropgw::events {
namespace {

constexpr std::size_t most_kept = 1000;

void add(Occurrence& occurrence, std::string_view name, std::string value) {
    occurrence.fields.push_back({std::string(name), std::move(value)});
}

void report(const Event& event, std::initializer_list<Field> fields, const Error* why) {
    if (event.level == Level::debug && !is_logged(event.level)) return;
    Occurrence occurrence{.number = 0, .time = system_clock().now(), .event = &event, .fields = {}};
    occurrence.fields.reserve(fields.size() + 2);
    for (const Field& field : fields)
        add(occurrence, field.name, field.value.text());
    if (why != nullptr) add(occurrence, "error", why->text());
    if (why != nullptr && !why->cause().empty()) add(occurrence, "cause", std::string(why->cause()));
    if (is_logged(event.level)) log(occurrence);
    for (Occurrence::Field& field : occurrence.fields)
        field.value = as_utf8(field.value);
    recent().add(std::move(occurrence));
}

}  // namespace

void report(const Event& event, std::initializer_list<Field> fields) {
    report(event, fields, nullptr);
}

void report(const Event& event, std::initializer_list<Field> fields, const Error& why) {
    report(event, fields, &why);
}

Ring& recent() {
    static Ring ring(most_kept);
    return ring;
}

}  // namespace kpropgw::events
