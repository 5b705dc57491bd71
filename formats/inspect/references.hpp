#pragma once
#include <map>
#include <string>

#include "formats/inspect/finding.hpp"
#include "formats/inspect/inspected.hpp"
#include "formats/inspect/seen_names.hpp"
#include "formats/inspect/tally.hpp"

namespace kpropgw::formats {

/// What principals refer to: policies, the key of their history, and, when they are aliases, another principal.
class References {
public:
    void see(const Inspected& seen);

    /// The names of the dump, sorted.
    void check_policies(const SeenNames& policies, Findings& findings) const;
    void check_aliases(const SeenNames& principals, Findings& findings) const;
    void check_histories(const std::string& realm, Findings& findings) const;

    bool has_aliases() const { return !alias_targets_.met().empty(); }
    const Tally<std::string>& policies() const { return policies_; }

private:
    Tally<std::string> policies_;
    Tally<std::string> alias_targets_;
    Tally<std::uint32_t> history_kvnos_;
    /// Of the newest key of kadmin/history, by realm: nearly always one.
    std::map<std::string, std::uint16_t, std::less<>> history_keys_;
};

}  // namespace kpropgw::formats
