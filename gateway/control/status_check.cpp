#include "gateway/control/status_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "gateway/control/text.hpp"

namespace kpropgw::control {
namespace {

/// A line that a pager can show; the rest is counted.
constexpr std::size_t most_problems = 3;

struct Problem {
    CheckLevel level;
    std::string text;
};

/// Seconds since the first change that it lacks; absent: nobody knows.
std::optional<std::chrono::seconds> behind_for(const SecondaryStatus& secondary, Time now) {
    if (secondary.behind == 0) return std::chrono::seconds(0);
    if (!secondary.behind_since) return std::nullopt;
    const auto lag = std::chrono::duration_cast<std::chrono::seconds>(now - *secondary.behind_since);
    return std::max(lag, std::chrono::seconds(0));
}

bool waits_for_its_operator(const SecondaryStatus& secondary) {
    return secondary.role == "Manual";
}

std::optional<Problem> problem_of(const SecondaryStatus& secondary, Time now, const CheckLimits& limits) {
    const std::string why = secondary.frozen       ? ": frozen, " + *secondary.frozen
                            : secondary.last_error ? ": " + *secondary.last_error
                                                   : "";
    if (!waits_for_its_operator(secondary)) {
        const auto lag = behind_for(secondary, now);
        const std::string state = fmt::format("{} ({})", secondary.host, secondary.state);
        if (!lag) {
            return Problem{CheckLevel::critical, fmt::format("{} lacks {} changes, for longer than the journal tells{}",
                                                             state, secondary.behind, why)};
        }
        const bool too_many = limits.max_changes && secondary.behind > *limits.max_changes;
        if (*lag > limits.max_behind || too_many) {
            return Problem{CheckLevel::critical, fmt::format("{} lacks {} changes for {}{}", state, secondary.behind,
                                                             age(now, now - *lag), why)};
        }
    }
    if (secondary.kdc_problem) {
        return Problem{CheckLevel::critical, secondary.host + " serves stale keys: " + *secondary.kdc_problem};
    }
    if (secondary.frozen) return Problem{CheckLevel::warning, secondary.host + why};
    if (secondary.state == "failing") return Problem{CheckLevel::warning, secondary.host + " failing" + why};
    return std::nullopt;
}

/// A source that is asked and does not answer: nobody is behind, and all may be stale.
std::optional<Problem> problem_of_source(const Status& status, const CheckLimits& limits) {
    const SourceStatus& source = status.source;
    if (!source.last_error) return std::nullopt;
    const bool too_long = status.now - source.last_asked.value_or(status.started) > limits.max_behind;
    const std::string answered =
        source.last_asked ? fmt::format("answered {} ago", age(status.now, *source.last_asked)) : "no answer yet";
    return Problem{too_long ? CheckLevel::critical : CheckLevel::warning,
                   fmt::format("source {} ({}): {}", source.name, answered, *source.last_error)};
}

std::vector<Problem> problems_of(const Status& status, const CheckLimits& limits) {
    std::vector<Problem> problems;
    if (status.serial == 0) problems.push_back({CheckLevel::warning, "the gateway has no registry yet"});
    if (status.held_dump)
        problems.push_back({CheckLevel::critical, "the primary's dump is not let in: " + *status.held_dump});
    if (status.acl_problem)
        problems.push_back({CheckLevel::warning, "kpropd.acl has errors, an older one is in force"});
    if (auto problem = problem_of_source(status, limits)) problems.push_back(std::move(*problem));
    for (const SecondaryStatus& secondary : status.secondaries) {
        if (auto problem = problem_of(secondary, status.now, limits)) problems.push_back(std::move(*problem));
    }
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem& a, const Problem& b) { return a.level > b.level; });
    return problems;
}

std::string in_short(const std::vector<Problem>& problems) {
    std::string text;
    for (std::size_t i = 0; i < std::min(problems.size(), most_problems); ++i)
        text += (i == 0 ? "" : "; ") + problems[i].text;
    if (problems.size() > most_problems) text += fmt::format("; and {} more", problems.size() - most_problems);
    return text;
}

std::string perfdata(const Status& status, const CheckLimits& limits) {
    std::optional<std::chrono::seconds> lag{0};
    std::uint64_t changes = 0;
    for (const SecondaryStatus& secondary : status.secondaries) {
        if (waits_for_its_operator(secondary)) continue;
        const auto its = behind_for(secondary, status.now);
        lag = lag && its ? std::optional(std::max(*lag, *its)) : std::nullopt;
        changes = std::max(changes, secondary.behind);
    }
    return fmt::format("'behind'={};;{};0 'changes'={};;{};0 'secondaries'={};;;0",
                       lag ? fmt::format("{}s", lag->count()) : "U", limits.max_behind.count(), changes,
                       limits.max_changes ? std::to_string(*limits.max_changes) : "", status.secondaries.size());
}

/// A bar would begin the perfdata.
std::string line(CheckLevel level, std::string text) {
    constexpr std::array<std::string_view, 4> words{"OK", "WARNING", "CRITICAL", "UNKNOWN"};
    text = printable(text);
    std::replace(text.begin(), text.end(), '|', '!');
    return fmt::format("PROPAGATION {}: {}", words[static_cast<std::size_t>(level)], text);
}

}  // namespace

Check check_status(const Result<Status>& status, const CheckLimits& limits) {
    if (!status) {
        const bool away = status.error().code() == Errc::unavailable;
        const CheckLevel level = away ? CheckLevel::critical : CheckLevel::unknown;
        return {level, line(level, status.error().text())};
    }
    const std::vector<Problem> problems = problems_of(*status, limits);
    const CheckLevel level = problems.empty() ? CheckLevel::ok : problems.front().level;
    const std::string text = problems.empty()
                                 ? fmt::format("serial {}, no secondary is behind its limits", status->serial)
                                 : in_short(problems);
    return {level, line(level, text) + " | " + perfdata(*status, limits)};
}

}  // namespace kpropgw::control
