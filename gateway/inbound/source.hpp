#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "gateway/inbound/questions.hpp"
#include "gateway/inbound/receiver.hpp"

namespace kpropgw::inbound {

/// How it goes with a source, for status.
struct SourceState {
    std::optional<Time> asked;   ///< when it last answered, with changes or without; absent: not since the start
    std::optional<Error> error;  ///< why it does not, until it answers again
};

/// What brings the registry's changes in by itself, besides the kprop door that is always open.
class Source {
public:
    virtual ~Source() = default;

    /// Ends when the loop does. Failures are logged and tried again.
    virtual boost::asio::awaitable<void> run() = 0;
    /// Ends what runs on the workers; from the loop.
    virtual void stop() = 0;

    /// Has it asked at once, whatever its poll or back-off; from the loop. Gives the number of that question.
    virtual std::uint64_t ask_now() = 0;
    /// nullptr: not answered yet. What the answer brought has been taken in.
    const Result<Found>* answer_to(std::uint64_t question) const { return questions_.answer_to(question); }

    /// On the loop.
    const SourceState& state() const { return state_; }

protected:
    void answered(Time now) { state_ = {now, std::nullopt}; }
    void failed(const Error& error) { state_.error = error; }

    Questions questions_;

private:
    SourceState state_;
};

/// The one that kpropgw.conf names; nullptr for kprop. `door` must outlive it.
std::unique_ptr<Source> make_source(const boost::asio::any_io_executor& loop, const Door& door);

}  // namespace kpropgw::inbound
