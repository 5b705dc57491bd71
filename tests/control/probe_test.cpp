#include "gateway/control/probe.hpp"

#include <gtest/gtest.h>

namespace kpropgw::control {
namespace {

Time at(int seconds) {
    return Time(std::chrono::seconds(seconds));
}

ProbeAnswer stale() {
    ProbeAnswer answer;
    answer.host = "kdc1.x.com";
    answer.outcome = "stale";
    answer.serial = 40;
    answer.lacks = 41;
    answer.since = at(100);
    answer.principal = "svc@X.COM";
    answer.kvno = 2;
    answer.registry_kvno = 3;
    answer.enctype = "aes256-cts-hmac-sha1-96";
    answer.transport = "udp";
    answer.ms = 7;
    answer.text = "it has confirmed 40 only";
    return answer;
}

TEST(ControlProbe, OrdersAndAnswersReadBackAsTheyWereWritten) {
    const ProbeOrder order{{"kdc1", "kdc2"}, "svc@X.COM"};
    EXPECT_EQ(parse_probe_order(to_json(order)).value(), order);
    EXPECT_EQ(parse_probe_order("{}").value(), ProbeOrder());
    ProbeAnswer failed;
    failed.host = "kdc2.x.com";
    failed.outcome = "failed";
    failed.text = "no answer";
    const std::string written = to_json(std::vector{stale(), failed});
    const auto read = parse_probe_answers(written);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(to_json(*read), written);
    EXPECT_EQ(parse_probe_answers("{}").error().code(), Errc::corrupt);
    EXPECT_EQ(parse_probe_answers("").error().code(), Errc::corrupt);
}

TEST(ControlProbe, AWrongOrderSaysWhatIsWrong) {
    const auto error = [](const char* json) { return parse_probe_order(json).error().text(); };
    EXPECT_EQ(error("[]"), "order: the body is not a JSON object");
    EXPECT_EQ(error(R"({"hosts":"kdc1"})"), "order: \"hosts\" is not a list");
    EXPECT_EQ(error(R"({"hosts":[1]})"), "order: a host is not a string");
    EXPECT_EQ(error(R"({"principal":1})"), "order: \"principal\" is not a string");
    EXPECT_EQ(error(R"({"host":"kdc1"})"), "order: only \"hosts\" and \"principal\" are known");
}

TEST(ControlProbe, OneLineTellsAll) {
    EXPECT_EQ(to_line(stale(), at(160)),
              "kdc1.x.com: stale serial 40, lacks serial 41 of 1m ago (svc@X.COM: kvno 2, the registry kvno 3, "
              "aes256-cts-hmac-sha1-96; udp in 7 ms): it has confirmed 40 only");
    ProbeAnswer serves = stale();
    serves.outcome = "serves";
    serves.lacks.reset();
    serves.since.reset();
    serves.kvno = 3;
    serves.text = "";
    EXPECT_EQ(to_line(serves, at(160)),
              "kdc1.x.com: serves serial 40 (svc@X.COM: kvno 3, aes256-cts-hmac-sha1-96; udp in 7 ms)");
    serves.kvno.reset();
    serves.enctype = "";
    EXPECT_EQ(to_line(serves, at(160)),
              "kdc1.x.com: serves serial 40 (svc@X.COM: no ticket, the registry kvno 3; udp in 7 ms)");
}

}  // namespace
}  // namespace kpropgw::control
