#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kpropgw::formats {

/// A principal's name as iprop carries it: in parts and without escapes (MIT iprop.x:kdbe_princ_t).
struct IpropName {
    std::string realm;
    std::vector<std::string> components;
    std::int32_t type = 1;  ///< KRB5_NT_PRINCIPAL; no database stores it
    bool operator==(const IpropName&) const = default;
};

/// As krb5_parse_name takes a name apart; `name` has none of the problems of problem_of_principal_name(). The realm is
/// "" where the name has none.
IpropName take_apart(std::string_view name);

/// As krb5_unparse_name puts it together; always with a realm.
std::string put_together(const IpropName& name);

}  // namespace kpropgw::formats
