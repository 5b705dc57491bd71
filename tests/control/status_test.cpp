#include "gateway/control/status.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/control/text.hpp"
#include "tests/control/fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;
using testing::HasSubstr;

namespace {

TEST(ControlStatus, ReadsBackFromJsonAsItWasWritten) {
    const std::string json = to_json(full_status());
    const auto read = parse_status(json);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(to_json(*read), json);
    EXPECT_EQ(read->last_push, full_status().last_push);
    EXPECT_EQ(read->now, full_status().now);
    ASSERT_EQ(read->secondaries.size(), 3u);
    EXPECT_EQ(read->secondaries[1].behind_since, full_status().secondaries[1].behind_since);
    EXPECT_EQ(read->secondaries[1].last_error, "connection refused");
    EXPECT_EQ(read->secondaries[1].port, 7754);
    EXPECT_EQ(read->secondaries[2].last_success, std::nullopt);
    EXPECT_TRUE(read->secondaries[2].sending);
    EXPECT_EQ(to_json(parse_status(to_json(Status{})).value()), to_json(Status{}));
}

TEST(ControlStatus, TheNamesOfItsFieldsAreFixed) {
    Status status = full_status();
    status.secondaries.resize(1);
    EXPECT_EQ(to_json(status), R"({
  "realm": "KRB390.IBM.COM",
  "gateway": "gateway.example.com",
  "version": "0.1.0",
  "serial": 42,
  "journal_low": 7,
  "principals": 12,
  "policies": 2,
  "primary": "dceimgvj.endicott.ibm.com",
  "last_push": "2026-11-21T08:48:02Z",
  "last_push_from": "127.0.0.1",
  "last_refusal": "2026-11-21T08:00:00Z 10.0.0.9: host/evil@KRB390.IBM.COM is not the primary",
  "acl_problem": "kpropd.acl:3:9: role \"Replce\" is not known",
  "now": "2026-11-21T08:52:02Z",
  "secondaries": [
    {
      "host": "a.example.com",
      "port": 754,
      "role": "Replace",
      "state": "healthy",
      "dump_version": "r13",
      "level": 42,
      "behind": 0,
      "behind_since": null,
      "last_success": "2026-11-21T08:50:02Z",
      "last_failure": null,
      "last_error": null,
      "next_try": null,
      "sending": false,
      "frozen": null
    }
  ]
})");
}

TEST(ControlStatus, JsonThatIsNoStatusIsAnErrorNotAFall) {
    for (const char* json : {"", "[]", "{}", "{\"realm\": 5}", "null"}) {
        ASSERT_FALSE(parse_status(json)) << json;
        EXPECT_EQ(parse_status(json).error().code(), Errc::corrupt);
    }
    for (const char* time : {"yesterday", "2026-13-01T00:00:00Z", "2026-11-21T08:52:02Zx", "2026-11-21"}) {
        std::string json = to_json(full_status());
        json.replace(json.find("2026-11-21T08:52:02Z"), 20, time);
        EXPECT_EQ(parse_status(json).error().text(),
                  "the gateway's status: \"" + std::string(time) + "\" is not a time");
    }
    const std::string whole = to_json(full_status());
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(parse_status(whole.substr(0, size))) << size;
}

TEST(ControlStatus, TheTableShowsTheWorstFirst) {
    EXPECT_EQ(to_table(full_status()),
              R"(realm KRB390.IBM.COM, serial 42, 12 principals, 2 policies
gateway gateway.example.com, version 0.1.0
primary dceimgvj.endicott.ibm.com, last push 4m ago from 127.0.0.1
last refusal 2026-11-21T08:00:00Z 10.0.0.9: host/evil@KRB390.IBM.COM is not the primary
kpropd.acl is not in force, the one before it is:
    kpropd.acl:3:9: role "Replce" is not known

HOST           ROLE     DUMP  LEVEL  BEHIND   STATE       LAST SUCCESS  NEXT TRY
b.example.com  Compat   b7    40     2 (12m)  failing     40m ago       in 1m
    connection refused
c.example.com  Update   -     0      42       needs-full  never         sending
a.example.com  Replace  r13   42     0        healthy     2m ago        -
)");
}

TEST(ControlStatus, TheConsoleShowsTheServersAsTheyStand) {
    EXPECT_EQ(to_console(full_status()),
              R"(DISPLAY PROP  2026-11-21T08:52:02Z
REALM KRB390.IBM.COM  SERIAL 42
PRIMARY dceimgvj.endicott.ibm.com  LAST PUSH 2026-11-21T08:48:02Z
SERVER         PORT  ROLE     STATE    UPDATE LEVEL  PENDING  LAST PROPAGATION
a.example.com  754   Replace  healthy  42            0        2026-11-21T08:50:02Z
b.example.com  7754  Compat   failing  40            2        2026-11-21T08:12:02Z
  REASON: connection refused
c.example.com  754   Update   sending  0             42       NEVER
3 SERVERS DISPLAYED
)");
}

TEST(ControlStatus, AProblemOfSeveralLinesKeepsThem) {
    Status status = full_status();
    status.acl_problem = "kpropd.acl:3:9: role\nkdc1 Replce\n     ^~~~~~";
    EXPECT_THAT(to_table(status), HasSubstr("    kpropd.acl:3:9: role\n    kdc1 Replce\n         ^~~~~~\n"));
}

TEST(ControlStatus, AStateThatIsNotKnownComesBeforeAll) {
    Status status = full_status();
    status.secondaries[0].state = "haunted";
    const std::string table = to_table(status);
    EXPECT_LT(table.find("haunted"), table.find("failing"));
}

TEST(ControlStatus, TheReasonOfAFreezeStandsBelowItsLineWithTheWayOut) {
    Status status = full_status();
    status.secondaries[0].state = "held";
    status.secondaries[0].frozen = "its disk\nis exchanged";
    EXPECT_THAT(to_table(status), HasSubstr("    frozen: its disk?is exchanged; kpropgw thaw a.example.com\n"));
    EXPECT_THAT(to_console(status), HasSubstr("  FROZEN: its disk?is exchanged\n"));
    EXPECT_EQ(parse_status(to_json(status)).value().secondaries[0].frozen, status.secondaries[0].frozen);
}

TEST(ControlStatus, TextOfPeersCannotRewriteATerminal) {
    Status status = full_status();
    status.secondaries[1].last_error = "no\x1b[2J\nhost";
    status.last_refusal = "a\rb";
    EXPECT_THAT(to_table(status), HasSubstr("    no?[2J?host\n"));
    EXPECT_THAT(to_table(status), HasSubstr("last refusal a?b\n"));
    EXPECT_THAT(to_console(status), HasSubstr("  REASON: no?[2J?host\n"));
}

TEST(ControlStatus, AgesAreGivenInTheLargestUnitAlone) {
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

}  // namespace
