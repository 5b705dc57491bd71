#include "gateway/inbound/iprop_follower.hpp"

#include <fmt/format.h>

#include <utility>

#include "formats/update/iprop_update.hpp"
#include "gateway/config/values.hpp"
#include "gateway/core/back_off.hpp"
#include "gateway/events/report.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/wire/iprop_changes.hpp"

namespace kpropgw::inbound {

namespace asio = boost::asio;
using std::chrono::steady_clock;
using wire::IpropPosition;
using wire::IpropProcedure;
using wire::IpropStatus;

namespace {

/// kadmind dumps and sends before anything arrives, and tells nobody when that failed.
constexpr core::BackOff resync_patience{std::chrono::seconds(30), std::chrono::minutes(10)};
constexpr core::ResyncLimits resync_limits{.an_hour = 60};
constexpr std::chrono::seconds longest_hold{20};
constexpr std::uint32_t most_bytes = 4u << 20;
constexpr std::uint32_t ipropx_version = 1;

net::RpcTarget target_of(const Door& door) {
    const config::Source& source = door.config.source;
    net::RpcTarget target;
    target.host = source.host;
    target.port = source.port;
    target.service = fmt::format("kiprop/{}@{}", source.host, door.identity.realm);
    target.client = fmt::format("kiprop/{}@{}", door.identity.host, door.identity.realm);
    target.keytab = door.config.keytab;
    target.program = wire::iprop_program;
    target.version = wire::iprop_version;
    return target;
}

/// The updates of an answer behind `here`; they have views into it.
Result<void> read_updates(const wire::ReceivedUpdates& received, const IpropPosition& here,
                          std::vector<formats::IpropUpdate>& updates) {
    XdrReader in(received.updates, "updates");
    while (updates.size() < received.count && !in.failed())
        formats::read_iprop_update(in, updates.emplace_back());
    if (auto ok = in.finish(); !ok) return ok;
    std::uint32_t serial = here.serial;
    for (const formats::IpropUpdate& update : updates) {
        if (update.at.serial != ++serial || !update.committed) {
            return Error(Errc::corrupt, fmt::format("updates: {} came where {} follows", update.at.serial, serial));
        }
    }
    return {};
}

store::ArrivingChange change_of(const wire::WireChange& change) {
    using Operation = wire::ChangeOperation;
    const bool policy = change.operation == Operation::put_policy || change.operation == Operation::delete_policy;
    const store::Kind kind = policy ? store::Kind::policy : store::Kind::principal;
    if (change.operation == Operation::put_principal || change.operation == Operation::put_policy) {
        return {kind, store::ArrivingChange::Put{change.line}};
    }
    return {kind, store::ArrivingChange::Erase{change.line}};
}

}  // namespace

IpropFollower::IpropFollower(const asio::any_io_executor& loop, const Door& door)
    : door_(door), loop_(loop), wake_(loop), source_(config::to_text(door.config.source)), budget_(resync_limits) {}

void IpropFollower::stop() {
    stopped_ = true;
    if (client_) client_->cancel();
}

std::uint64_t IpropFollower::ask_now() {
    const std::uint64_t question = questions_.ask_now();
    // A gateway that holds its answer back is asked anew: two questions cannot be open on a connection.
    if (is_held_) {
        is_cut_short_ = true;
        client_->cancel();
    }
    wake_.notify();
    return question;
}

asio::awaitable<void> IpropFollower::run() {
    unsigned failures = 0;
    std::string last_error;
    while (!stopped_) {
        client_ = std::make_unique<net::RpcClient>(loop_, door_.workers, target_of(door_));
        const auto ended = co_await follow();
        if (stopped_) co_return;
        questions_.end(ended.error());
        found_ = Found::all;
        if (std::exchange(is_cut_short_, false)) continue;
        door_.metrics.source_failed(ended.error());
        failures = progress_ ? 1 : failures + 1;
        if (progress_ || ended.error().text() != last_error) {
            events::report(events::source_failed, {{"source", source_}}, ended.error());
        }
        last_error = ended.error().text();
        failed(ended.error());
        progress_ = false;
        co_await sleep(core::delay_after(failures, {door_.config.retry_min, door_.config.retry_max}, 1));
    }
}

/// Ends with a failure only.
asio::awaitable<Result<void>> IpropFollower::follow() {
    questions_.begin();
    if (auto ok = co_await client_->connect(door_.config.idle_timeout); !ok) co_return ok;
    for (;;) {
        const auto position = co_await net::offload(door_.workers, [this] { return here(); });
        if (!position) co_return position.error();
        const Instant asked = steady_clock::now();
        more_may_follow_ = false;
        if (auto ok = co_await ask(*position); !ok) co_return ok;
        progress_ = true;
        note_answer();
        if (!more_may_follow_) questions_.end(std::exchange(found_, Found::all));
        // A gateway holds its answer back until something changed; a primary answers at once.
        const bool was_held = steady_clock::now() - asked >= door_.config.iprop_poll;
        if (!was_held && !more_may_follow_) co_await sleep(door_.config.iprop_poll);
        questions_.begin();
    }
}

void IpropFollower::note_answer() {
    answered(door_.clock.now());
    if (resyncs_ < 2) return;  // one may be on its way
    failed(Error(Errc::unavailable,
                 fmt::format(
                     "a full resync was asked for {} times and has not come: see kadmind's log on {}; can its kprop "
                     "reach {} here?",
                     resyncs_, door_.config.source.host, config::to_text(door_.config.listen)))
               .because(causes::resync_not_coming));
}

asio::awaitable<Result<void>> IpropFollower::ask(const IpropPosition& here) {
    if (is_gateway_) {
        auto asked = co_await ask_gateway(here);
        if (asked || asked.error().code() != Errc::not_found) co_return asked;
        is_gateway_ = false;
    }
    co_return co_await ask_primary(here);
}

asio::awaitable<Result<void>> IpropFollower::ask_gateway(const IpropPosition& here) {
    const std::chrono::seconds hold = questions_.is_awaited() ? std::chrono::seconds(0) : longest_hold;
    const wire::ChangesRequest request{here, most_bytes, static_cast<std::uint32_t>(hold.count())};
    is_held_ = hold > std::chrono::seconds(0);
    const auto reply = co_await client_->call(static_cast<std::uint32_t>(IpropProcedure::get_changes),
                                              wire::changes_request(request), hold + door_.config.idle_timeout);
    is_held_ = false;
    if (!reply) co_return reply.error();
    const auto received = wire::parse_changes_result(reply->reveal());
    if (!received) co_return received.error();
    if (received->status != IpropStatus::ok) co_return co_await obey(received->status);
    std::vector<store::ArrivingChange> changes;
    for (const wire::WireChange& change : received->changes)
        changes.push_back(change_of(change));
    more_may_follow_ = !changes.empty();
    co_return co_await take(changes, received->last);
}

asio::awaitable<Result<void>> IpropFollower::ask_primary(const IpropPosition& here) {
    const auto reply = co_await client_->call(static_cast<std::uint32_t>(IpropProcedure::get_updates),
                                              wire::iprop_position(here), door_.config.idle_timeout);
    if (!reply) co_return reply.error();
    const auto received = wire::parse_updates_result(reply->reveal());
    if (!received) co_return received.error();
    if (received->status != IpropStatus::ok) co_return co_await obey(received->status);
    std::vector<formats::IpropUpdate> updates;
    if (auto ok = read_updates(*received, here, updates); !ok) {
        co_return co_await ask_for_all(ok.error().text());
    }
    std::vector<store::ArrivingChange> changes;
    for (const formats::IpropUpdate& update : updates)
        changes.push_back({store::Kind::principal, store::ArrivingChange::Update{&update}});
    co_return co_await take(changes, received->last);
}

/// What an answer without changes asks for.
asio::awaitable<Result<void>> IpropFollower::obey(IpropStatus status) {
    switch (status) {
        case IpropStatus::nil:
            in_step();
            co_return Result<void>();
        case IpropStatus::full_resync_needed:
            co_return co_await ask_for_all("its log does not continue what is here");
        case IpropStatus::permission_denied:
            co_return Error(Errc::denied,
                            fmt::format("{} does not let kiprop/{}@{} follow it: give it the privilege p in "
                                        "kadm5.acl there",
                                        door_.config.source.host, door_.identity.host, door_.identity.realm))
                .because(causes::source_refuses_follower);
        default:
            co_return Error(Errc::unavailable,
                            fmt::format("{} answers \"{}\"", door_.config.source.host, to_text(status)));
    }
}

asio::awaitable<Result<void>> IpropFollower::ask_for_all(const std::string& why) {
    found_ = Found::full_comes;
    const auto now = steady_clock::now();
    if (now < asked_until_ || budget_.may_begin(core::FullReason::below_journal, now) > now) co_return Result<void>();
    auto reply = co_await client_->call(static_cast<std::uint32_t>(IpropProcedure::full_resync_ext),
                                        wire::ipropx_version(ipropx_version), door_.config.idle_timeout);
    if (!reply && reply.error().code() == Errc::not_found) {
        reply = co_await client_->call(static_cast<std::uint32_t>(IpropProcedure::full_resync), "",
                                       door_.config.idle_timeout);
    }
    if (!reply) co_return reply.error();
    const auto result = wire::parse_resync_result(reply->reveal());
    if (!result) co_return result.error();
    if (result->status != IpropStatus::ok) {
        co_return Error(Errc::unavailable, fmt::format("{} was asked for a full resync and answers \"{}\"",
                                                       door_.config.source.host, to_text(result->status)));
    }
    budget_.began(now);
    asked_until_ = now + core::delay_after(++resyncs_, resync_patience, 1);
    events::report(events::source_resync, {{"source", source_}, {"why", why}});
    co_return Result<void>();
}

asio::awaitable<Result<void>> IpropFollower::take(std::span<const store::ArrivingChange> changes,
                                                  const IpropPosition& at) {
    const store::SourcePosition position{source_, at.serial, at.seconds, at.microseconds};
    const store::Origin origin{source_, door_.config.source.host, door_.identity.realm, source_};
    const auto taken = co_await net::offload(
        door_.workers, [&] { return store::take_changes(door_.store, changes, origin, position, door_.clock); });
    if (!taken) co_return co_await ask_for_all(taken.error().text());
    in_step();
    if (taken->hiding > 0) {
        // A full resync would not help: kadmind sends the last dump that its log continues (kdb5_util dump -c).
        events::report(events::source_hides,
                       {{"source", source_}, {"position", at.serial}, {"updates", taken->hiding}});
    }
    events::report(
        events::source_updates,
        {{"source", source_}, {"position", at.serial}, {"updates", changes.size()}, {"serial", taken->serial.value}});
    if (taken->is_change()) door_.taken(*taken, door_.config.source.host);
    co_return Result<void>();
}

/// Whatever was asked for has come.
void IpropFollower::in_step() {
    resyncs_ = 0;
    asked_until_ = {};
}

/// Less when it is to ask at once.
asio::awaitable<void> IpropFollower::sleep(std::chrono::milliseconds time) {
    if (!questions_.is_wanted()) co_await wake_.wait(steady_clock::now() + time);
}

/// Zeros where nothing was taken from this source: then all is asked for.
Result<IpropPosition> IpropFollower::here() const {
    auto snapshot = door_.store.snapshot();
    if (!snapshot) return snapshot.error();
    const auto& position = (*snapshot)->summary().position;
    if (!position || !position->source || position->source->source != source_) return IpropPosition();
    return IpropPosition{position->source->serial, position->source->seconds, position->source->microseconds};
}

}  // namespace kpropgw::inbound
