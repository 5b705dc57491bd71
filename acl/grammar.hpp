#pragma once
#include <optional>
#include <string_view>
#include <variant>

#include "acl/host.hpp"

namespace kpropgw::acl {

/// A comment or nothing.
struct Blank {};

/// The words of an entry as they stand; views into the line.
struct Fields {
    std::string_view host;
    std::optional<std::string_view> port;
    std::string_view role;
    std::optional<std::string_view> enctype;
};

struct Line {
    std::variant<Blank, Fields, Fault> is;
    std::optional<Fault> passed_over;  ///< what IBM's grammar has not and an entry can do without: a warning
};

/// One line of kpropd.acl by the grammar of IBM's chapter; what the words mean is not looked at.
Line parse_line(std::string_view line);

}  // namespace kpropgw::acl
