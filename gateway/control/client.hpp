#pragma once
#include <chrono>
#include <string>

#include "gateway/control/events.hpp"
#include "gateway/control/freeze.hpp"
#include "gateway/control/journal.hpp"
#include "gateway/control/levels.hpp"
#include "gateway/control/probe.hpp"
#include "gateway/control/prop.hpp"
#include "gateway/control/refresh.hpp"
#include "gateway/control/reload.hpp"
#include "gateway/control/status.hpp"

namespace kpropgw::control {

inline constexpr std::chrono::milliseconds answer_deadline{10000};

// Orders to the gateway that listens at `path`. They block. `unavailable` when none answers, within `deadline` each
// time; `denied` when it or the file system refuses this user.

Result<Status> fetch_status(const std::string& path, std::chrono::milliseconds deadline = answer_deadline);

Result<PropReport> order_prop(const std::string& path, const PropOrder& order,
                              std::chrono::milliseconds deadline = answer_deadline);

/// How far it is by now.
Result<PropReport> fetch_prop_report(const std::string& path, std::uint64_t order,
                                     std::chrono::milliseconds deadline = answer_deadline);

/// `deadline` is for its answer after longest_refresh.
Result<RefreshAnswer> order_refresh(const std::string& path, std::chrono::milliseconds deadline = answer_deadline);

Result<JournalPage> fetch_journal(const std::string& path, const JournalQuery& query,
                                  std::chrono::milliseconds deadline = answer_deadline);

/// One round: the gateway answers after longest_wait at the latest. `deadline` is for its answer after that.
Result<WaitAnswer> order_wait(const std::string& path, const WaitOrder& order,
                              std::chrono::milliseconds deadline = answer_deadline);

Result<void> order_skip(const std::string& path, const SkipOrder& order,
                        std::chrono::milliseconds deadline = answer_deadline);

Result<FreezeAnswer> order_freeze(const std::string& path, const FreezeOrder& order,
                                  std::chrono::milliseconds deadline = answer_deadline);

Result<void> order_thaw(const std::string& path, const ThawOrder& order,
                        std::chrono::milliseconds deadline = answer_deadline);

/// There is no deadline for the answer: the gateway ends every question itself.
Result<std::vector<ProbeAnswer>> order_probe(const std::string& path, const ProbeOrder& order,
                                             std::chrono::milliseconds deadline = answer_deadline);

Result<ReloadAnswer> order_reload(const std::string& path, std::chrono::milliseconds deadline = answer_deadline);

/// `deadline` is for the answer after the query's wait.
Result<EventsPage> fetch_events(const std::string& path, const EventsQuery& query,
                                std::chrono::milliseconds deadline = answer_deadline);

}  // namespace kpropgw::control
