#pragma once
#include <deque>
#include <future>

#include "base/secret.hpp"
#include "formats/dump/writer.hpp"
#include "gateway/cli/workers.hpp"

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
    std::deque<std::future<Written>> under_way_;
    Workers thread_{1};
};

}  // namespace kpropgw::cli
