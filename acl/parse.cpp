#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "acl/acl.hpp"
#include "acl/enctype.hpp"
#include "acl/grammar.hpp"
#include "acl/host.hpp"
#include "acl/roles.hpp"
#include "acl/text.hpp"
#include "base/nearest.hpp"

namespace kpropgw::acl {
namespace {

constexpr std::size_t longest_line = 255;

using Severity = Diagnostic::Severity;

/// Reads line by line and gathers what it finds. The lines must outlive it.
class Reader {
public:
    explicit Reader(std::string_view file) : file_(file) {}

    void read(std::string_view line);
    Reading finish() &&;

private:
    void read_fields(const Fields& fields);
    std::optional<std::string> read_host(std::string_view word);
    std::optional<std::uint16_t> read_port(std::string_view word);
    std::optional<Role> read_role(std::string_view word);
    std::optional<Enctype> read_enctype(std::string_view word);

    void report(Severity severity, std::string_view where, std::string text);
    void report_about_file(Severity severity, std::string text);
    void fail(std::string_view where, std::string text) { report(Severity::error, where, std::move(text)); }
    void warn(std::string_view where, std::string text) { report(Severity::warning, where, std::move(text)); }
    bool has_errors() const;

    std::string file_;
    std::string_view line_;
    std::size_t number_ = 0;
    bool has_servers_ = false;
    std::map<std::string, std::size_t> lines_of_hosts_;
    std::optional<std::size_t> line_of_primary_;
    Acl acl_;
    std::vector<Diagnostic> diagnostics_;
};

void Reader::read(std::string_view line) {
    line_ = line;
    ++number_;
    if (count_characters(line) > longest_line) {
        has_servers_ = true;
        return fail(first_characters(line.substr(first_characters(line, longest_line).size()), 1),
                    fmt::format("the line is longer than {} characters", longest_line));
    }
    if (const auto control = find_control_character(line); !control.empty()) {
        has_servers_ = true;
        return fail(control, fmt::format("control character U+{:04X}; remove it, or name the file's code page",
                                         static_cast<unsigned char>(control.back())));
    }
    const Line parsed = parse_line(line);
    if (parsed.passed_over) warn(parsed.passed_over->where, parsed.passed_over->text);
    if (std::holds_alternative<Blank>(parsed.is)) return;
    has_servers_ = true;
    if (const auto* fault = std::get_if<Fault>(&parsed.is)) return fail(fault->where, fault->text);
    read_fields(std::get<Fields>(parsed.is));
}

/// `[::1]:754` and `fe80::1`, which the grammar takes for a host and a port.
std::optional<std::string_view> find_ipv6(const Fields& fields) {
    const bool is_ipv6 = fields.host.starts_with('[') || (fields.port && fields.port->find(':') != fields.port->npos);
    if (!is_ipv6) return std::nullopt;
    const char* end = fields.port ? fields.port->data() + fields.port->size() : fields.host.data() + fields.host.size();
    return std::string_view(fields.host.data(), static_cast<std::size_t>(end - fields.host.data()));
}

void Reader::read_fields(const Fields& fields) {
    std::optional<std::string> host;
    std::optional<std::uint16_t> port;
    if (const auto address = find_ipv6(fields)) {
        fail(*address, fmt::format("\"{}\" is an address; write the DNS name of the host", *address));
    } else {
        host = read_host(fields.host);
        if (fields.port) port = read_port(*fields.port);
    }
    const auto role = read_role(fields.role);
    std::optional<Enctype> enctype;
    if (fields.enctype) enctype = read_enctype(*fields.enctype);
    if (!host || !role) return;
    acl_.entries.push_back({std::move(*host), port, *role, std::move(enctype), number_});
}

std::optional<std::string> Reader::read_host(std::string_view word) {
    if (const auto fault = check_host(word)) {
        fail(fault->where, fault->text);
        return std::nullopt;
    }
    std::string host = to_lower(word);
    const auto [first, is_new] = lines_of_hosts_.emplace(host, number_);
    if (!is_new) fail(word, fmt::format("host \"{}\" is already on line {}", host, first->second));
    return host;
}

std::optional<std::uint16_t> Reader::read_port(std::string_view word) {
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), port);
    if (failure == std::errc() && end == word.data() + word.size() && port != 0) return port;
    fail(word, fmt::format("port \"{}\" is not a number from 1 to 65535", word));
    return std::nullopt;
}

std::optional<Role> Reader::read_role(std::string_view word) {
    const auto found =
        std::find_if(role_names.begin(), role_names.end(),
                     [wanted = to_lower(word)](std::string_view name) { return to_lower(name) == wanted; });
    if (found == role_names.end()) {
        std::string hint = did_you_mean(word, role_names);
        if (hint.empty()) hint = fmt::format("; the roles are {}", fmt::join(role_names, ", "));
        fail(word, fmt::format("role \"{}\" is not known{}", word, hint));
        return std::nullopt;
    }
    const auto role = static_cast<Role>(found - role_names.begin());
    if (role == Role::primary && line_of_primary_) {
        fail(word, fmt::format("a realm has one Primary and line {} is it already", *line_of_primary_));
    }
    if (role == Role::primary && !line_of_primary_) line_of_primary_ = number_;
    if (role == Role::compat) {
        warn(word,
             "Compat leaves out each principal's policy and password history; they are lost if that database becomes "
             "the primary's");
    }
    return role;
}

std::optional<Enctype> Reader::read_enctype(std::string_view word) {
    auto enctype = parse_enctype(word);
    if (!enctype) {
        std::string hint = nearest_enctype(word);
        if (hint.empty()) hint = "; write one that both ends have, such as \"aes256-cts-hmac-sha1-96\", or none";
        fail(word, fmt::format("encryption type \"{}\" is not known{}", word, hint));
        return std::nullopt;
    }
    if (const auto weakness = describe_weakness(*enctype); !weakness.empty()) {
        warn(word, fmt::format("\"{}\" {}; write an AES type, or leave it out, if the host has AES", word, weakness));
    }
    return enctype;
}

void Reader::report(Severity severity, std::string_view where, std::string text) {
    const auto offset = static_cast<std::size_t>(where.data() - line_.data());
    diagnostics_.push_back({severity, file_, number_, count_characters(line_.substr(0, offset)) + 1,
                            std::max<std::size_t>(1, count_characters(where)), std::move(text),
                            std::string(first_characters(line_, longest_line + 1))});
}

void Reader::report_about_file(Severity severity, std::string text) {
    diagnostics_.push_back({severity, file_, 0, 0, 0, std::move(text), ""});
}

bool Reader::has_errors() const {
    return std::any_of(diagnostics_.begin(), diagnostics_.end(),
                       [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; });
}

Reading Reader::finish() && {
    if (!has_servers_) {
        report_about_file(Severity::error, "no server is named; a line is: host[:port] role [encryption type]");
    } else if (!line_of_primary_ && !has_errors()) {
        report_about_file(Severity::warning, "no server has the role Primary, so none may send its database");
    }
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    Reading reading;
    if (!has_errors()) reading.acl = std::move(acl_);
    reading.diagnostics = std::move(diagnostics_);
    return reading;
}

}  // namespace

Reading parse(std::string_view utf8, std::string_view file) {
    Reader reader(file);
    while (!utf8.empty())
        reader.read(take_line(utf8));
    return std::move(reader).finish();
}

}  // namespace kpropgw::acl
