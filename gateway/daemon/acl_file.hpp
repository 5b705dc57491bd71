#pragma once
#include <sys/stat.h>

#include <optional>
#include <string>

#include "acl/acl.hpp"

namespace kpropgw::daemon {

/// kpropd.acl while the gateway runs: the one in force, read again when the file changed.
class AclFile {
public:
    AclFile(std::string path, std::optional<std::string> codepage, std::string own_host)
        : path_(std::move(path)), codepage_(std::move(codepage)), own_host_(std::move(own_host)) {}

    /// At the start the file must be without errors; the error holds every diagnostic.
    Result<void> load();

    /// The file as it was at one instant.
    struct Reading;
    /// Puts nothing in force and may be called by any thread. Blocks.
    Reading read() const;

    /// Whether it may come into force while the gateway runs; the error holds every diagnostic.
    Result<void> check(const Reading& reading) const;

    /// True when another file came into force. A file with errors, or one that may not come into force while the
    /// gateway runs, leaves the old one, which problem() then tells.
    bool adopt(Reading reading);

    /// read() and adopt() when the file has changed since.
    bool poll();

    const acl::Acl& current() const { return current_; }
    const std::optional<std::string>& problem() const { return problem_; }

private:
    struct Stamp {
        ino_t inode = 0;
        off_t size = 0;
        timespec changed{};
        bool operator==(const Stamp& other) const;
    };
    Result<acl::Acl> parse() const;
    std::optional<Stamp> stamp() const;

    std::string path_;
    std::optional<std::string> codepage_;
    std::string own_host_;
    acl::Acl current_;
    std::optional<std::string> problem_;
    std::optional<Stamp> seen_;
};

struct AclFile::Reading {
    std::optional<Stamp> stamp;
    Result<acl::Acl> acl;
};

}  // namespace kpropgw::daemon
