#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <thread>

#include "gateway/control/server.hpp"

namespace kpropgw::control {

/// A status with something in every field.
inline Status full_status() {
    const auto at = [](int minute) {
        return Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + std::chrono::hours(8) +
                    std::chrono::minutes(minute) + std::chrono::seconds(2));
    };
    Status status;
    status.realm = "KRB390.IBM.COM";
    status.gateway = "gateway.example.com";
    status.version = "0.1.0";
    status.started = at(-70);
    status.serial = 42;
    status.journal_low = 7;
    status.journal_bytes = 12345;
    status.principals = 12;
    status.policies = 2;
    status.source = {"iprop",
                     "iprop:kdc1.example.com",
                     1234,
                     at(51),
                     at(40),
                     "it answers \"permission denied\"",
                     "source-refuses-follower"};
    status.primary = "dceimgvj.endicott.ibm.com";
    status.last_push = at(48);
    status.last_push_from = "127.0.0.1";
    status.last_refusal = "2026-11-21T08:00:00Z 10.0.0.9: host/evil@KRB390.IBM.COM is not the primary";
    status.acl_problem = "kpropd.acl:3:9: role \"Replce\" is not known";
    status.now = at(52);
    SecondaryStatus good;
    good.host = "a.example.com";
    good.port = 754;
    good.role = "Replace";
    good.state = "healthy";
    good.dump_version = "r13";
    good.level = 42;
    good.sent = {42, 0, std::nullopt};
    good.proven = {41, 1, at(49)};
    good.last_success = at(50);
    SecondaryStatus bad;
    bad.host = "b.example.com";
    bad.port = 7754;
    bad.role = "Compat";
    bad.state = "failing";
    bad.dump_version = "b7";
    bad.level = 40;
    bad.behind = 2;
    bad.behind_since = at(40);
    bad.sent = {41, 1, at(49)};
    bad.last_success = at(12);
    bad.last_failure = at(51);
    bad.last_error = "connection refused";
    bad.last_cause = "kpropd-not-running";
    bad.next_try = at(53);
    SecondaryStatus fresh;
    fresh.host = "c.example.com";
    fresh.port = 754;
    fresh.role = "Update";
    fresh.state = "needs-full";
    fresh.behind = 42;
    fresh.sent = {0, 42, std::nullopt};
    fresh.sending = true;
    fresh.sent_bytes = 3'000'000'000;
    fresh.total_bytes = 4'000'000'000;
    status.secondaries = {good, bad, fresh};
    return status;
}

/// Answers from what a test put in, and remembers what was asked.
class FakeOrders : public Orders {
public:
    Result<Status> status() override { return status_; }

    Result<PropReport> prop(PropOrder order) override {
        ordered_ = order;
        if (given_) return *given_;
        PropReport report{7, 42, {}};
        for (const std::string& host : order.hosts)
            report.answers.push_back({host, "queued", "", false, 0, 0});
        return report;
    }

    Result<PropReport> prop_report(std::uint64_t order) override {
        reported_.push_back(order);
        const Result<PropReport> report = reports_.front();
        if (reports_.size() > 1) reports_.pop_front();
        return report;
    }

    boost::asio::awaitable<Result<RefreshAnswer>> refresh() override { co_return refresh_; }

    boost::asio::awaitable<Result<JournalPage>> journal(JournalQuery query) override {
        query_ = query;
        co_return page_;
    }

    boost::asio::awaitable<Result<WaitAnswer>> wait(WaitOrder order) override {
        waits_.push_back(order);
        if (on_order_) on_order_();
        if (pause_.count() > 0) {
            boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, pause_);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        co_return waits_.size() < answered_at_ ? lacking_ : reached_;
    }

    boost::asio::awaitable<ReloadAnswer> reload() override { co_return reload_; }

    boost::asio::awaitable<Result<void>> skip(SkipOrder order) override {
        skipped_ = order;
        co_return skip_;
    }

    boost::asio::awaitable<Result<FreezeAnswer>> freeze(FreezeOrder order) override {
        frozen_ = order;
        co_return freeze_;
    }

    boost::asio::awaitable<Result<void>> thaw(ThawOrder order) override {
        thawed_ = order;
        co_return thaw_;
    }

    boost::asio::awaitable<Result<std::vector<ProbeAnswer>>> probe(ProbeOrder order) override {
        probed_ = order;
        co_return probe_;
    }

    Result<Status> status_ = full_status();
    JournalQuery query_;
    Result<JournalPage> page_ = JournalPage();
    std::vector<WaitOrder> waits_;
    std::size_t answered_at_ = 1;  ///< the ordinal of the first wait that is answered with reached_
    Result<WaitAnswer> lacking_ = WaitAnswer();
    Result<WaitAnswer> reached_ = WaitAnswer();
    ProbeOrder probed_;
    Result<std::vector<ProbeAnswer>> probe_ = std::vector<ProbeAnswer>();
    ReloadAnswer reload_;
    SkipOrder skipped_;
    Result<void> skip_;
    FreezeOrder frozen_;
    Result<FreezeAnswer> freeze_ = FreezeAnswer();
    ThawOrder thawed_;
    Result<void> thaw_;
    std::chrono::milliseconds pause_{0};
    std::function<void()> on_order_;
    PropOrder ordered_;
    std::optional<Result<PropReport>> given_;  ///< absent: each host is queued
    /// One after the other; the last one stays.
    std::deque<Result<PropReport>> reports_{Error(Errc::not_found, "order is not known")};
    std::vector<std::uint64_t> reported_;
    Result<RefreshAnswer> refresh_ = RefreshAnswer{"iprop:kdc1", 41, 42, false};
};

/// A folder of its own; the process dies when a test hangs.
class Folder : public ::testing::Test {
protected:
    Folder() {
        ::alarm(60);
        std::string name = (std::filesystem::temp_directory_path() / "kpropgw-control-XXXXXX").string();
        directory_ = ::mkdtemp(name.data());
        path_ = directory_ + "/control.sock";
    }
    ~Folder() override {
        std::filesystem::remove_all(directory_);
        ::alarm(0);
    }

    std::string directory_;
    std::string path_;
};

/// A server on a loop of its own in a thread of its own.
class Running {
public:
    Running(std::string path, Orders& orders, ServerLimits limits = {}, std::optional<std::string> readers = {}) {
        server_.emplace(loop_.get_executor(), std::move(path), orders, limits, std::move(readers));
        started_ = server_->start();
        thread_ = std::thread([this] { loop_.run(); });
    }
    ~Running() {
        on_loop([this] { server_.reset(); });
        work_.reset();
        thread_.join();
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    void on_loop(const std::function<void()>& action) {
        std::promise<void> done;
        boost::asio::post(loop_, [&] {
            action();
            done.set_value();
        });
        done.get_future().wait();
    }
    void stop() {
        on_loop([this] { server_->stop(); });
    }
    const Result<void>& started() const { return started_; }

private:
    boost::asio::io_context loop_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{loop_.get_executor()};
    std::optional<Server> server_;
    Result<void> started_;
    std::thread thread_;
};

}  // namespace kpropgw::control
