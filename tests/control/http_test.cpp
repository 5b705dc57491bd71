// The page's server over real sockets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/control/page_fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;
using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

namespace asio = boost::asio;

TEST(PageServer, AMonitorIsToldThatTheLoopRunsAndWhetherItIsReady) {
    std::string problem;
    PageSource source = page_source();
    source.readiness = [&] { return std::vector<ReadyCheck>{{"registry", problem}}; };
    RunningPage page(source);
    EXPECT_THAT(page.get("/healthz"), AllOf(StartsWith("HTTP/1.1 200"), EndsWith("\r\n\r\nok\n")));
    EXPECT_THAT(page.get("/readyz"), StartsWith("HTTP/1.1 200"));
    page.on_loop([&] { problem = "nothing was taken in yet"; });
    EXPECT_THAT(page.get("/readyz"), AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("nothing was taken in yet")));
}

TEST(PageServer, StatusAndMetricsAreServedAsTheyAre) {
    const RunningPage page(page_source());
    EXPECT_THAT(page.get("/v1/status"), EndsWith(to_json(full_status())));
    EXPECT_THAT(page.get("/metrics"), AllOf(HasSubstr("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"),
                                            EndsWith("\r\n\r\nkpropgw_up 1\n")));
}

TEST(PageServer, AStatusThatCannotBeHadIsSaid) {
    PageSource source = page_source();
    source.status = [] { return Result<Status>(Error(Errc::internal, "the store is away")); };
    const RunningPage page(source);
    EXPECT_THAT(page.get("/v1/status"),
                AllOf(StartsWith("HTTP/1.1 500"), EndsWith(R"({"error":"the store is away"})")));
}

TEST(PageServer, NoMethodButGetAndHeadIsTaken) {
    const RunningPage page(page_source());
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"}) {
        const std::string answer =
            page.exchange(std::string(method) + " /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n");
        EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("Allow: GET, HEAD\r\n"))) << method;
    }
}

TEST(PageServer, TheHeadOfAnAnswerIsThatOfTheWholeOne) {
    const RunningPage page(page_source());
    const std::string whole = page.get("/v1/status");
    const std::string head = page.exchange("HEAD /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(head, whole.substr(0, whole.find("\r\n\r\n") + 4));
}

TEST(PageServer, ABodyIsRefused) {
    const RunningPage page(page_source());
    EXPECT_THAT(page.get("/v1/status", "Content-Length: 1\r\n"), StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(
        page.exchange(
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"),
        StartsWith("HTTP/1.1 413"));
}

TEST(PageServer, AnOversizedHeaderIsRefused) {
    const RunningPage page(page_source());
    EXPECT_THAT(page.get("/healthz", "X: " + std::string(8192, 'x') + "\r\n"), StartsWith("HTTP/1.1 431"));
    EXPECT_THAT(page.get("/" + std::string(9000, 'x')), StartsWith("HTTP/1.1 431"));
}

TEST(PageServer, WhatIsNoHttpIsRefused) {
    const RunningPage page(page_source());
    EXPECT_THAT(page.exchange("SSH-2.0-OpenSSH_9.2\r\n\r\n"), StartsWith("HTTP/1.1 400"));
}

TEST(PageServer, EveryAnswerCarriesTheSafetyHeaders) {
    const RunningPage page(page_source());
    for (const std::string& answer :
         {page.get("/healthz"), page.get("/v1/status"), page.get("/nothing"),
          page.exchange("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
          page.exchange("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), page.exchange("x y z\r\n\r\n")}) {
        EXPECT_THAT(answer,
                    HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
                              "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
                              "frame-ancestors 'none'\r\n"));
        for (const char* header : {"X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
                                   "Cache-Control: no-store\r\n", "Cross-Origin-Resource-Policy: same-origin\r\n"}) {
            EXPECT_THAT(answer, HasSubstr(header));
        }
        EXPECT_THAT(answer, Not(HasSubstr("Set-Cookie")));
        EXPECT_THAT(answer, Not(HasSubstr("Access-Control-Allow")));
    }
}

TEST(PageServer, ANameThatIsNotItsOwnIsRefused) {
    const RunningPage page(page_source());
    const auto asked_as = [&](const std::string& host) {
        return page.exchange("GET /v1/status HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
    };
    EXPECT_THAT(asked_as("Host: gateway.example.com:8754\r\n"), StartsWith("HTTP/1.1 200"));
    for (const char* foreign :
         {"Host: rebound.example.net\r\n", "Host: rebound.example.net:8754\r\n", "Host:\r\n", ""}) {
        EXPECT_THAT(asked_as(foreign),
                    AllOf(StartsWith("HTTP/1.1 421"), HasSubstr("http_names"), Not(HasSubstr("KRB390"))))
            << foreign;
    }
}

TEST(PageServer, ASlowClientIsEndedAtTheDeadline) {
    const RunningPage page(page_source(), {.deadline = 50ms, .largest_body = 0});
    auto slow = page.connect();
    asio::write(slow, asio::buffer(std::string("GET /heal")));
    std::string answer;
    boost::system::error_code code;
    asio::read(slow, asio::dynamic_buffer(answer), code);
    EXPECT_EQ(answer, "");
    EXPECT_EQ(code, asio::error::eof);
}

TEST(PageServer, AClientThatDoesNotReadIsEndedAtTheDeadline) {
    PageSource source = page_source();
    source.metrics = [] { return std::string(64 << 20, '#'); };
    const RunningPage page(source, {.deadline = 100ms, .largest_body = 0});
    auto idle = page.connect();
    asio::write(idle, asio::buffer(std::string("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")));
    std::this_thread::sleep_for(400ms);
    std::string answer;
    boost::system::error_code code;
    asio::read(idle, asio::dynamic_buffer(answer), code);
    EXPECT_LT(answer.size(), std::size_t{64} << 20);
}

TEST(PageServer, MoreSessionsThanAllowedAreToldSoAndManyMoreAreClosed) {
    const RunningPage page(page_source(), {.sessions = 1, .largest_body = 0});
    const auto first = page.connect();
    EXPECT_THAT(page.get("/healthz"), AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("too many sessions at once")));
    const auto second = page.connect();
    EXPECT_EQ(page.get("/healthz"), "");
}

TEST(PageServer, ConnectionsAreKeptForFurtherRequests) {
    const RunningPage page(page_source());
    const std::string get = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const std::string answer = page.exchange(get + get + "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + get);
    std::size_t answers = 0;
    for (std::size_t at = 0; (at = answer.find("HTTP/1.1 200", at)) != answer.npos; ++at)
        ++answers;
    EXPECT_EQ(answers, 4u);
}

TEST(PageServer, StopEndsSessions) {
    RunningPage page(page_source(), {.deadline = 1h, .largest_body = 0});
    auto idle = page.connect();
    asio::write(idle, asio::buffer(std::string("GET /heal")));
    page.stop();
    char byte = 0;
    boost::system::error_code code;
    EXPECT_EQ(idle.read_some(asio::buffer(&byte, 1), code), 0u);
    EXPECT_TRUE(code);
}

TEST(PageServer, APortThatIsTakenIsSaid) {
    asio::io_context loop;
    PageServer first(loop.get_executor(), {"127.0.0.1", 0, {}}, page_source());
    ASSERT_TRUE(first.start());
    PageServer second(loop.get_executor(), {"127.0.0.1", first.port(), {}}, page_source());
    const auto started = second.start();
    ASSERT_FALSE(started);
    EXPECT_THAT(started.error().text(), HasSubstr("cannot listen on [127.0.0.1]"));
}

}  // namespace
