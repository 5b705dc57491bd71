#include "gateway/control/status_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>

namespace kpropgw::control {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;

const Time now{std::chrono::hours(500000)};

SecondaryStatus secondary(const char* host, std::uint64_t behind = 0, std::optional<std::chrono::seconds> since = {}) {
    SecondaryStatus status;
    status.host = host;
    status.role = "Replace";
    status.state = behind == 0 ? "healthy" : "behind";
    status.behind = behind;
    if (since) status.behind_since = now - *since;
    return status;
}

Status usual() {
    Status status;
    status.serial = 42;
    status.now = now;
    status.secondaries = {secondary("kdc1"), secondary("kdc2", 2, 60s)};
    return status;
}

struct Row {
    const char* when;
    std::function<void(Status&, CheckLimits&)> change;
    CheckLevel level;
    const char* text;  ///< the line up to the perfdata, behind the level's word
};

TEST(StatusCheck, SaysWhatTheTableSays) {
    const std::vector<Row> table{
        {"within the limits", [](auto&, auto&) {}, CheckLevel::ok, "serial 42, no secondary is behind its limits"},
        {"there are no secondaries", [](auto& s, auto&) { s.secondaries.clear(); }, CheckLevel::ok,
         "serial 42, no secondary is behind its limits"},
        {"behind for exactly the limit", [](auto& s, auto&) { s.secondaries[1].behind_since = now - 300s; },
         CheckLevel::ok, "serial 42, no secondary is behind its limits"},
        {"behind for longer", [](auto& s, auto&) { s.secondaries[1].behind_since = now - 301s; }, CheckLevel::critical,
         "kdc2 (behind) lacks 2 changes for 5m"},
        {"behind for longer than another limit", [](auto&, auto& l) { l.max_behind = 59s; }, CheckLevel::critical,
         "kdc2 (behind) lacks 2 changes for 1m"},
        {"the clock went back", [](auto& s, auto&) { s.secondaries[1].behind_since = now + 1h; }, CheckLevel::ok,
         "serial 42, no secondary is behind its limits"},
        {"as many changes as allowed", [](auto&, auto& l) { l.max_changes = 2; }, CheckLevel::ok,
         "serial 42, no secondary is behind its limits"},
        {"more changes than allowed", [](auto&, auto& l) { l.max_changes = 1; }, CheckLevel::critical,
         "kdc2 (behind) lacks 2 changes for 1m"},
        {"nobody knows since when", [](auto& s, auto&) { s.secondaries[1].behind_since.reset(); }, CheckLevel::critical,
         "kdc2 (behind) lacks 2 changes, for longer than the journal tells"},
        {"the source fails since a moment ago",
         [](auto& s, auto&) { s.source = {"iprop", "iprop:kdc0", {}, now - 60s, {}, "connection refused"}; },
         CheckLevel::warning, "source iprop:kdc0 (answered 1m ago): connection refused"},
        {"the source fails for longer",
         [](auto& s, auto&) { s.source = {"iprop", "iprop:kdc0", {}, now - 301s, {}, "connection refused"}; },
         CheckLevel::critical, "source iprop:kdc0 (answered 5m ago): connection refused"},
        {"the source never answered",
         [](auto& s, auto&) {
             s.source = {"iprop", "iprop:kdc0", {}, {}, {}, "connection refused"};
             s.started = now - 301s;
         },
         CheckLevel::critical, "source iprop:kdc0 (no answer yet): connection refused"},
        {"a KDC serves old keys", [](auto& s, auto&) { s.secondaries[0].kdc_problem = "another database"; },
         CheckLevel::critical, "kdc1 serves stale keys: another database"},
        {"a Manual one waits for PROP",
         [](auto& s, auto& l) {
             s.secondaries[1].role = "Manual";
             s.secondaries[1].state = "held";
             s.secondaries[1].behind_since.reset();
             l.max_changes = 0;
         },
         CheckLevel::ok, "serial 42, no secondary is behind its limits"},
        {"a Manual one failed",
         [](auto& s, auto&) {
             s.secondaries[1].role = "Manual";
             s.secondaries[1].state = "failing";
         },
         CheckLevel::warning, "kdc2 failing"},
        {"the last try failed, within the limits",
         [](auto& s, auto&) {
             s.secondaries[1].state = "failing";
             s.secondaries[1].last_error = "connection\nrefused | by it";
         },
         CheckLevel::warning, "kdc2 failing: connection?refused ! by it"},
        {"it has failed for too long",
         [](auto& s, auto&) {
             s.secondaries[1].state = "failing";
             s.secondaries[1].behind_since = now - 2h;
             s.secondaries[1].last_error = "connection refused";
         },
         CheckLevel::critical, "kdc2 (failing) lacks 2 changes for 2h: connection refused"},
        {"one is frozen, so that it is not forgotten",
         [](auto& s, auto&) {
             s.secondaries[0].state = "held";
             s.secondaries[0].frozen = "disk";
         },
         CheckLevel::warning, "kdc1: frozen, disk"},
        {"one is frozen for too long",
         [](auto& s, auto&) {
             s.secondaries[1].state = "held";
             s.secondaries[1].frozen = "disk";
             s.secondaries[1].behind_since = now - 1h;
         },
         CheckLevel::critical, "kdc2 (held) lacks 2 changes for 1h: frozen, disk"},
        {"there is no registry", [](auto& s, auto&) { s = Status(); }, CheckLevel::warning,
         "the gateway has no registry yet"},
        {"a dump is held", [](auto& s, auto&) { s.held_dump = "2026-11-21T08:00:00Z 10.0.0.1: dump:12: it was cut"; },
         CheckLevel::critical, "the primary's dump is not let in: 2026-11-21T08:00:00Z 10.0.0.1: dump:12: it was cut"},
        {"kpropd.acl is wrong", [](auto& s, auto&) { s.acl_problem = "kpropd.acl:3:9: role"; }, CheckLevel::warning,
         "kpropd.acl has errors, an older one is in force"},
        {"the worst comes first",
         [](auto& s, auto&) {
             s.acl_problem = "wrong";
             s.secondaries[1].behind_since = now - 1h;
         },
         CheckLevel::critical, "kdc2 (behind) lacks 2 changes for 1h; kpropd.acl has errors, an older one is in force"},
        {"many are behind", [](auto& s, auto&) { s.secondaries = std::vector(5, secondary("kdc", 1, 1h)); },
         CheckLevel::critical,
         "kdc (behind) lacks 1 changes for 1h; kdc (behind) lacks 1 changes for 1h; "
         "kdc (behind) lacks 1 changes for 1h; and 2 more"},
    };
    const std::array words{"OK", "WARNING", "CRITICAL", "UNKNOWN"};
    for (const Row& row : table) {
        SCOPED_TRACE(row.when);
        Status status = usual();
        CheckLimits limits;
        row.change(status, limits);
        const Check check = check_status(status, limits);
        EXPECT_EQ(check.level, row.level);
        EXPECT_EQ(check.line.substr(0, check.line.find(" | ")),
                  std::string("PROPAGATION ") + words.at(static_cast<std::size_t>(check.level)) + ": " + row.text);
    }
}

TEST(StatusCheck, ThePerfdataAreTheGreatestOfThoseThatAreSentToByThemselves) {
    Status status = usual();
    status.secondaries.push_back(secondary("kdc3", 5, 20s));
    status.secondaries.push_back(secondary("kdc4", 42, 9h));
    status.secondaries.back().role = "Manual";
    EXPECT_THAT(check_status(status, {}).line, EndsWith(" | 'behind'=60s;;300;0 'changes'=5;;;0 'secondaries'=4;;;0"));
    EXPECT_THAT(check_status(status, {30min, 10}).line,
                EndsWith(" | 'behind'=60s;;1800;0 'changes'=5;;10;0 'secondaries'=4;;;0"));
    status.secondaries[1].behind_since.reset();
    EXPECT_THAT(check_status(status, {}).line, HasSubstr(" | 'behind'=U;;300;0 'changes'=5;;;0 "));
}

TEST(StatusCheck, WithoutAStatusItIsCriticalWhereNoGatewayAnswersAndUnknownElse) {
    const Check away = check_status(Error(Errc::unavailable, "no gateway answers"), {});
    EXPECT_EQ(away.level, CheckLevel::critical);
    EXPECT_EQ(away.line, "PROPAGATION CRITICAL: no gateway answers");
    for (const Errc code : {Errc::denied, Errc::corrupt, Errc::internal, Errc::invalid_input}) {
        EXPECT_EQ(check_status(Error(code, "who\nknows"), {}).level, CheckLevel::unknown);
        EXPECT_EQ(check_status(Error(code, "who\nknows"), {}).line, "PROPAGATION UNKNOWN: who?knows");
    }
}

}  // namespace
}  // namespace kpropgw::control
