#pragma once
#include "base/secret.hpp"
#include "formats/dump/writer.hpp"
#include "gateway/cli/work_in_order.hpp"

namespace kpropgw::cli {

/// Gives texts to a sink in order on a thread of its own, so that those who make them do not wait for it. Not thread
/// safe. What was not written when it is destroyed is forgotten.
class WriteBehind {
public:
    explicit WriteBehind(formats::WriteBytes sink) : sink_(std::move(sink)) {}

    /// Takes `text`, waiting while two are not written yet, and gives an empty one for the next. The error is that of
    /// a text before.
    Result<SecretText> write(SecretText text);

    /// Waits until all is written. After an error nothing more is.
    Result<void> finish();

private:
    struct Written {
        SecretText text;
        Result<void> outcome;
    };
    Result<SecretText> take_first();

    formats::WriteBytes sink_;
    bool failed_ = false;  ///< the thread's alone
    WorkInOrder<Written> under_way_{1, 2};
};

}  // namespace kpropgw::cli
