#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gateway/control/status.hpp"
#include "gateway/control/text.hpp"
#include "tests/control/fixture.hpp"

namespace kpropgw::control {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ControlStatusTable, ShowsTheGatewayItsSourceAndTheWorstFirst) {
    EXPECT_EQ(to_table(full_status()),
              R"(realm    KRB390.IBM.COM, serial 42, 12 principals, 2 policies
gateway  gateway.example.com, version 0.1.0, up 2h, journal above 7 (12 KiB)
source   iprop:kdc1.example.com, position 1234, asked 1m ago, last change 12m ago
    it answers "permission denied" (kpropgw explain source-refuses-follower)
last refusal 2026-11-21T08:00:00Z 10.0.0.9: host/evil@KRB390.IBM.COM is not the primary
kpropd.acl is not in force, the one before it is:
    kpropd.acl:3:9: role "Replce" is not known

HOST           ROLE     STATE       DUMP  LEVEL  UNSENT  UNSTORED  UNPROVEN  LAST OK  NEXT TRY
b.example.com  Compat   failing     b7    40     1 (3m)  2 (12m)   -         40m ago  in 1m
    connection refused (kpropgw explain kpropd-not-running)
c.example.com  Update   needs-full  -     0      42      42        -         never    sending
a.example.com  Replace  healthy     r13   42     0       0         1 (3m)    2m ago   -
)");
}

TEST(ControlStatusTable, SaysOfAPrimaryThatPushesWhenItDid) {
    Status status = full_status();
    status.source = {"kprop", "kprop", {}, {}, status.last_push, {}};
    EXPECT_THAT(to_table(status), HasSubstr("source   kprop from dceimgvj.endicott.ibm.com, last push 4m ago from "
                                            "127.0.0.1, last change 4m ago\n"));
    status.last_push_from = status.primary;
    EXPECT_THAT(to_table(status), HasSubstr("last push 4m ago, last change"));
    status.last_push.reset();
    status.source.last_change.reset();
    EXPECT_THAT(to_table(status), HasSubstr("last push never, last change never\n"));
}

TEST(ControlStatusTable, DoesWithoutColumnsThatATerminalHasNoRoomFor) {
    const auto heading = [](std::size_t width) {
        const std::string table = to_table(full_status(), {false, width});
        const std::size_t at = table.find("HOST");
        return table.substr(at, table.find('\n', at) - at);
    };
    const std::string all = heading(0);
    EXPECT_EQ(heading(95), all);
    EXPECT_EQ(heading(90), "HOST           ROLE     STATE       LEVEL  UNSENT  UNSTORED  UNPROVEN  LAST OK  NEXT TRY");
    EXPECT_EQ(heading(80), "HOST           ROLE     STATE       LEVEL  UNSENT  UNSTORED  LAST OK  NEXT TRY");
    EXPECT_EQ(heading(10), "HOST           STATE       UNSENT  UNSTORED");
}

TEST(ControlStatusTable, IsNoWiderThanATerminalThatHasRoomForWhatMatters) {
    for (std::size_t width = 48; width < 100; ++width) {
        const std::string table = to_table(full_status(), {false, width});
        std::istringstream lines(table.substr(table.find("HOST")));
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("    ")) continue;  // words, which are not cut
            EXPECT_LE(line.size(), width) << line;
        }
    }
}

TEST(ControlStatusTable, AProblemOfSeveralLinesKeepsThem) {
    Status status = full_status();
    status.acl_problem = "kpropd.acl:3:9: role\nkdc1 Replce\n     ^~~~~~";
    EXPECT_THAT(to_table(status), HasSubstr("    kpropd.acl:3:9: role\n    kdc1 Replce\n         ^~~~~~\n"));
}

TEST(ControlStatusTable, AStateThatIsNotKnownComesBeforeAll) {
    Status status = full_status();
    status.secondaries[0].state = "haunted";
    const std::string table = to_table(status);
    EXPECT_LT(table.find("haunted"), table.find("failing"));
}

TEST(ControlStatusTable, TheReasonOfAFreezeStandsBelowItsLineWithTheWayOut) {
    Status status = full_status();
    status.secondaries[0].state = "held";
    status.secondaries[0].frozen = "its disk\nis exchanged";
    EXPECT_THAT(to_table(status), HasSubstr("    frozen: its disk?is exchanged; kpropgw thaw a.example.com\n"));
    EXPECT_THAT(to_console(status), HasSubstr("  FROZEN: its disk?is exchanged\n"));
    EXPECT_EQ(parse_status(to_json(status)).value().secondaries[0].frozen, status.secondaries[0].frozen);
}

TEST(ControlStatusTable, AKdcThatServesOldKeysIsToldBelowItsLine) {
    Status status = full_status();
    status.secondaries[0].kdc_problem = "another\ndatabase";
    EXPECT_THAT(to_table(status), HasSubstr("    its KDC: another?database\n"));
    EXPECT_THAT(to_console(status), HasSubstr("  KDC: another?database\n"));
}

TEST(ControlStatusTable, ADumpThatIsNotLetInIsToldOnce) {
    Status status = full_status();
    status.held_dump = status.last_refusal = "2026-11-21T08:00:00Z 10.0.0.1: dump:12: it was cut";
    const std::string table = to_table(status);
    EXPECT_THAT(table, HasSubstr("\ndump not let in 2026-11-21T08:00:00Z 10.0.0.1: dump:12: it was cut\n"));
    EXPECT_EQ(table.find("last refusal"), std::string::npos);
}

TEST(ControlStatusTable, TextOfPeersCannotRewriteATerminal) {
    Status status = full_status();
    status.secondaries[1].last_error = "no\x1b[2J\nhost";
    status.last_refusal = "a\rb";
    status.source.last_error = "x\x1b[0m";
    for (const bool coloured : {false, true}) {
        const std::string table = to_table(status, {coloured, 0});
        EXPECT_THAT(table, HasSubstr("    no?[2J?host"));
        EXPECT_THAT(table, HasSubstr("last refusal a?b"));
        EXPECT_THAT(table, HasSubstr("    x?[0m"));
    }
    EXPECT_THAT(to_console(status), HasSubstr("  REASON: no?[2J?host"));
    EXPECT_THAT(to_console(status), HasSubstr("  REASON: x?[0m"));
}

TEST(ControlStatusTable, TheConsoleSaysTheSame) {
    EXPECT_EQ(to_console(full_status()),
              R"(DISPLAY PROP  2026-11-21T08:52:02Z
REALM KRB390.IBM.COM  SERIAL 42
GATEWAY gateway.example.com  VERSION 0.1.0  STARTED 2026-11-21T06:50:02Z
JOURNAL ABOVE 7  BYTES 12345
PRIMARY dceimgvj.endicott.ibm.com  LAST PUSH 2026-11-21T08:48:02Z
SOURCE iprop:kdc1.example.com  POSITION 1234  LAST ASKED 2026-11-21T08:51:02Z  LAST CHANGE 2026-11-21T08:40:02Z
  REASON: it answers "permission denied" (kpropgw explain source-refuses-follower)
SERVER         PORT  ROLE     STATE       DUMP  UPDATE LEVEL  UNSENT  UNSTORED  UNPROVEN  LAST PROPAGATION      NEXT TRY
b.example.com  7754  Compat   failing     b7    40            1 (3m)  2 (12m)   -         2026-11-21T08:12:02Z  in 1m
  REASON: connection refused (kpropgw explain kpropd-not-running)
c.example.com  754   Update   needs-full  -     0             42      42        -         NEVER                 sending
a.example.com  754   Replace  healthy     r13   42            0       0         1 (3m)    2026-11-21T08:50:02Z  -
3 SERVERS DISPLAYED
)");
}

TEST(ControlStatusTable, AgesAreGivenInTheLargestUnitAlone) {
    const Time now = full_status().now;
    const auto before = [&](std::chrono::seconds seconds) { return age(now, now - seconds); };
    using namespace std::chrono_literals;
    EXPECT_EQ(before(0s), "0s");
    EXPECT_EQ(before(-5s), "0s");
    EXPECT_EQ(before(59s), "59s");
    EXPECT_EQ(before(60s), "1m");
    EXPECT_EQ(before(3599s), "59m");
    EXPECT_EQ(before(3600s), "1h");
    EXPECT_EQ(before(86399s), "23h");
    EXPECT_EQ(before(86400s), "1d");
}

TEST(ControlStatusTable, BytesAreGivenInTheLargestUnitThatIsNotAboveThem) {
    EXPECT_EQ(bytes_text(0), "0 B");
    EXPECT_EQ(bytes_text(1023), "1023 B");
    EXPECT_EQ(bytes_text(1024), "1.0 KiB");
    EXPECT_EQ(bytes_text(10239), "9.9 KiB");
    EXPECT_EQ(bytes_text(10240), "10 KiB");
    EXPECT_EQ(bytes_text((1 << 20) - 1), "1023 KiB");
    EXPECT_EQ(bytes_text(std::uint64_t{3} << 31), "6.0 GiB");
    EXPECT_EQ(bytes_text(std::uint64_t{5} << 50), "5120 TiB");
}

}  // namespace
}  // namespace kpropgw::control
