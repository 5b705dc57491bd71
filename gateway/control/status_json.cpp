#include "gateway/control/json.hpp"
#include "gateway/control/status_fields.hpp"

namespace kpropgw::control {
namespace {

struct Writer {
    Json& json;

    template <class T>
    static Json value_of(const T& value) {
        if constexpr (requires { each_field(value, Writer{std::declval<Json&>()}); }) {
            Json object = Json::object();
            each_field(value, Writer{object});
            return object;
        } else {
            return value;
        }
    }
    static Json value_of(const Time& time) { return kpropgw::to_text(time); }
    template <class T>
    static Json value_of(const std::optional<T>& value) {
        return value ? value_of(*value) : Json(nullptr);
    }
    static Json value_of(const std::vector<SecondaryStatus>& secondaries) {
        Json list = Json::array();
        for (const SecondaryStatus& secondary : secondaries)
            list.push_back(value_of(secondary));
        return list;
    }

    template <class T>
    void operator()(const char* name, const T& value) const {
        json[name] = value_of(value);
    }
};

struct Reader {
    const Json& json;

    template <class T>
    static void take(const Json& from, T& into) {
        if constexpr (requires { each_field(into, Reader{from}); }) {
            each_field(into, Reader{from});
        } else {
            from.get_to(into);
        }
    }
    static void take(const Json& from, Time& into) { into = parse_time(from.get<std::string>()); }
    template <class T>
    static void take(const Json& from, std::optional<T>& into) {
        if (!from.is_null()) take(from, into.emplace());
    }
    static void take(const Json& from, std::vector<SecondaryStatus>& into) {
        for (const Json& row : from)
            take(row, into.emplace_back());
    }

    template <class T>
    void operator()(const char* name, T& into) const {
        take(json.at(name), into);
    }
};

}  // namespace

std::string to_json(const Status& status) {
    return Writer::value_of(status).dump(2, ' ', false, Json::error_handler_t::replace);
}

Result<Status> parse_status(const std::string& text) {
    Status status;
    try {
        Reader::take(Json::parse(text), status);
    } catch (const std::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's status: ") + problem.what());
    }
    return status;
}

}  // namespace kpropgw::control
