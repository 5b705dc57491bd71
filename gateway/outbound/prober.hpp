#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gateway/krb/kdc_question.hpp"
#include "gateway/outbound/evidence_reader.hpp"
#include "gateway/outbound/fan_out.hpp"

namespace kpropgw::outbound {

/// What asking a secondary's KDC brought.
struct Probed {
    Time at{};
    Serial newest;                        ///< of the registry, when what can be asked for was looked up
    std::chrono::milliseconds took{};     ///< of the first question
    std::optional<core::Evidence> asked;  ///< the first that it was asked for; absent: there is nothing to ask for
    krb::ServiceKey answer;               ///< to that
    core::Proof proof;
    std::optional<Error> failure;  ///< it did not answer
};

/// Asks the KDCs of secondaries for tickets of what changed lately, and so proves what they serve. Lives on the loop.
class Prober {
public:
    Prober(const boost::asio::any_io_executor& loop, Shared& shared, FanOut& fan_out);

    /// Asks each that has confirmed something, every config.probe_interval, until stop(). To be spawned once.
    boost::asio::awaitable<void> run();
    void stop();

    /// Asks these, some at a time; for one principal, or for the latest changes. The answers are in the order of
    /// `secondaries`. not_found and conflict for a principal that nothing can be asked of.
    boost::asio::awaitable<Result<std::vector<Probed>>> probe(std::vector<std::shared_ptr<Secondary>> secondaries,
                                                              std::string principal);

    /// The last answer, nullptr before the first.
    const Probed* last(const std::string& host) const;

private:
    struct Last {
        Probed probed;
        bool is_stale = false;  ///< it confirmed what it was seen not to serve
    };
    using Questions = std::vector<core::Evidence>;

    boost::asio::awaitable<Result<Questions>> questions(std::string principal);
    boost::asio::awaitable<Probed> ask(const Secondary& secondary, const Questions& questions);
    void remember(const Secondary& secondary, const Probed& probed);

    Shared& shared_;
    FanOut& fan_out_;
    EvidenceReader evidence_;
    std::mutex reading_;
    net::Signal wake_;
    bool stopped_ = false;
    std::map<std::string, Last> last_;
};

}  // namespace kpropgw::outbound
