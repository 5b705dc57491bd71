#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::acl {

/// What is sent to a host, and when (IBM, "Kerberos database propagation").
enum class Role { primary, replace, compat, update, manual };

/// The role as the file spells it: "Primary", "Replace", ...
std::string_view to_text(Role role);

/// An encryption type by its number (RFC 3961 registry); `name` as the file spelt it. Whether this machine's
/// libkrb5 can do it is not known here.
struct Enctype {
    std::int32_t number = 0;
    std::string name;
    bool operator==(const Enctype&) const = default;
};

/// One line of the file: one server.
struct Entry {
    std::string host;                   ///< lower case, a DNS name
    std::optional<std::uint16_t> port;  ///< absent: service krb5_prop, else 754
    Role role = Role::replace;
    std::optional<Enctype> enctype;  ///< of the session key; absent: the configured default list
    std::size_t line = 0;            ///< where it stands, from 1; no part of equality
    bool operator==(const Entry& other) const {
        return host == other.host && port == other.port && role == other.role && enctype == other.enctype;
    }
};

struct Acl {
    std::vector<Entry> entries;  ///< in the file's order, each host once

    const Entry* find(std::string_view host) const;  ///< without regard to case
    const Entry* primary() const;                    ///< the first with role Primary
    bool operator==(const Acl&) const = default;
};

struct Diagnostic {
    enum class Severity { error, warning };
    Severity severity = Severity::error;
    std::string file;
    std::size_t line = 0;    ///< from 1; 0 when it is about the file as a whole
    std::size_t column = 0;  ///< from 1, in characters
    std::size_t length = 1;  ///< characters to underline
    std::string text;        ///< `role "Replce" is not known; did you mean "Replace"?`
    std::string source;      ///< the line itself, cut where it is too long for one

    /// `kpropd.acl:7:35: error: role "Replce" is not known; ...` + the line + a caret line; ends without a newline.
    std::string render() const;
};

/// About the host of an entry, with its place; `utf8` is the file that the entry was read from.
Diagnostic about_host(const Entry& entry, Diagnostic::Severity severity, std::string text, std::string_view utf8,
                      std::string_view file);

/// What a file says. `acl` is absent when any diagnostic is an error.
struct Reading {
    std::optional<Acl> acl;
    std::vector<Diagnostic> diagnostics;  ///< every problem of the file, in its order
};

/// Parses the three-field kpropd.acl. `file` is used in diagnostics only.
Reading parse(std::string_view utf8, std::string_view file);

/// What is wrong with the entry of the host that a gateway runs on: as the Primary it could take from nobody. Absent
/// when nothing is, and when the file does not name it, which a gateway does not need.
std::optional<Diagnostic> check_own_entry(const Acl& acl, std::string_view own_host, std::string_view utf8,
                                          std::string_view file);

/// Whether `next` may come into force while `old` is: a server that moves between primary and secondary may not
/// (IBM, same chapter), nor may the gateway's own entry `own_host`. The error names the line.
Result<void> may_replace(const Acl& old, const Acl& next, std::string_view own_host);

}  // namespace kpropgw::acl
