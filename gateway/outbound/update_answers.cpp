#include "gateway/outbound/update_answers.hpp"

#include <spdlog/spdlog.h>

#include "gateway/net/offload.hpp"

namespace kpropgw::outbound {

namespace asio = boost::asio;
using core::UpdatePlan;
using std::chrono::steady_clock;
using wire::IpropStatus;

namespace {

/// What a kpropd leaves behind of a log in which an update could not be applied (kdb_log.c:reset_ulog).
constexpr Serial started_over{1};

/// Reads the store, so it runs on the workers.
Result<core::UpdateStanding> look(store::Store& store, const wire::IpropPosition& claim,
                                  const store::SecondaryRow& row) {
    auto snapshot = store.snapshot();
    if (!snapshot) return snapshot.error();
    const store::Summary& registry = (*snapshot)->summary();
    core::UpdateStanding standing;
    standing.claim = core::from_wire(claim.serial, registry.serial);
    standing.claim_time = Time(std::chrono::seconds(claim.seconds) + std::chrono::microseconds(claim.microseconds));
    standing.level = row.level;
    standing.unconfirmed_full = row.unconfirmed_full;
    standing.refused = row.refused;
    standing.newest = registry.serial;
    standing.journal_low = registry.journal_low;
    auto held = (*snapshot)->time_of(standing.claim);
    if (!held) return held.error();
    standing.held_time = *held;
    standing.policy_changed = registry.policy_changed;
    standing.dump_only = registry.dump_only;
    return standing;
}

/// One call of GET_UPDATES, from the claim to the answer.
class Asked {
public:
    using Answer = std::shared_ptr<const SecretText>;

    Asked(Shared& shared, std::shared_ptr<Secondary> secondary, wire::IpropPosition claim)
        : shared_(shared),
          secondary_(std::move(secondary)),
          claim_(claim),
          following_(secondary_->following()),
          question_(following_.ask(shared.clock.now())),
          deadline_(steady_clock::now() + shared.setup.config.update_hold) {}

    asio::awaitable<Answer> answer() {
        for (bool first = true;; first = false) {
            auto standing = co_await net::offload(shared_.setup.workers,
                                                  [&] { return look(shared_.store, claim_, secondary_->row()); });
            if (!standing) co_return busy(standing.error());
            const UpdatePlan plan = core::plan_updates(*standing);
            if (first) take_note(*standing, plan);
            auto wake_at = deadline_;
            switch (plan.step) {
                case UpdatePlan::Step::send: {
                    auto sent = co_await updates(standing->claim, plan.last);
                    if (sent) co_return sent;
                    break;
                }
                case UpdatePlan::Step::full: {
                    if (secondary_->full_is_under_way()) co_return answer_of(IpropStatus::full_resync_needed);
                    const auto now = steady_clock::now();
                    const auto begin = following_.budget().may_begin(plan.why, now);
                    if (begin <= now) co_return full(core::to_text(plan.why));
                    wake_at = std::min(wake_at, begin);
                    break;
                }
                case UpdatePlan::Step::stopped:
                    following_.refuse(plan.last, shared_.clock.now());
                    break;
                case UpdatePlan::Step::in_sync:
                    break;
            }
            // A call that comes after this one is answered instead of it.
            if (secondary_->stopped() || steady_clock::now() >= deadline_) co_return answer_of(IpropStatus::nil);
            co_await following_.changed(wake_at);
            if (!following_.is_last(question_)) co_return answer_of(IpropStatus::nil);
        }
    }

private:
    void take_note(const core::UpdateStanding& standing, const UpdatePlan& plan) {
        const bool has_less_than_it_had = plan.step == UpdatePlan::Step::full && standing.claim == started_over;
        following_.batch_size().claimed(standing.claim, has_less_than_it_had);
        if (const auto refused = following_.batch_size().refused()) following_.refuse(*refused, shared_.clock.now());
        if (plan.step != UpdatePlan::Step::full && standing.newest != Serial{}) {
            following_.confirm(standing.claim, standing.claim_time, shared_.clock.now());
        }
    }

    /// Null where none could be made and the next look at the store tells why.
    asio::awaitable<Answer> updates(Serial after, Serial last) {
        auto batch =
            co_await shared_.batches.obtain({after, last, following_.batch_size().most(), secondary_->row().skipped});
        if (!batch) {
            if (batch.error().code() == Errc::not_found) co_return nullptr;
            co_return busy(batch.error());
        }
        if ((*batch)->count == 0 && (*batch)->only_by_dump) {
            co_return full("the next change has more than an update may have");
        }
        if ((*batch)->count == 0) co_return nullptr;
        following_.batch_size().sent(after, (*batch)->last);
        spdlog::debug("event=updates-sent secondary={} after={} last={} count={}", secondary_->entry().host,
                      after.value, (*batch)->last.value, (*batch)->count);
        co_return Answer(*batch, &(*batch)->result);
    }

    Answer full(std::string_view why) {
        spdlog::info("event=full-resync-needed secondary={} claim={} why=\"{}\"", secondary_->entry().host,
                     claim_.serial, why);
        return answer_of(IpropStatus::full_resync_needed);
    }

    Answer busy(const Error& error) {
        spdlog::error("event=updates-not-made secondary={} error=\"{}\"", secondary_->entry().host, error.text());
        return answer_of(IpropStatus::busy);
    }

    static Answer answer_of(IpropStatus status) {
        return std::make_shared<const SecretText>(UpdateAnswers::nothing_but(status));
    }

    Shared& shared_;
    std::shared_ptr<Secondary> secondary_;
    wire::IpropPosition claim_;
    Following& following_;
    std::uint64_t question_;
    steady_clock::time_point deadline_;
};

}  // namespace

SecretText UpdateAnswers::nothing_but(IpropStatus status) {
    return wire::UpdatesResult(0).finish(status, {});
}

asio::awaitable<std::shared_ptr<const SecretText>> UpdateAnswers::get_updates(std::shared_ptr<Secondary> secondary,
                                                                              wire::IpropPosition claim) {
    Asked asked(shared_, std::move(secondary), claim);
    co_return co_await asked.answer();
}

std::string UpdateAnswers::full_resync(Secondary& secondary) {
    spdlog::info("event=full-resync-granted secondary={} serial={}", secondary.entry().host,
                 shared_.registry.serial.value);
    secondary.grant_full();
    return wire::resync_result({{}, IpropStatus::ok});
}

}  // namespace kpropgw::outbound
