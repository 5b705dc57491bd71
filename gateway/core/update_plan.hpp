#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "gateway/core/serial.hpp"

namespace kpropgw::core {

/// Why a secondary that takes updates needs a full resync.
enum class FullReason {
    first_contact,
    below_journal,
    another_time,     ///< it has something else under that serial
    never_confirmed,  ///< the same, above what it ever confirmed
    ahead,            ///< of the registry
    unconfirmed_full,
    policy_changed,
    dump_only,  ///< the master key, a record too long for an update
};

/// In words, for the log: "a policy changed, which no update can say".
std::string_view to_text(FullReason reason);

/// All that the decision depends on.
struct UpdateStanding {
    // What a kpropd says it has (kdb_last_t):
    Serial claim;
    Time claim_time{};

    // What the gateway remembers of it:
    Serial level;                            ///< confirmed; 0: nothing ever
    std::optional<Serial> unconfirmed_full;  ///< a full dump of that serial was sent and never confirmed
    std::optional<Serial> refused;           ///< the update that it cannot take

    // The registry:
    Serial newest;
    Serial journal_low;             ///< the lowest claim that updates can bring up to date
    std::optional<Time> held_time;  ///< of the change that has the claim's serial, where the journal knows it
    Serial policy_changed;          ///< the newest change of a policy; 0: none
    Serial dump_only;               ///< the newest change that no update can carry: of K/M's keys above all; 0: none
};

struct UpdatePlan {
    enum class Step {
        in_sync,  ///< nothing to send: hold the reply
        send,     ///< the updates above the claim, up to `last`
        full,     ///< a full resync, for `why`
        stopped,  ///< at the update that it cannot take, until an operator skips it
    };
    Step step = Step::in_sync;
    Serial last = {};     ///< of send; of stopped: the update that it cannot take
    FullReason why = {};  ///< of full
    bool operator==(const UpdatePlan&) const = default;
};

/// What a kpropd that asks for updates is to be answered. A claim is believed when the journal has its time for it and
/// no full dump stands unconfirmed at or below it (kpropd up to MIT 1.11.6 moves its serial when the load failed); so
/// one whose confirmation was lost goes on by updates.
UpdatePlan plan_updates(const UpdateStanding& standing);

/// The serial that a kpropd means by its low 32 bits, which are all that iprop carries: the one nearest to `newest`.
Serial from_wire(std::uint32_t low_bits, Serial newest);

}  // namespace kpropgw::core
