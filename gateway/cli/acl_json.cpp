#include "gateway/cli/acl_json.hpp"

#include <nlohmann/json.hpp>

namespace kpropgw::cli {
namespace {

using Json = nlohmann::ordered_json;

Json to_object(const acl::Entry& entry) {
    Json object{{"line", entry.line},
                {"host", entry.host},
                {"port", nullptr},
                {"role", acl::to_text(entry.role)},
                {"enctype", nullptr}};
    if (entry.port) object["port"] = *entry.port;
    if (entry.enctype) object["enctype"] = {{"name", entry.enctype->name}, {"number", entry.enctype->number}};
    return object;
}

}  // namespace

std::string to_json(const acl::Acl& acl) {
    Json servers = Json::array();
    for (const acl::Entry& entry : acl.entries)
        servers.push_back(to_object(entry));
    return Json{{"servers", std::move(servers)}}.dump(2) + "\n";
}

}  // namespace kpropgw::cli
