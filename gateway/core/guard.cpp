#include "gateway/core/guard.hpp"

#include <fmt/format.h>

#include "gateway/events/catalogue.hpp"

namespace kpropgw::core {

Guard::Guard(std::string_view realm)
    : master_key_name_(fmt::format("K/M@{}", realm)), ticket_granting_name_(fmt::format("krbtgt/{0}@{0}", realm)) {}

void Guard::see_principal(std::string_view name) {
    if (name == master_key_name_) {
        master_key_ = true;
    } else if (name == ticket_granting_name_) {
        ticket_granting_ = true;
    } else if (name.starts_with("K/M@")) {
        other_master_key_name_ = name;
    }
}

Result<void> Guard::finish() const {
    if (!master_key_ && !other_master_key_name_.empty()) {
        return Error(Errc::invalid_input, fmt::format("the dump is of another realm: it holds \"{}\", not \"{}\"",
                                                      other_master_key_name_, master_key_name_))
            .because(causes::dump_of_another_realm);
    }
    for (const auto& [seen, name] :
         {std::pair{master_key_, &master_key_name_}, {ticket_granting_, &ticket_granting_name_}}) {
        if (!seen) {
            return Error(Errc::invalid_input,
                         fmt::format("the dump lacks \"{}\", without which no KDC can serve; dump the registry anew",
                                     *name))
                .because(causes::dump_incomplete);
        }
    }
    return {};
}

}  // namespace kpropgw::core
