#include "gateway/control/json.hpp"

#include <cstdio>
#include <stdexcept>

namespace kpropgw::control {

std::string print(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Time parse_time(const std::string& text) {
    int year = 0;
    unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
    int read = 0;
    const int fields =
        std::sscanf(text.c_str(), "%4d-%2u-%2uT%2u:%2u:%2uZ%n", &year, &month, &day, &hour, &minute, &second, &read);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (fields != 6 || static_cast<std::size_t>(read) != text.size() || !date.ok()) {
        throw std::runtime_error("\"" + text + "\" is not a time");
    }
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

}  // namespace kpropgw::control
