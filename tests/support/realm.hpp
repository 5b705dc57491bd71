#pragma once
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/process.hpp"

namespace kpropgw::testing {

/// What `samples/realm` takes for a dump's version.
namespace version {
inline constexpr std::string_view b7 = "b7";
inline constexpr std::string_view r13 = "r13";
inline constexpr std::string_view r18 = "r18";
inline constexpr std::string_view r1_11 = "r1_11";
}  // namespace version

/// A throw-away realm made by samples/realm in a directory of its own, with the primary's KDC running. It ends, daemons
/// and directory, with this object, and also when the test program is killed.
class Realm {
public:
    /// With `iprop` the primary has an update log.
    explicit Realm(unsigned principals = 30, bool iprop = false);
    ~Realm();

    const std::filesystem::path& directory() const { return directory_; }
    std::string address_of(std::string_view host) const;
    std::string port_of(std::string_view host) const;  ///< as text
    std::filesystem::path home_of(std::string_view host) const { return directory_ / host; }
    /// NAME.kpropgw.test
    static std::string host_name(std::string_view host);

    /// `samples/realm DIR COMMAND...`, which must succeed: otherwise std::runtime_error with all that it said.
    /// Returns its stdout.
    std::string must(const std::vector<std::string>& command) const;
    /// The same for a command that may fail.
    Finished attempt(const std::vector<std::string>& command) const;
    /// A program as host `host`.
    Finished run_as(std::string_view host, const std::vector<std::string>& command) const;

    /// kadmin.local on the primary.
    void kadmin(const std::vector<std::string>& command) const;

    /// The text of a dump that kdb5_util makes on that host now.
    std::string dump_of(std::string_view host, std::string_view version) const;

    bool gets_ticket(std::string_view host, std::string_view principal, std::string_view password) const;

private:
    class Guardian;

    std::filesystem::path directory_;
    std::unique_ptr<Guardian> guardian_;
};

}  // namespace kpropgw::testing
