#include "gateway/outbound/question.hpp"

#include "gateway/events/report.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/outbound/wire_position.hpp"

namespace kpropgw::outbound {

namespace asio = boost::asio;
using core::UpdatePlan;
using std::chrono::steady_clock;
using wire::IpropStatus;

namespace {

/// What a kpropd leaves behind of a log in which an update could not be applied (kdb_log.c:reset_ulog).
constexpr Serial started_over{1};

/// All of the standing that is the registry's.
Result<core::UpdateStanding> look_at(store::Store& store, const wire::IpropPosition& claim) {
    auto snapshot = store.snapshot();
    if (!snapshot) return snapshot.error();
    const store::Summary& registry = (*snapshot)->summary();
    core::UpdateStanding standing;
    standing.claim = core::from_wire(claim.serial, registry.serial);
    standing.claim_time = Time(std::chrono::seconds(claim.seconds) + std::chrono::microseconds(claim.microseconds));
    standing.newest = registry.serial;
    standing.journal_low = registry.journal_low;
    standing.policy_changed = registry.policy_changed;
    standing.dump_only = registry.dump_only;
    auto held = (*snapshot)->time_of(standing.claim);
    if (!held) return held.error();
    standing.held_time = *held;
    return standing;
}

}  // namespace

Question::Question(Shared& shared, std::shared_ptr<Secondary> secondary, wire::IpropPosition claim,
                   std::chrono::seconds longest_wait)
    : shared_(shared),
      secondary_(std::move(secondary)),
      claim_(claim),
      number_(secondary_->following().ask(shared.clock.now())),
      deadline_(steady_clock::now() + longest_wait) {}

asio::awaitable<Question::Answer> Question::answer() {
    Following& following = secondary_->following();
    for (bool first = true;; first = false) {
        const std::uint64_t seen = following.changes();
        auto standing = co_await look();
        if (!standing) co_return busy(standing.error());
        const UpdatePlan plan = core::plan_updates(*standing);
        if (first) take_note(*standing, plan);
        auto wake_at = deadline_;
        // A frozen one is told nothing until it is thawed, which following.changed() notices.
        switch (secondary_->frozen() ? UpdatePlan::Step::in_sync : plan.step) {
            case UpdatePlan::Step::send:
                if (auto made = co_await make(standing->claim, plan.last)) co_return made;
                break;
            case UpdatePlan::Step::full: {
                if (secondary_->full_is_under_way()) co_return answer_of(IpropStatus::full_resync_needed);
                const auto now = steady_clock::now();
                const auto begin = following.budget().may_begin(plan.why, now);
                if (begin <= now) {
                    co_await secondary_->look_at_its_kpropd();
                    if (secondary_->frozen()) break;
                    // Since MIT 1.11 it asks once in iprop_resync_timeout, but takes a dump at any time.
                    if (following.should_ask_for_full() && !secondary_->is_before_1_11())
                        secondary_->grant_full();
                    else
                        following.told_to_ask_for_full();
                    co_return full(core::to_text(plan.why));
                }
                wake_at = std::min(wake_at, begin);
                break;
            }
            case UpdatePlan::Step::stopped:
                refuse(plan.last);
                break;
            case UpdatePlan::Step::in_sync:
                break;
        }
        if (steady_clock::now() >= deadline_) co_return answer_of(IpropStatus::nil);
        co_await following.changed(seen, wake_at);
        // A later question has this one's answer.
        if (secondary_->stopped() || !following.is_last(number_)) co_return answer_of(IpropStatus::nil);
    }
}

asio::awaitable<Result<core::UpdateStanding>> Question::look() const {
    auto standing = co_await net::offload(shared_.setup.workers, [&] { return look_at(shared_.store, claim_); });
    if (!standing) co_return standing.error();
    const store::SecondaryRow& row = secondary_->row();
    standing->level = row.level;
    standing->unconfirmed_full = row.unconfirmed_full;
    standing->refused = row.refused;
    adapt(*standing);
    co_return standing;
}

void Question::refuse(Serial serial) {
    if (secondary_->row().refused != serial) shared_.metrics.update_refused();
    secondary_->following().refuse(serial, shared_.clock.now());
}

void Question::take_note(const core::UpdateStanding& standing, const UpdatePlan& plan) {
    Following& following = secondary_->following();
    const bool lost_its_log = plan.step == UpdatePlan::Step::full && standing.claim == started_over;
    following.batch_size().claimed(standing.claim, lost_its_log);
    if (const auto refused = following.batch_size().refused()) refuse(*refused);
    if (plan.step != UpdatePlan::Step::full && standing.newest != Serial{}) {
        const Time now = shared_.clock.now();
        if (standing.claim < standing.level) secondary_->went_back_to(standing.claim);
        if (standing.claim > standing.level) {
            shared_.metrics.updates_confirmed();
            shared_.metrics.confirmed_after(acl::to_text(secondary_->entry().role), now - standing.claim_time);
        }
        following.confirm(standing.claim, standing.claim_time, now);
        // While one is being loaded the next claim may be that of a load that failed.
        if (!secondary_->sending()) following.no_full_is_open();
    }
}

Question::Answer Question::full(std::string_view why) const {
    events::report(events::full_resync_needed,
                   {{"secondary", secondary_->entry().host}, {"claim", claim_.serial}, {"why", why}});
    return answer_of(IpropStatus::full_resync_needed);
}

/// Up to MIT 1.10 a kpropd that has just loaded a dump asks for no other while `last` is 0 (kpropd.c:do_iprop, frdone).
Question::Answer Question::answer_of(IpropStatus status) const {
    const store::Summary& registry = shared_.registry;
    return std::make_shared<const SecretText>(bare(status, wire_position(registry.serial, registry.serial_time)));
}

Question::Answer Question::busy(const Error& error) const {
    events::report(events::updates_not_made, {{"secondary", secondary_->entry().host}}, error);
    return answer_of(IpropStatus::busy);
}

}  // namespace kpropgw::outbound
