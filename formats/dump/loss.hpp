#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/record.hpp"
#include "formats/tl/kadm_data.hpp"

namespace kpropgw::formats {

/// What an older version of the dump, or one for iprop, cannot carry.
enum class Loss : std::uint8_t {
    policy_reference,   ///< which policy a principal has
    password_history,   ///< its old keys
    admin_data,         ///< KADM_DATA that is not understood
    logins,             ///< last success, last failure, count of failures
    lockout,            ///< a policy's max_fail, fail_interval, lockout_duration
    policy_attributes,  ///< a policy's attributes, ticket lifetimes, keysalts and tl-data
};

struct LossKind {
    Loss loss;
    std::string_view id;    ///< "policy-reference"
    std::string_view text;  ///< "policy reference"
};

/// In the order of the enumeration.
std::span<const LossKind> loss_kinds();

/// What one record loses. Empty and zero values are no loss.
struct RecordLoss {
    std::vector<Loss> kinds;
    std::string policy() const;  ///< of a lost reference
    std::string_view policy_hex;
    std::size_t old_passwords = 0;  ///< of a lost history
};

/// Finds what records lose in a version of the dump, and counts it. Not thread safe.
class LossFinder {
public:
    explicit LossFinder(DumpVersion to) : to_(to) {}

    /// Valid until the next call.
    const RecordLoss& of(const Principal& principal);
    const RecordLoss& of(const Policy& policy);

    /// Counts what another found too.
    void add(const LossFinder& other);

    const RecordLoss& last() const { return found_; }
    DumpVersion version() const { return to_; }
    std::uint64_t count(Loss loss) const { return counts_[static_cast<std::size_t>(loss)]; }
    std::uint64_t records() const { return records_; }  ///< that lose anything

private:
    void add(Loss loss);
    void add_kadm_data(std::string_view hex);
    const RecordLoss& finish();

    DumpVersion to_;
    RecordLoss found_;
    std::array<std::uint64_t, 6> counts_{};
    std::uint64_t records_ = 0;
};

}  // namespace kpropgw::formats
