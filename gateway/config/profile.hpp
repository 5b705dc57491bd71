#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"

struct _profile_t;

namespace kpropgw::config {

/// `name = value`, or `name = { ... }` and `[name]` when `value` is absent.
struct Node {
    std::string name;
    std::optional<std::string> value;
};

/// A file in krb5.conf's syntax, read by libkrb5's own parser (krb5.conf(5)). Not thread safe.
class Profile {
public:
    /// At most 1 MiB. A syntax error names the line: `kpropgw.conf:7: no "=" after the name`.
    static Result<Profile> open(const std::string& path);

    /// What stands in the section of that path (the file's sections for an empty one), sorted by name; a section that
    /// stands twice is listed once, its content together.
    Result<std::vector<Node>> list(std::span<const std::string> section) const;

private:
    struct Release {
        void operator()(_profile_t* profile) const;
    };
    using Handle = std::unique_ptr<_profile_t, Release>;

    Profile(std::string path, Handle handle) : path_(std::move(path)), handle_(std::move(handle)) {}

    std::string path_;
    Handle handle_;
};

}  // namespace kpropgw::config
