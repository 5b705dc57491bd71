#include "gateway/outbound/prober.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "gateway/events/report.hpp"
#include "gateway/net/kdc_exchange.hpp"
#include "gateway/net/offload.hpp"

namespace kpropgw::outbound {

namespace asio = boost::asio;
using asio::experimental::awaitable_operators::operator&&;
using std::chrono::steady_clock;

Prober::Prober(const asio::any_io_executor& loop, Shared& shared, FanOut& fan_out)
    : shared_(shared), fan_out_(fan_out), evidence_(shared.store), wake_(loop) {}

void Prober::stop() {
    stopped_ = true;
    wake_.notify();
}

asio::awaitable<void> Prober::run() {
    const std::chrono::seconds interval = shared_.setup.config.probe_interval;
    if (interval == std::chrono::seconds::zero()) co_return;
    for (auto next = steady_clock::now() + interval; !stopped_; next += interval) {
        while (!stopped_ && steady_clock::now() < next)
            co_await wake_.wait(next);
        if (stopped_) co_return;
        std::vector<std::shared_ptr<Secondary>> loaded;
        for (const auto& [host, secondary] : fan_out_.secondaries()) {
            if (secondary->row().level > Serial{}) loaded.push_back(secondary);
        }
        std::erase_if(last_, [&](const auto& entry) { return !fan_out_.find(entry.first); });
        const auto probed = co_await probe(std::move(loaded), "");
        if (!probed) events::report(events::probe_failed, {}, probed.error());
        next = std::max(next, steady_clock::now() - interval);
    }
}

asio::awaitable<Result<Prober::Questions>> Prober::questions(std::string principal) {
    co_return co_await net::offload(shared_.setup.workers, [&]() -> Result<Questions> {
        // An order may come while the interval's round begins.
        const std::lock_guard reading(reading_);
        const Time now = shared_.clock.now();
        if (auto ok = evidence_.catch_up(now); !ok) return ok.error();
        if (!principal.empty()) {
            auto one = evidence_.of(principal, now);
            if (!one) return one.error();
            return Questions{*one};
        }
        Questions latest;
        for (const core::Evidence& entry : evidence_.log().newest_first()) {
            if (latest.size() == core::Proof::most_questions) break;
            latest.push_back(entry);
        }
        return latest;
    });
}

asio::awaitable<Probed> Prober::ask(const Secondary& secondary, const Questions& questions) {
    // What the worker needs, since the secondary may change meanwhile.
    const krb::Identity identity = shared_.setup.identity;
    const std::string keytab = shared_.setup.config.keytab;
    const auto exchange = net::exchange_with({secondary.entry().host, secondary.kdc_port()});
    Probed probed;
    probed.at = shared_.clock.now();
    for (const core::Evidence& question : questions) {
        if (!probed.proof.wants_more()) break;
        const auto began = steady_clock::now();
        const auto answer = co_await net::offload(
            shared_.setup.workers, [&] { return krb::ask_kdc(identity, keytab, question.name, exchange); });
        if (!answer) {
            probed.failure = answer.error();
            break;
        }
        if (!probed.asked) {
            probed.asked = question;
            probed.answer = *answer;
            probed.took = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began);
        }
        probed.proof.saw(question, answer->known ? core::SeenKvno(answer->kvno) : std::nullopt);
    }
    co_return probed;
}

void Prober::remember(const Secondary& secondary, const Probed& probed) {
    Last& last = last_[secondary.entry().host];
    const auto& stale = probed.proof.stale();
    // What it has not confirmed it cannot serve, and status says so already.
    const bool is_stale = stale && stale->lacks.serial <= secondary.row().level;
    if (is_stale && !last.is_stale) {
        events::report(events::kdc_stale, {{"secondary", secondary.entry().host},
                                           {"lacks", stale->lacks.serial.value},
                                           {"level", secondary.row().level.value}});
    }
    last = {probed, is_stale};
}

asio::awaitable<Result<std::vector<Probed>>> Prober::probe(std::vector<std::shared_ptr<Secondary>> secondaries,
                                                           std::string principal) {
    const Serial newest = shared_.registry.serial;
    const auto found = co_await questions(principal);
    if (!found) co_return found.error();
    std::vector<Probed> answers(secondaries.size());
    std::size_t next = 0;
    // Half of the worker pool, so that a KDC that is silent does not hold up the propagations.
    const auto walk = [&]() -> asio::awaitable<void> {
        while (next < secondaries.size() && !stopped_) {
            const std::size_t i = next++;
            answers[i] = co_await ask(*secondaries[i], *found);
            answers[i].newest = newest;
            if (principal.empty()) remember(*secondaries[i], answers[i]);
        }
    };
    co_await (walk() && walk() && walk() && walk());
    co_return answers;
}

const Probed* Prober::last(const std::string& host) const {
    const auto found = last_.find(host);
    return found == last_.end() ? nullptr : &found->second.probed;
}

}  // namespace kpropgw::outbound
