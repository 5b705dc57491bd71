// Events as they happen, over real sockets.
#include "gateway/control/event_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/events/catalogue.hpp"
#include "tests/control/page_fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

namespace asio = boost::asio;

events::Occurrence occurrence(const events::Event& event, std::vector<events::Occurrence::Field> fields = {}) {
    return {0, full_status().now, &event, std::move(fields)};
}

/// A client of the stream that reads until it has seen something.
class Client {
public:
    explicit Client(const RunningPage& page, const std::string& header = "") : socket_(page.connect()) {
        asio::write(socket_, asio::buffer("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n"));
    }
    const std::string& until(const std::string& what) {
        boost::system::error_code code;
        while (!code && said_.find(what) == said_.npos) {
            std::array<char, 4096> some{};
            const std::size_t size = socket_.read_some(asio::buffer(some), code);
            said_.append(some.data(), size);
        }
        return said_;
    }
    std::string to_end() {
        boost::system::error_code code;
        asio::read(socket_, asio::dynamic_buffer(said_), code);
        return said_;
    }
    /// Of the last event.
    std::string id() const {
        const std::size_t at = said_.rfind("id: ") + 4;
        return said_.substr(at, said_.find('\n', at) - at);
    }

private:
    RunningPage::Socket socket_;
    std::string said_;
};

class EventStream : public testing::Test {
protected:
    EventStream() { source_.events = &ring_; }

    events::Ring ring_{100};
    PageSource source_ = page_source();
};

TEST_F(EventStream, WhatHappenedIsToldFirstAndThenWhatHappens) {
    ring_.add(occurrence(events::serving, {{"realm", "KRB390.IBM.COM"}}));
    const RunningPage page(source_);
    Client client(page);
    EXPECT_THAT(client.until("\"serving\""),
                AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("Content-Type: text/event-stream\r\n"),
                      HasSubstr("Cache-Control: no-store\r\n"), HasSubstr("Content-Security-Policy: "),
                      HasSubstr(R"("fields":{"realm":"KRB390.IBM.COM"})")));
    ring_.add(occurrence(events::push_taken));
    client.until("\"push-taken\"");
}

TEST_F(EventStream, AClientThatComesBackGoesOnWhereItWas) {
    ring_.add(occurrence(events::serving));
    const RunningPage page(source_);
    Client first(page);
    first.until("\"serving\"");
    ring_.add(occurrence(events::push_taken));
    Client again(page, "Last-Event-ID: " + first.id() + "\r\n");
    EXPECT_THAT(again.until("\"push-taken\""), Not(HasSubstr("\"serving\"")));
}

TEST_F(EventStream, AnIdThatIsNotOfThisProcessBeginsAnew) {
    ring_.add(occurrence(events::serving));
    const RunningPage page(source_);
    for (const char* id : {"1-1", "", "x", "-", "1-99999999999999999999999"})
        Client(page, "Last-Event-ID: " + std::string(id) + "\r\n").until("\"serving\"");
}

TEST_F(EventStream, WhoComesNewIsToldTheLastFewOnly) {
    for (int i = 0; i < 90; ++i)
        ring_.add(occurrence(events::push_taken));
    ring_.add(occurrence(events::serving));
    const RunningPage page(source_);
    Client client(page);
    const std::string said = client.until("\"serving\"");
    EXPECT_THAT(said, Not(HasSubstr("\"number\":41,")));
    EXPECT_THAT(said, HasSubstr("\"number\":42,"));
    EXPECT_THAT(said, Not(HasSubstr("event: lost")));
}

TEST_F(EventStream, WhatWentByIsCounted) {
    ring_.add(occurrence(events::serving));
    const RunningPage page(source_);
    Client first(page);
    first.until("\"serving\"");
    const std::string id = first.id();
    for (int i = 0; i < 150; ++i)
        ring_.add(occurrence(events::push_taken));
    Client late(page, "Last-Event-ID: " + id + "\r\n");
    EXPECT_THAT(late.until("\"number\":52,"), HasSubstr("event: lost\ndata: {\"count\":50}\n"));
}

TEST_F(EventStream, WarningsComeWithWhatToDo) {
    const auto json = to_stream_json(occurrence(events::push_refused, {{"error", "it is \"not\"\nthe primary"}}));
    EXPECT_THAT(json, Not(HasSubstr("\n")));
    EXPECT_THAT(json, Not(HasSubstr("\"remedy\":\"\"")));
    EXPECT_THAT(to_stream_json(occurrence(events::serving)), HasSubstr("\"remedy\":\"\""));
}

TEST_F(EventStream, TooManyAreTurnedAway) {
    const RunningPage page(source_);
    std::vector<std::unique_ptr<Client>> clients;
    for (std::size_t i = 0; i < EventStreams::most_at_once; ++i) {
        clients.push_back(std::make_unique<Client>(page));
        clients.back()->until("retry:");
    }
    EXPECT_THAT(Client(page).to_end(), AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("too many look at events")));
}

TEST_F(EventStream, StopEndsThem) {
    RunningPage page(source_);
    Client client(page);
    client.until("retry:");
    page.stop();
    client.to_end();
}

TEST_F(EventStream, ItsHeadIsNoStream) {
    const RunningPage page(source_);
    EXPECT_THAT(page.exchange("HEAD /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("text/event-stream")));
}

TEST_F(EventStream, PropagationsBecomeHistory) {
    const RunningPage page(source_);
    ring_.add(occurrence(
        events::propagated,
        {{"secondary", "a.example.com"}, {"role", "Replace"}, {"dump", "r13"}, {"level", "42"}, {"ms", "17"}}));
    ring_.add(occurrence(events::propagation_failed, {{"secondary", "b.example.com"},
                                                      {"role", "Compat"},
                                                      {"failures", "1"},
                                                      {"error", "refused"},
                                                      {"cause", std::string(causes::all_causes()[0]->id)}}));
    while (page.get("/v1/history?host=b.example.com").find("refused") == std::string::npos)
        std::this_thread::sleep_for(10ms);
    EXPECT_THAT(
        page.get("/v1/history?host=a.example.com"),
        HasSubstr(R"("kind":"r13","role":"Replace","outcome":"sent","bytes":null,"ms":17,"error":"","remedy":""})"));
    EXPECT_THAT(page.get("/v1/history?host=b.example.com"),
                AllOf(HasSubstr(R"("outcome":"failed")"), Not(HasSubstr(R"("remedy":"")"))));
}

}  // namespace
