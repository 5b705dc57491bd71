#pragma once
// Private to gateway/store: from a record held to the one that arrived, as a change with what the journal says of it.
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "formats/record.hpp"
#include "gateway/store/intake.hpp"

namespace kpropgw::store {

/// The canonical line of a record: version 7, without its newline. Valid until the next call.
class CanonicalLine {
public:
    std::string_view of(const formats::Principal& principal);
    std::string_view of(const formats::Policy& policy);

private:
    SecretText line_;
};

/// What differs between the kinds, so that intake is written once.
struct Principals {
    using Record = formats::Principal;
    static constexpr Kind kind = Kind::principal;
    static Result<void> parse(std::string& line, Record& into) { return formats::parse_principal(line, into); }
};

struct Policies {
    using Record = formats::Policy;
    static constexpr Kind kind = Kind::policy;
    static Result<void> parse(std::string& line, Record& into) {
        return formats::parse_policy(line, formats::DumpVersion::v7, into);
    }
};

/// Writes what became of single records into `transaction`, which must outlive it. All changes have the time `now`.
class RecordChanges {
public:
    RecordChanges(Transaction& transaction, std::string_view realm, Time now);

    /// `held` is the line that the registry has under the key. What is no change takes no serial. A change that no
    /// update can make of the record that a secondary has becomes two: erase, then put.
    template <class Of>
    Result<void> put(std::string_view key, std::optional<std::string_view> held, const typename Of::Record& arriving,
                     formats::DumpVersion version = formats::DumpVersion::v7);
    template <class Of>
    Result<void> erase(std::string_view key, std::string_view held);

    /// So far; without the number of records.
    const Taken& taken() const { return taken_; }

private:
    template <class Of>
    bool is_master_key(const typename Of::Record& record) const;
    template <class Of>
    Result<void> change(std::string_view key, const typename Of::Record& held, const typename Of::Record& record);

    formats::Principal& held_record(Principals) { return held_principal_; }
    formats::Policy& held_record(Policies) { return held_policy_; }

    Transaction& transaction_;
    std::string master_key_name_;
    Time now_;
    Taken taken_;
    CanonicalLine canonical_;
    SecretText held_line_;
    // Used again for every record, which saves allocating its lists.
    formats::Principal held_principal_;
    formats::Policy held_policy_;
};

}  // namespace kpropgw::store
