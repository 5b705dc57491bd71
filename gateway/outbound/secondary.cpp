#include "gateway/outbound/secondary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/dump/version.hpp"
#include "gateway/core/back_off.hpp"
#include "gateway/core/version_steps.hpp"
#include "gateway/events/report.hpp"
#include "gateway/krb/kdc_question.hpp"
#include "gateway/net/offload.hpp"

namespace kpropgw::outbound {

namespace asio = boost::asio;
using acl::Role;
using formats::DumpVersion;

namespace {

/// It opens its port when it has the answer to its question.
constexpr std::chrono::seconds until_it_listens{5};

}  // namespace

Secondary::Secondary(const asio::any_io_executor& loop, acl::Entry entry, store::SecondaryRow row, Shared& shared)
    : entry_(std::move(entry)),
      row_(std::move(row)),
      shared_(shared),
      wake_(loop),
      following_(loop, shared.setup.config, row_, [this] { remember(); }) {}

asio::awaitable<void> Secondary::run() {
    while (!stopped_) {
        if (wants_to_send()) {
            co_await propagate();
        } else {
            orders_.drop(why_nothing_is_sent());
            if (!frozen() && retry_at_ <= std::chrono::steady_clock::now()) {
                // It has what it was to be sent again, by its own questions.
                retry_at_.reset();
                owed_ = Owed::nothing;
            }
            constexpr auto never = asio::steady_timer::time_point::max();
            co_await wake_.wait(frozen() ? never : retry_at_.value_or(never));
        }
    }
    orders_.drop("it has left kpropd.acl");
}

void Secondary::stop() {
    stopped_ = true;
    wake_.notify();
    following_.notify();
}

void Secondary::finish() {
    finishing_ = true;
    wake_.notify();
}

void Secondary::due() {
    if (retry_at_) return;  // backing off
    due_ = true;
    wake_.notify();
}

void Secondary::update(acl::Entry entry) {
    entry_ = std::move(entry);
    forget_failure();
}

void Secondary::configuration_changed(bool own) {
    following_.limit(shared_.setup.config);
    if (own) forget_failure();
}

/// Which may have been that of the old settings.
void Secondary::forget_failure() {
    if (retry_at_) due_ = true;
    retry_at_.reset();
    wake_.notify();
    following_.notify();
}

core::PropGoal Secondary::order(bool full) {
    wake_.notify();
    return {orders_.give(full), shared_.registry.serial, full};
}

void Secondary::freeze(std::string reason) {
    row_.frozen = std::move(reason);
    remember();
    wake_.notify();
    following_.notify();
}

void Secondary::thaw() {
    row_.frozen.reset();
    due_ = true;
    retry_at_.reset();
    remember();
    wake_.notify();
    following_.notify();
}

void Secondary::registry_changed(bool policies_too) {
    if (policies_too) following_.budget().policy_changed(std::chrono::steady_clock::now());
    following_.notify();
}

void Secondary::grant_full() {
    if (full_granted_) return;
    full_granted_ = true;
    events::report(events::full_resync_granted, {{"secondary", entry_.host}});
    shared_.metrics.resync_granted();
    following_.asked_for_full();
    following_.budget().began(std::chrono::steady_clock::now());
    wake_.notify();
}

asio::awaitable<void> Secondary::look_at_its_kpropd() {
    if (update_compat() || row_.learned == DumpVersion::ipropx) co_return;
    const KpropPort kpropd{entry_.host, port()};
    listens_only_when_granted_ = co_await listens_only_when_granted(kpropd, shared_.setup.config.idle_timeout);
    if (*listens_only_when_granted_) events::report(events::old_kpropd, {{"secondary", entry_.host}});
}

bool Secondary::is_before_1_11() const {
    return update_compat() || listens_only_when_granted_.value_or(row_.learned == DumpVersion::ipropx_r18);
}

bool Secondary::update_compat() const {
    const auto& secondaries = shared_.setup.config.secondaries;
    const auto found = secondaries.find(entry_.host);
    return found != secondaries.end() && found->second.update_compat;
}

core::Standing Secondary::standing() const {
    core::Standing standing{shared_.registry.serial, row_.level, row_.failures, entry_.role == Role::manual};
    if (takes_updates()) {
        standing.refuses_an_update = row_.refused.has_value();
        standing.updates_from = std::max(shared_.registry.journal_low, shared_.registry.full_only());
    }
    standing.frozen = frozen();
    return standing;
}

std::optional<Time> Secondary::next_try() const {
    if (!retry_at_ || frozen()) return std::nullopt;
    const auto left = std::chrono::duration_cast<Time::duration>(*retry_at_ - std::chrono::steady_clock::now());
    return shared_.clock.now() + std::max(left, Time::duration::zero());
}

std::uint16_t Secondary::kdc_port() const {
    const auto& known = shared_.setup.config.secondaries;
    const auto found = known.find(entry_.host);
    const auto port = found == known.end() ? std::nullopt : found->second.kdc_port;
    return static_cast<std::uint16_t>(port.value_or(krb::kdc_port));
}

std::optional<DumpVersion> Secondary::pinned() const {
    const auto& secondaries = shared_.setup.config.secondaries;
    const auto found = secondaries.find(entry_.host);
    return found == secondaries.end() ? std::nullopt : found->second.dump;
}

bool Secondary::wants_to_send() const {
    if (frozen() || finishing_ || shared_.registry.serial == Serial{}) return false;
    const bool is_behind = core::behind(standing()) > 0;
    if (orders_.full_is_open() || (orders_.any_open() && is_behind)) return true;
    if (retry_at_ && std::chrono::steady_clock::now() < *retry_at_) return false;
    if (entry_.role == Role::manual) return false;
    if (owed_ == Owed::dump || (takes_updates() && full_granted_)) return true;
    // What an Update secondary lacks it asks for itself, except what PROP was to bring it.
    const bool unasked = !takes_updates() || owed_ == Owed::level;
    return is_behind && unasked && (due_ || retry_at_);
}

std::string Secondary::why_nothing_is_sent() const {
    if (finishing_) return "the gateway is stopping";
    return frozen() ? "it was frozen" : "nothing has been pushed to the gateway yet";
}

asio::awaitable<void> Secondary::propagate() {
    if (entry_.role != Role::manual) {
        const Owed asked = orders_.full_is_open() ? Owed::dump : orders_.any_open() ? Owed::level : Owed::nothing;
        owed_ = std::max(owed_, asked);
    }
    orders_.try_begins();
    due_ = false;
    sending_ = true;
    retry_at_.reset();
    const auto begun = std::chrono::steady_clock::now();
    const Serial before = row_.level;
    auto outcome = co_await send_in_some_version();
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    const Time now = shared_.clock.now();
    if (outcome) {
        orders_.try_confirmed();
        owed_ = Owed::nothing;
        shared_.metrics.dump_confirmed(acl::to_text(entry_.role), took);
        if (row_.level > before) shared_.metrics.confirmed_after(acl::to_text(entry_.role), now - row_.level_time);
        full_granted_ = false;
        row_.failures = 0;
        row_.last_success = now;
        row_.last_error.clear();
        row_.last_cause.clear();
        events::report(events::propagated, {{"secondary", entry_.host},
                                            {"role", acl::to_text(entry_.role)},
                                            {"dump", formats::to_text(*row_.learned)},
                                            {"level", row_.level.value},
                                            {"bytes", *outcome},
                                            {"ms", took.count()}});
    } else {
        orders_.try_failed(outcome.error().text());
        shared_.metrics.dump_failed(acl::to_text(entry_.role), outcome.error());
        ++row_.failures;
        row_.last_failure = now;
        row_.last_error = outcome.error().text();
        row_.last_cause = outcome.error().cause();
        if (entry_.role != Role::manual) {
            due_ = false;  // an interval that began while it failed does not shorten the pause
            const auto& config = shared_.setup.config;
            retry_at_ = std::chrono::steady_clock::now() +
                        core::delay_after(row_.failures, {config.retry_min, config.retry_max}, shared_.chance());
        }
        events::report(events::propagation_failed,
                       {{"secondary", entry_.host}, {"role", acl::to_text(entry_.role)}, {"failures", row_.failures}},
                       outcome.error());
    }
    remember();
    co_await shared_.rows.stored();
    sending_ = false;
    following_.notify();
}

std::vector<DumpVersion> Secondary::versions() const {
    auto learned = row_.learned;
    if (takes_updates()) learned = is_before_1_11() ? DumpVersion::ipropx_r18 : DumpVersion::ipropx;
    return core::versions_to_offer(entry_.role, pinned(), learned);
}

/// A kpropd up to MIT 1.11.6 claims to have what it could not load, so that must be known after a crash too.
asio::awaitable<void> Secondary::expect_confirmation_of(Serial serial) {
    if (!takes_updates()) co_return;
    // It may claim any of those that it did not load.
    row_.unconfirmed_full = std::min(serial, row_.unconfirmed_full.value_or(serial));
    remember();
    co_await shared_.rows.stored();
}

asio::awaitable<Sent> Secondary::send(const Target& to, const RenderedDump& dump) {
    auto sent = co_await send_dump(to, dump, shared_.setup, transfer_.emplace());
    shared_.metrics.dump_sent(acl::to_text(entry_.role), transfer_->sent);
    transfer_.reset();
    co_return sent;
}

asio::awaitable<Result<std::uint64_t>> Secondary::send_in_some_version() {
    if (entry_.enctype) {
        auto usable = co_await net::offload(
            shared_.setup.workers, [&] { return krb::check_enctype(entry_.enctype->number, entry_.enctype->name); });
        if (!usable) co_return usable.error().in(fmt::format("kpropd.acl line {}", entry_.line));
    }
    Target to = target();
    std::string tried;
    for (const DumpVersion version : versions()) {
        auto dump = co_await shared_.dumps.obtain(version, shared_.registry.serial);
        if (!dump) co_return dump.error().in("rendering the dump");
        co_await expect_confirmation_of((*dump)->serial);
        to.on_all_sent = [this, serial = (*dump)->serial] { note_sent(serial); };
        const Sent sent = co_await send(to, **dump);
        if (sent.ending == Ending::failed) co_return sent.error;
        if (sent.ending == Ending::confirmed) {
            row_.level = (*dump)->serial;
            row_.level_time = (*dump)->serial_time;
            row_.learned = version;
            row_.unconfirmed_full.reset();
            row_.refused.reset();
            row_.skipped.clear();
            co_return (*dump)->size;
        }
        tried += fmt::format("{}{}", tried.empty() ? "" : ", ", formats::to_text(version));
        events::report(events::dump_not_loaded, {{"secondary", entry_.host}, {"dump", formats::to_text(version)}});
        if (frozen()) co_return Error(Errc::conflict, "it did not load the dump, and was frozen before an older one");
    }
    if (takes_updates()) row_.learned.reset();  // it may be another release now
    const Error error(
        Errc::unavailable,
        fmt::format("it took the whole dump ({}) and did not load it: its kpropd's log says why (disk space, "
                    "kdb5_util, files \"*~\" beside its database, a load of over 300 s)",
                    tried));
    co_return error.because(causes::load_failed);
}

void Secondary::remember() {
    if (!stopped_) shared_.rows.keep(row_);  // else it left the file meanwhile and is forgotten
}

Target Secondary::target() const {
    const config::Config& config = shared_.setup.config;
    Target target{.kpropd = {entry_.host, port()}, .session_enctype = std::nullopt, .min_rate = config.min_rate};
    if (takes_updates()) target.patience = until_it_listens;
    if (entry_.enctype) target.session_enctype = entry_.enctype->number;
    const auto found = config.secondaries.find(entry_.host);
    if (found != config.secondaries.end() && found->second.min_rate) target.min_rate = *found->second.min_rate;
    return target;
}

}  // namespace kpropgw::outbound
