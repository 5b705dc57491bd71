#include "gateway/control/json.hpp"
#include "gateway/control/status.hpp"

namespace kpropgw::control {
namespace {

// One list of fields for writing and reading; the names are part of the API and do not change.

template <class Secondary, class Visit>
void each_field(Secondary& secondary, Visit&& visit) requires requires {
    secondary.host;
}
{
    visit("host", secondary.host);
    visit("port", secondary.port);
    visit("role", secondary.role);
    visit("state", secondary.state);
    visit("dump_version", secondary.dump_version);
    visit("level", secondary.level);
    visit("behind", secondary.behind);
    visit("behind_since", secondary.behind_since);
    visit("last_success", secondary.last_success);
    visit("last_failure", secondary.last_failure);
    visit("last_error", secondary.last_error);
    visit("next_try", secondary.next_try);
    visit("sending", secondary.sending);
    visit("frozen", secondary.frozen);
}

template <class Whole, class Visit>
void each_field(Whole& status, Visit&& visit) requires requires {
    status.realm;
}
{
    visit("realm", status.realm);
    visit("gateway", status.gateway);
    visit("version", status.version);
    visit("serial", status.serial);
    visit("journal_low", status.journal_low);
    visit("principals", status.principals);
    visit("policies", status.policies);
    visit("primary", status.primary);
    visit("last_push", status.last_push);
    visit("last_push_from", status.last_push_from);
    visit("last_refusal", status.last_refusal);
    visit("acl_problem", status.acl_problem);
    visit("now", status.now);
    visit("secondaries", status.secondaries);
}

struct Writer {
    Json& json;

    template <class T>
    static Json value_of(const T& value) {
        return value;
    }
    static Json value_of(const Time& time) { return kpropgw::to_text(time); }
    template <class T>
    static Json value_of(const std::optional<T>& value) {
        return value ? value_of(*value) : Json(nullptr);
    }
    static Json value_of(const std::vector<SecondaryStatus>& secondaries) {
        Json list = Json::array();
        for (const SecondaryStatus& secondary : secondaries) {
            Json& row = list.emplace_back(Json::object());
            each_field(secondary, Writer{row});
        }
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
        from.get_to(into);
    }
    static void take(const Json& from, Time& into) { into = parse_time(from.get<std::string>()); }
    template <class T>
    static void take(const Json& from, std::optional<T>& into) {
        if (!from.is_null()) take(from, into.emplace());
    }
    static void take(const Json& from, std::vector<SecondaryStatus>& into) {
        for (const Json& row : from)
            each_field(into.emplace_back(), Reader{row});
    }

    template <class T>
    void operator()(const char* name, T& into) const {
        take(json.at(name), into);
    }
};

}  // namespace

std::string to_json(const Status& status) {
    Json json = Json::object();
    each_field(status, Writer{json});
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

Result<Status> parse_status(const std::string& text) {
    Status status;
    try {
        const Json json = Json::parse(text);
        each_field(status, Reader{json});
    } catch (const std::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's status: ") + problem.what());
    }
    return status;
}

}  // namespace kpropgw::control
