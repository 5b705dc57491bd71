#include "gateway/daemon/acl_file.hpp"

#include "acl/roles.hpp"
#include "base/file.hpp"
#include "codepage/codepage.hpp"
#include "gateway/events/report.hpp"

namespace kpropgw::daemon {
namespace {

constexpr std::size_t max_acl_file = 16u << 20;

}  // namespace

bool AclFile::Stamp::operator==(const Stamp& other) const {
    return inode == other.inode && size == other.size && changed.tv_sec == other.changed.tv_sec &&
           changed.tv_nsec == other.changed.tv_nsec;
}

std::optional<AclFile::Stamp> AclFile::stamp() const {
    struct stat found {};
    if (::stat(path_.c_str(), &found) != 0) return std::nullopt;
    return Stamp{found.st_ino, found.st_size, found.st_mtim};
}

Result<acl::Acl> AclFile::parse() const {
    auto bytes = read_file(path_, max_acl_file);
    if (!bytes) return bytes.error();
    auto text = codepage::decode(*bytes, codepage_, acl::role_names);
    if (!text) return text.error().in(path_);
    acl::Reading reading = acl::parse(*text, path_);
    std::string errors;
    for (const acl::Diagnostic& diagnostic : reading.diagnostics) {
        if (diagnostic.severity == acl::Diagnostic::Severity::warning) {
            events::report(events::acl_warning,
                           {{"file", path_}, {"line", diagnostic.line}, {"warning", diagnostic.text}});
            continue;
        }
        if (!errors.empty()) errors += '\n';
        errors += diagnostic.render();
    }
    if (!reading.acl) return Error(Errc::invalid_input, errors);
    return std::move(*reading.acl);
}

AclFile::Reading AclFile::read() const {
    // The stamp first: who writes the file in between is seen at the next poll.
    const auto now = stamp();
    return {now, parse()};
}

Result<void> AclFile::load() {
    Reading reading = read();
    seen_ = reading.stamp;
    if (!reading.acl) return reading.acl.error();
    current_ = std::move(*reading.acl);
    return {};
}

Result<void> AclFile::check(const Reading& reading) const {
    if (!reading.acl) return reading.acl.error();
    return acl::may_replace(current_, *reading.acl, own_host_);
}

bool AclFile::adopt(Reading reading) {
    seen_ = reading.stamp;
    if (auto ok = check(reading); !ok) {
        problem_ = ok.error().text();
        events::report(events::acl_refused, {{"file", path_}, {"error", *problem_}});
        return false;
    }
    problem_.reset();
    if (*reading.acl == current_) return false;
    current_ = std::move(*reading.acl);
    events::report(events::acl_read, {{"file", path_}, {"servers", current_.entries.size()}});
    return true;
}

bool AclFile::poll() {
    return stamp() != seen_ && adopt(read());
}

}  // namespace kpropgw::daemon
