#include "gateway/control/events.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "gateway/control/client.hpp"
#include "gateway/control/event_wait.hpp"
#include "gateway/events/report.hpp"
#include "tests/control/fixture.hpp"

namespace kpropgw::control {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

events::Occurrence refusal(std::string peer) {
    events::Occurrence occurrence;
    occurrence.time = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + 19h);
    occurrence.event = &events::push_refused;
    occurrence.fields = {{"peer", std::move(peer)}, {"error", "no \"key\"\nat all"}};
    return occurrence;
}

TEST(Events, OneIsALineOfJson) {
    auto occurrence = refusal("192.0.2.7");
    occurrence.number = 7;
    EXPECT_EQ(to_json(to_reported(occurrence)),
              R"({"number":7,"time":"2026-11-21T19:00:00Z","id":"push-refused","level":"warning",)"
              R"("text":"a push was refused","fields":{"peer":"192.0.2.7","error":"no \"key\"\nat all"}})");
}

TEST(Events, APageTravelsWhole) {
    events::Ring ring(10, Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)));
    ring.add(refusal("a"));
    ring.add(refusal("b"));
    EventsPage page{ring.started(), ring.last(), {}};
    for (const auto& occurrence : ring.after(0, 10))
        page.events.push_back(to_reported(occurrence));
    const auto read = parse_events_page(to_json(page));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(to_json(*read), to_json(page));
    EXPECT_EQ(read->events.at(1).fields.at(0).value, "b");
    EXPECT_EQ(read->started, ring.started());
    EXPECT_FALSE(parse_events_page("{}"));
    EXPECT_FALSE(parse_events_page(R"({"started":"yesterday","last":1,"events":[]})"));
}

TEST(Events, AQueryTravelsWholeAndWithinItsLimits) {
    const EventsQuery query{41, 10, 1500ms};
    EXPECT_EQ(to_query(query), "after=41&limit=10&wait_ms=1500");
    EXPECT_EQ(*parse_events_query(to_query(query)), query);
    EXPECT_EQ(*parse_events_query(""), (EventsQuery{0, largest_events_page, 0ms}));
    EXPECT_EQ(parse_events_query("wait_ms=18446744073709551615")->wait, longest_events_wait);
    EXPECT_THAT(parse_events_query("since=1").error().text(),
                HasSubstr("only \"after\", \"limit\" and \"wait_ms\" are known"));
    EXPECT_THAT(parse_events_query("after=-1").error().text(), HasSubstr("\"after\" is not a number"));
    EXPECT_THAT(parse_events_query("limit=").error().text(), HasSubstr("\"limit\" is not a number"));
}

class EventWait : public testing::Test {
protected:
    /// With the loop on a thread of its own.
    std::future<EventsPage> ask(EventsQuery query) {
        auto answer = boost::asio::co_spawn(loop_, wait_for_events(ring_, query), boost::asio::use_future);
        if (!thread_.joinable()) thread_ = std::jthread([this] { loop_.run(); });
        return answer;
    }

    events::Ring ring_{10};
    boost::asio::io_context loop_;
    std::jthread thread_;
};

TEST_F(EventWait, WhatIsThereIsAnsweredAtOnce) {
    for (const char* peer : {"a", "b", "c"})
        ring_.add(refusal(peer));
    const auto page = ask({1, 1, 25s}).get();
    ASSERT_EQ(page.events.size(), 1u);
    EXPECT_EQ(page.events[0].number, 2u);
    EXPECT_EQ(page.last, 3u);
}

TEST_F(EventWait, WakesWhenAnotherThreadReports) {
    ring_.add(refusal("a"));
    auto answer = ask({1, 10, 25s});
    EXPECT_EQ(answer.wait_for(50ms), std::future_status::timeout);
    ring_.add(refusal("b"));
    ASSERT_EQ(answer.wait_for(5s), std::future_status::ready);
    EXPECT_EQ(answer.get().events.at(0).fields.at(0).value, "b");
}

TEST_F(EventWait, EndsWithNothingWhenNothingHappens) {
    const auto page = ask({0, 10, 30ms}).get();
    EXPECT_TRUE(page.events.empty());
    EXPECT_EQ(page.last, 0u);
}

TEST_F(EventWait, SaysAtOnceThatItCountsAnew) {
    ring_.add(refusal("a"));
    const auto page = ask({500, 10, 25s}).get();
    EXPECT_TRUE(page.events.empty());
    EXPECT_EQ(page.last, 1u);
}

class EventsOfAServer : public Folder {
protected:
    FakeOrders orders_;
};

TEST_F(EventsOfAServer, TheClientIsAnsweredWhatTheProcessReported) {
    const Running running(path_, orders_);
    const auto before = events::recent().last();
    events::report(events::push_refused, {{"peer", "192.0.2.7"}},
                   Error(Errc::denied, "why").because(causes::not_the_primary));
    const auto page = fetch_events(path_, {before, 10, 25s});
    ASSERT_TRUE(page) << page.error();
    ASSERT_EQ(page->events.size(), 1u);
    EXPECT_EQ(page->events[0].id, "push-refused");
    EXPECT_EQ(page->events[0].fields.back().value, "not-the-primary");
}

}  // namespace
}  // namespace kpropgw::control
