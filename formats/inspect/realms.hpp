#pragma once
#include <set>
#include <string>

#include "formats/inspect/finding.hpp"
#include "formats/inspect/tally.hpp"
#include "formats/record.hpp"

namespace kpropgw::formats {

/// The realms that a dump's principals are of.
class Realms {
public:
    void see(const Principal& principal, std::uint64_t line);

    /// The krbtgt of `realm` must be there, and no principals of other realms besides those of cross-realm trust.
    void check(const std::string& realm, Findings& findings) const;

    const Tally<std::string>& tally() const { return realms_; }  ///< without krbtgt/REALM@OTHER

private:
    Tally<std::string> realms_;
    std::set<std::string, std::less<>> own_tickets_;  ///< REALM of krbtgt/REALM@REALM
};

}  // namespace kpropgw::formats
