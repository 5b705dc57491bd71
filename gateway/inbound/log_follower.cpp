#include "gateway/inbound/log_follower.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/secret.hpp"
#include "formats/dump/reader.hpp"
#include "formats/update/iprop_from_primary.hpp"
#include "gateway/config/values.hpp"
#include "gateway/core/back_off.hpp"
#include "gateway/events/report.hpp"
#include "gateway/net/offload.hpp"

namespace kpropgw::inbound {

namespace asio = boost::asio;
using core::FollowStep;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds look_interval{10};
constexpr int looks_until_replaced_is_asked = 100;
constexpr std::chrono::minutes longest_pause{10};
constexpr unsigned half = 2;
constexpr unsigned tenth = 10;

Result<formats::LogPosition> position_of(const File& dump) {
    std::array<char, formats::header_room> beginning;
    const auto count = dump.read_at(0, beginning);
    if (!count) return count.error();
    const auto header = formats::read_header({beginning.data(), *count});
    if (!header) return header.error();
    if (!header->position) return Error(Errc::internal, "kdb5_util dump -i1 gave no position");
    return *header->position;
}

/// Entries of the log as changes; `updates` refer to them.
Result<void> decode(const LogUpdates& from, std::vector<formats::IpropUpdate>& updates) {
    updates.resize(from.entries.size());
    for (std::size_t i = 0; i < updates.size(); ++i) {
        const formats::LogEntry& entry = from.entries[i];
        const auto size = formats::decode_iprop_update(entry.update, updates[i]);
        if (!size) return size.error().in(fmt::format("update {} of the log", entry.at.serial));
    }
    return {};
}

}  // namespace

LogFollower::LogFollower(const asio::any_io_executor& loop, const Door& door)
    : door_(door),
      loop_(loop),
      wake_(loop),
      source_(config::to_text(door.config.source)),
      kdb5_util_{door.config.kdb5_util.value_or(default_kdb5_util()), door.identity.realm, door.config.kdb_name,
                 door.store.directory(), &stopped_},
      full_pace_(half, longest_pause),
      fetch_pace_(tenth, longest_pause) {}

void LogFollower::stop() {
    stopped_ = true;
}

std::uint64_t LogFollower::ask_now() {
    wake_.notify();
    return questions_.ask_now();
}

asio::awaitable<void> LogFollower::run() {
    unsigned failures = 0;
    std::string last_error;
    while (!stopped_) {
        const auto ended = co_await follow();
        if (stopped_) co_return;
        door_.metrics.source_failed(ended.error());
        questions_.end(ended.error());
        failures = progress_ ? 1 : failures + 1;
        if (progress_ || ended.error().text() != last_error) {
            events::report(events::source_failed, {{"source", source_}}, ended.error());
        }
        last_error = ended.error().text();
        failed(ended.error());
        progress_ = false;
        if (!questions_.is_wanted()) {
            co_await wake_.wait(steady_clock::now() +
                                core::delay_after(failures, {door_.config.retry_min, door_.config.retry_max}, 1));
        }
    }
}

/// Ends with a failure only.
asio::awaitable<Result<void>> LogFollower::follow() {
    questions_.begin();
    const auto log = LogFile::open(door_.config.source.file);
    if (!log) co_return log.error();
    std::optional<LogFile::Look> seen;
    for (int looks = 0; !stopped_; ++looks) {
        questions_.begin();
        const auto look = log->look();
        if (!look) co_return look.error();
        if (*look != seen || !here_) {
            if (auto ok = co_await catch_up(*log); !ok) co_return ok;
            seen = *look;
            progress_ = true;
            continue;
        }
        answered(door_.clock.now());
        if (fetched_) {
            if (auto ok = co_await take_fetched(); !ok) co_return ok;
        }
        begin_fetch();
        end_question();
        if (looks % looks_until_replaced_is_asked == 0 && log->is_replaced()) {
            co_return Error(Errc::unavailable, door_.config.source.file + ": another file has taken its place");
        }
        co_await sleep_until(steady_clock::now() + look_interval);
    }
    co_return Error(Errc::unavailable, "the gateway is stopping");
}

asio::awaitable<Result<void>> LogFollower::catch_up(const LogFile& log) {
    if (!here_) co_return co_await take_all("the gateway started");
    for (;;) {
        auto updates = co_await net::offload(door_.workers, [&] { return log.read_behind(here_); });
        if (!updates) {
            if (updates.error().code() == Errc::not_found) co_return co_await take_all("the log has a gap");
            co_return updates.error();
        }
        if (updates->plan.step == FollowStep::nothing) co_return Result<void>();
        if (updates->plan.step == FollowStep::full) co_return co_await take_all(updates->plan.why);
        const auto taken = co_await take_updates(*updates);
        if (!taken) co_return co_await take_all(taken.error().text());
        if (*taken) co_return Result<void>();
    }
}

asio::awaitable<Result<void>> LogFollower::take_all(std::string_view why) {
    const std::string reason(why);
    co_await sleep_until(full_pace_.may_begin(steady_clock::now()));
    ++era_;
    unsure_.clear();
    fetched_.reset();
    const Instant began = steady_clock::now();
    auto dump = co_await net::offload(door_.workers, [&] { return kdb5_util_.dump_all(); });
    if (!dump) co_return dump.error();
    const auto at = position_of(*dump);
    if (!at) co_return at.error();
    const auto taken = co_await net::offload(
        door_.workers, [&] { return store::take_in(door_.store, *dump, origin("the database"), door_.clock); });
    full_pace_.took(began, steady_clock::now());
    if (!taken) co_return taken.error();
    here_ = *at;
    events::report(events::source_dumped, {{"source", source_},
                                           {"why", reason},
                                           {"position", at->serial},
                                           {"serial", taken->serial.value},
                                           {"records", taken->records},
                                           {"added", taken->added},
                                           {"changed", taken->changed},
                                           {"removed", taken->removed}});
    if (taken->is_change()) door_.taken(*taken, source_);
    co_return Result<void>();
}

/// True when that was all that the log held.
asio::awaitable<Result<bool>> LogFollower::take_updates(const LogUpdates& updates) {
    std::vector<formats::IpropUpdate> decoded;
    if (auto ok = decode(updates, decoded); !ok) co_return ok.error();
    std::vector<store::ArrivingChange> changes;
    for (const formats::IpropUpdate& update : decoded) {
        changes.push_back({store::Kind::principal, store::ArrivingChange::Update{&update}});
        touched_.emplace(update.name);
        if (update.deleted || formats::carries_whole_record(update)) {
            unsure_.erase(std::string(update.name));
        } else {
            unsure_.emplace(update.name);
        }
    }
    const formats::LogPosition at = updates.last();
    const auto taken = co_await net::offload(door_.workers, [&] {
        return store::take_changes(door_.store, changes, origin("the update log"), position(at), door_.clock);
    });
    if (!taken) co_return taken.error();
    here_ = at;
    events::report(
        events::source_updates,
        {{"source", source_}, {"position", at.serial}, {"updates", changes.size()}, {"serial", taken->serial.value}});
    if (taken->is_change()) door_.taken(*taken, source_);
    co_return at == updates.header.last;
}

void LogFollower::begin_fetch() {
    if (unsure_.empty() || fetching_ || fetched_) return;
    const auto now = steady_clock::now();
    if (fetch_pace_.may_begin(now) > now && !questions_.is_awaited()) return;
    fetching_ = true;
    asio::co_spawn(loop_, fetch(), asio::detached);
}

/// Whoever waits for an answer waits for what the log may have left out too.
void LogFollower::end_question() {
    const bool is_all = unsure_.empty() && !fetching_ && !fetched_;
    if (is_all || !questions_.is_awaited()) questions_.end(Found::all);
}

asio::awaitable<void> LogFollower::fetch() {
    const std::uint64_t era = era_;
    Names names = std::exchange(unsure_, {});
    touched_.clear();
    const Instant began = steady_clock::now();
    const std::vector<std::string> list(names.begin(), names.end());
    auto dump = co_await net::offload(door_.workers, [&] { return kdb5_util_.dump_some(list); });
    fetching_ = false;
    fetch_pace_.took(began, steady_clock::now());
    if (era != era_ || stopped_) co_return;
    if (dump) {
        fetched_.emplace(std::move(names), std::move(*dump));
        co_return;
    }
    events::report(events::source_failed, {{"source", source_}}, dump.error());
    questions_.end(dump.error());
    unsure_.merge(names);
    fetch_pace_.took(began, began + door_.config.retry_min);
}

asio::awaitable<Result<void>> LogFollower::take_fetched() {
    const auto taken = co_await net::offload(door_.workers, [&] { return take_lines(*fetched_); });
    fetched_.reset();
    if (!taken) co_return taken.error();
    if (!taken->is_change()) co_return Result<void>();
    events::report(
        events::source_said_less,
        {{"source", source_}, {"serial", taken->serial.value}, {"changed", taken->changed}, {"added", taken->added}});
    door_.taken(*taken, source_);
    co_return Result<void>();
}

/// Of the records fetched those that were not touched since: the log will tell more of the others.
Result<store::Taken> LogFollower::take_lines(const Fetched& fetched) const {
    const auto size = fetched.dump.size();
    if (!size) return size.error();
    if (*size <= formats::header_line(formats::DumpVersion::v7).size()) return store::Taken();
    std::uint64_t offset = 0;
    auto reader = formats::DumpReader::open(
        [&](std::span<char> into) -> Result<std::size_t> {
            auto count = fetched.dump.read_at(offset, into);
            if (count) offset += *count;
            return count;
        },
        "kdb5_util dump");
    if (!reader) return reader.error();
    std::deque<SecretText> lines;
    std::vector<store::ArrivingChange> changes;
    for (;;) {
        const auto record = reader->next();
        if (!record) return record.error();
        if (*record == formats::DumpReader::Record::end) break;
        if (*record != formats::DumpReader::Record::principal) continue;
        const formats::Principal& principal = reader->principal();
        if (!fetched.names.contains(principal.name) || touched_.contains(principal.name)) continue;
        std::string& line = lines.emplace_back().text;
        formats::append_principal(line, principal, formats::DumpVersion::v7);
        line.pop_back();
        changes.push_back({store::Kind::principal, store::ArrivingChange::Put{line}});
    }
    return store::take_changes(door_.store, changes, origin("kdb5_util dump"), position(*here_), door_.clock);
}

asio::awaitable<void> LogFollower::sleep_until(Instant instant) {
    asio::steady_timer timer(loop_, instant);
    boost::system::error_code cancelled;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

store::Origin LogFollower::origin(std::string name) const {
    return {std::move(name), source_, door_.identity.realm, source_};
}

store::SourcePosition LogFollower::position(const formats::LogPosition& at) const {
    return {source_, at.serial, at.seconds, at.microseconds};
}

}  // namespace kpropgw::inbound
