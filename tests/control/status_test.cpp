#include "gateway/control/status.hpp"

#include <gtest/gtest.h>

#include "tests/control/fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;

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
    EXPECT_EQ(read->secondaries[1].sent.serial, 41u);
    EXPECT_FALSE(read->secondaries[1].proven);
    EXPECT_EQ(read->source.position, 1234u);
    EXPECT_EQ(to_json(parse_status(to_json(Status{})).value()), to_json(Status{}));
}

TEST(ControlStatus, TheNamesOfItsFieldsAreFixed) {
    Status status = full_status();
    status.secondaries.resize(1);
    EXPECT_EQ(to_json(status), R"({
  "realm": "KRB390.IBM.COM",
  "gateway": "gateway.example.com",
  "version": "0.1.0",
  "started": "2026-11-21T06:50:02Z",
  "serial": 42,
  "journal_low": 7,
  "journal_bytes": 12345,
  "principals": 12,
  "policies": 2,
  "source": {
    "kind": "iprop",
    "name": "iprop:kdc1.example.com",
    "position": 1234,
    "last_asked": "2026-11-21T08:51:02Z",
    "last_change": "2026-11-21T08:40:02Z",
    "last_error": "it answers \"permission denied\"",
    "last_cause": "source-refuses-follower"
  },
  "primary": "dceimgvj.endicott.ibm.com",
  "last_push": "2026-11-21T08:48:02Z",
  "last_push_from": "127.0.0.1",
  "last_refusal": "2026-11-21T08:00:00Z 10.0.0.9: host/evil@KRB390.IBM.COM is not the primary",
  "held_dump": null,
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
      "sent": {
        "serial": 42,
        "behind": 0,
        "behind_since": null
      },
      "proven": {
        "serial": 41,
        "behind": 1,
        "behind_since": "2026-11-21T08:49:02Z"
      },
      "kdc_problem": null,
      "last_success": "2026-11-21T08:50:02Z",
      "last_failure": null,
      "last_error": null,
      "last_cause": null,
      "next_try": null,
      "sending": false,
      "sent_bytes": null,
      "total_bytes": null,
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

}  // namespace
