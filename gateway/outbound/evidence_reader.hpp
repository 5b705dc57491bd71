#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "gateway/core/evidence.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::outbound {

/// Finds in the journal what KDCs can be asked for. One thread at a time.
class EvidenceReader {
public:
    explicit EvidenceReader(store::Store& store) : store_(store) {}

    /// Goes on where it stopped, at most most_changes back. A registry that was built anew, whose journal is empty,
    /// begins the log anew. Blocks.
    Result<void> catch_up(Time now);
    const core::EvidenceLog& log() const { return log_; }

    /// What the registry says of one principal: with the serial of its change where the log has it, else with 0.
    Result<core::Evidence> of(const std::string& principal, Time now) const;

    static constexpr std::uint64_t most_changes = 10000;

private:
    Result<void> take(const store::Change& change, Time now);

    store::Store& store_;
    core::EvidenceLog log_;
    Serial read_;
};

}  // namespace kpropgw::outbound
