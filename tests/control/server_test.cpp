#include "gateway/control/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "gateway/control/client.hpp"
#include "gateway/control/messages.hpp"
#include "tests/control/fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

namespace asio = boost::asio;

class ControlServer : public Folder {
protected:
    /// What the server answers to these bytes, until it closes.
    std::string exchange(const std::string& bytes) {
        asio::io_context loop;
        asio::local::stream_protocol::socket socket(loop);
        socket.connect(path_);
        boost::system::error_code code;
        asio::write(socket, asio::buffer(bytes), code);
        socket.shutdown(socket.shutdown_send, code);
        std::string answer;
        asio::read(socket, asio::dynamic_buffer(answer), code);
        return answer;
    }

    static std::string post(const std::string& body) {
        return "POST /v1/prop HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    FakeOrders orders_;
};

TEST_F(ControlServer, StatusTravelsWhole) {
    const Running running(path_, orders_);
    ASSERT_TRUE(running.started());
    const auto status = fetch_status(path_);
    ASSERT_TRUE(status) << status.error();
    EXPECT_EQ(to_json(*status), to_json(full_status()));
}

TEST_F(ControlServer, APropOrderAndItsReportsTravelWhole) {
    const Running running(path_, orders_);
    const PropOrder order{{"a.example.com", "b.example.com"}, false, "", true};
    const auto given = order_prop(path_, order);
    ASSERT_TRUE(given) << given.error();
    EXPECT_EQ(orders_.ordered_, order);
    ASSERT_EQ(given->answers.size(), 2u);
    EXPECT_EQ(given->answers.at(1).host, "b.example.com");
    EXPECT_EQ(given->answers.at(1).outcome, "queued");
    const PropReport later{7, 42, {{"a.example.com", "sending", "", false, 1, 2}}};
    orders_.reports_ = {later};
    const auto report = fetch_prop_report(path_, given->order);
    ASSERT_TRUE(report) << report.error();
    EXPECT_THAT(orders_.reported_, ElementsAre(7u));
    EXPECT_EQ(to_json(*report), to_json(later));
    orders_.reports_ = {Error(Errc::not_found, "order 7 is not known")};
    EXPECT_EQ(fetch_prop_report(path_, 7).error().code(), Errc::not_found);
    orders_.given_ = Error(Errc::invalid_input, "role \"Manul\" is not known");
    EXPECT_EQ(order_prop(path_, {{}, false, "Manul", false}).error().text(), "role \"Manul\" is not known");
    EXPECT_THAT(exchange("GET /v1/prop/report?order=x HTTP/1.1\r\nConnection: close\r\n\r\n"),
                StartsWith("HTTP/1.1 400"));
}

TEST_F(ControlServer, ARefreshTravelsWhole) {
    const Running running(path_, orders_);
    const auto answer = order_refresh(path_);
    ASSERT_TRUE(answer) << answer.error();
    EXPECT_EQ(*answer, *orders_.refresh_);
    orders_.refresh_ = Error(Errc::unavailable, "the primary pushes by itself");
    EXPECT_EQ(order_refresh(path_).error().text(), "the primary pushes by itself");
}

TEST_F(ControlServer, APartOfTheJournalTravelsWhole) {
    orders_.page_ =
        JournalPage{3, 9, {{4, Time(std::chrono::seconds(7)), "principal", "a@R", "changed", "kvno 1 to 2"}}};
    const Running running(path_, orders_);
    const auto page = fetch_journal(path_, {3, 50});
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(orders_.query_, (JournalQuery{3, 50}));
    EXPECT_EQ(to_json(*page), to_json(*orders_.page_));
    EXPECT_THAT(exchange("GET /v1/journal HTTP/1.1\r\nConnection: close\r\n\r\n"), StartsWith("HTTP/1.1 200 OK"));
    EXPECT_EQ(orders_.query_, (JournalQuery{0, largest_journal_page}));
    EXPECT_THAT(exchange("GET /v1/journal?until=3 HTTP/1.1\r\nConnection: close\r\n\r\n"),
                HasSubstr(R"({"error":"order: only \"since\" and \"limit\" are known"})"));
}

TEST_F(ControlServer, AWaitTravelsWhole) {
    orders_.reached_ = WaitAnswer{42, 43, {{"kdc2", 40, "behind", "connection refused"}}};
    const Running running(path_, orders_);
    const WaitOrder order{42, {"kdc2"}, 100ms};
    const auto answer = order_wait(path_, order);
    ASSERT_TRUE(answer) << answer.error();
    EXPECT_THAT(orders_.waits_, ElementsAre(order));
    EXPECT_EQ(to_json(*answer), to_json(*orders_.reached_));
    EXPECT_FALSE(answer->reached());
    orders_.reached_ = Error(Errc::not_found, "\"kdc9\" is no secondary in kpropd.acl");
    EXPECT_EQ(order_wait(path_, order).error().code(), Errc::not_found);
}

TEST_F(ControlServer, ASkipTravelsWhole) {
    const Running running(path_, orders_);
    ASSERT_TRUE(order_skip(path_, {"kdc2", 42}));
    EXPECT_EQ(orders_.skipped_, (SkipOrder{"kdc2", 42}));
    orders_.skip_ = Error(Errc::conflict, "it does not lack that one");
    EXPECT_EQ(order_skip(path_, {"kdc2", 42}).error().code(), Errc::conflict);
}

TEST_F(ControlServer, AFreezeAndAThawTravelWhole) {
    orders_.freeze_ = FreezeAnswer{true};
    const Running running(path_, orders_);
    const FreezeOrder order{"kdc2", "the disk is being \"exchanged\""};
    const auto frozen = order_freeze(path_, order);
    ASSERT_TRUE(frozen) << frozen.error();
    EXPECT_TRUE(frozen->sending);
    EXPECT_EQ(orders_.frozen_, order);
    ASSERT_TRUE(order_thaw(path_, {"kdc3"}));
    EXPECT_EQ(orders_.thawed_, ThawOrder{"kdc3"});
    orders_.thaw_ = Error(Errc::conflict, "\"kdc3\" is not frozen");
    EXPECT_EQ(order_thaw(path_, {"kdc3"}).error().code(), Errc::conflict);
}

TEST_F(ControlServer, AnErrorOfTheGatewayKeepsItsKindAndItsWords) {
    const Running running(path_, orders_);
    for (const Errc code :
         {Errc::invalid_input, Errc::not_found, Errc::denied, Errc::conflict, Errc::unavailable, Errc::internal}) {
        orders_.status_ = Error(code, "the store \"x\" is away");
        const auto status = fetch_status(path_);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code(), code);
        EXPECT_EQ(status.error().text(), "the store \"x\" is away");
    }
}

TEST_F(ControlServer, AnOrderMayWaitLongerThanTheDeadline) {
    orders_.pause_ = 600ms;
    const Running running(path_, orders_, {.deadline = 200ms});
    EXPECT_TRUE(order_wait(path_, {42, {}, 600ms}, 300ms));
    const auto hurried = order_wait(path_, {42, {}, 0ms}, 300ms);
    ASSERT_FALSE(hurried);
    EXPECT_EQ(hurried.error().code(), Errc::unavailable);
    EXPECT_EQ(hurried.error().text(), path_ + ": the gateway did not answer within 0.3 s");
}

TEST_F(ControlServer, ManyAskAtOnce) {
    const Running running(path_, orders_);
    std::vector<std::future<bool>> askers;
    for (int i = 0; i < 100; ++i) {
        askers.push_back(std::async(std::launch::async, [this] { return fetch_status(path_).has_value(); }));
    }
    for (auto& asker : askers)
        EXPECT_TRUE(asker.get());
}

TEST_F(ControlServer, NobodyThereIsSaidInWords) {
    const auto status = fetch_status(path_);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code(), Errc::unavailable);
    EXPECT_EQ(status.error().text(), "no gateway answers at " + path_ + ": is \"kpropgw serve\" running?");
}

TEST_F(ControlServer, StopTakesTheSocketAwayAndEndsSessions) {
    Running running(path_, orders_, {.deadline = 1h});
    asio::io_context loop;
    asio::local::stream_protocol::socket idle(loop);
    idle.connect(path_);
    running.stop();
    EXPECT_FALSE(std::filesystem::exists(path_));
    char byte = 0;
    boost::system::error_code code;
    EXPECT_EQ(idle.read_some(asio::buffer(&byte, 1), code), 0u);
    EXPECT_TRUE(code);
}

TEST_F(ControlServer, AnOrderInWaitDoesNotHoldUpStop) {
    orders_.pause_ = 200ms;
    std::promise<void> asked;
    orders_.on_order_ = [&] { asked.set_value(); };
    Running running(path_, orders_);
    auto waiting = std::async(std::launch::async, [this] { return order_wait(path_, {42, {}, 600ms}); });
    asked.get_future().wait();
    running.stop();
    const auto answer = waiting.get();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().text(), path_ + ": the gateway ended before it answered; see its log");
}

TEST_F(ControlServer, AnIdleSessionIsEndedAtItsDeadline) {
    const Running running(path_, orders_, {.deadline = 50ms});
    asio::io_context loop;
    asio::local::stream_protocol::socket idle(loop);
    idle.connect(path_);
    asio::write(idle, asio::buffer(std::string("GET /v1/sta")));
    std::string answer;
    boost::system::error_code code;
    asio::read(idle, asio::dynamic_buffer(answer), code);
    EXPECT_EQ(answer, "");
    EXPECT_EQ(code, asio::error::eof);
}

TEST_F(ControlServer, MoreSessionsThanAllowedAreToldSo) {
    const Running running(path_, orders_, {.sessions = 1});
    asio::io_context loop;
    asio::local::stream_protocol::socket first(loop);
    first.connect(path_);
    const auto status = fetch_status(path_);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().text(), "too many sessions at once; try again");
    EXPECT_EQ(status.error().code(), Errc::unavailable);
}

TEST_F(ControlServer, SeveralRequestsShareAConnection) {
    const Running running(path_, orders_);
    const std::string get = "GET /v1/status HTTP/1.1\r\n\r\n";
    const std::string answer = exchange(get + post(R"({"hosts":["a"]})") + get);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = answer.find("HTTP/1.1 200 OK", at)) != std::string::npos; ++at)
        ++count;
    EXPECT_EQ(count, 3u);
    EXPECT_THAT(answer, HasSubstr(R"({"order":7,"serial":42,"answers":[{"host":"a","outcome":"queued")"));
}

TEST_F(ControlServer, WhatIsNoRequestIsRefusedInWords) {
    const Running running(path_, orders_);
    EXPECT_THAT(exchange("EHLO there\r\n\r\n"), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
    EXPECT_THAT(exchange(std::string(100, '\0') + "\r\n\r\n"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(exchange("GET /v1/stats HTTP/1.1\r\nConnection: close\r\n\r\n"),
                testing::AllOf(StartsWith("HTTP/1.1 404"), HasSubstr(R"({"error":"\"/v1/stats\" is not known"})")));
    EXPECT_THAT(exchange("DELETE /v1/status HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(exchange("GET /v1/prop HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(exchange(post("{")), HasSubstr(R"({"error":"order: the body is not a JSON object"})"));
    EXPECT_THAT(exchange(""), "");
    EXPECT_TRUE(orders_.ordered_.hosts.empty());
    EXPECT_TRUE(fetch_status(path_));
}

TEST_F(ControlServer, AnOversizedRequestIsRefusedBeforeItIsHeld) {
    const Running running(path_, orders_);
    EXPECT_THAT(exchange("POST /v1/prop HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n"),
                StartsWith("HTTP/1.1 413 Payload Too Large\r\n"));
    EXPECT_THAT(exchange("POST /v1/prop HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" +
                         std::string(0x200000, ' ') + "\r\n0\r\n\r\n"),
                StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(exchange("GET /v1/status HTTP/1.1\r\nX: " + std::string(20000, 'x') + "\r\n\r\n"),
                StartsWith("HTTP/1.1 431"));
    const auto large = order_prop(path_, {std::vector<std::string>(100000, "kdc2.example.com"), false, "", false});
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().text(), "the body exceeds 1 MiB");
    const std::string whole = R"({"hosts":["a"]})" + std::string(largest_request - 15, ' ');
    EXPECT_THAT(exchange(post(whole)), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(ControlServer, EveryCutOfARequestLeavesTheServerWell) {
    const Running running(path_, orders_);
    const std::string whole = post(R"({"hosts":["a"],"full":false})");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_THAT(exchange(whole.substr(0, size)), testing::Not(HasSubstr("200 OK"))) << size;
    }
    EXPECT_THAT(exchange(whole), StartsWith("HTTP/1.1 200 OK"));
}

}  // namespace
