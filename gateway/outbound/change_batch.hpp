#pragma once
#include "base/secret.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::outbound {

/// What another gateway's GET_CHANGES is answered with (wire/iprop_changes.hpp), in XDR.
struct ChangeBatch {
    SecretText result;
    std::uint32_t count = 0;
    Serial last;  ///< 0 where there is no change
};

/// The changes above `after` as the journal has them, policies too, ended by the first that takes the batch above
/// `most_bytes`. not_found where the journal does not reach back to `after`. Blocks.
Result<ChangeBatch> read_changes(store::Store& store, Serial after, std::uint64_t most_bytes);

}  // namespace kpropgw::outbound
