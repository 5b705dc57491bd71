#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "gateway/control/page_server.hpp"
#include "tests/control/fixture.hpp"

namespace kpropgw::control {

/// A page on a free port of loopback, on a loop of its own in a thread of its own; the process dies when a test hangs.
class RunningPage {
public:
    using Socket = boost::asio::ip::tcp::socket;

    explicit RunningPage(PageSource source, ServerLimits limits = {.largest_body = 0}) {
        ::alarm(60);
        PageSettings settings{"127.0.0.1", 0, {"gateway.example.com"}};
        settings.limits = limits;
        page_.emplace(loop_.get_executor(), std::move(settings), std::move(source));
        if (const auto ok = page_->start(); !ok) throw std::runtime_error(ok.error().text());
        thread_ = std::thread([this] { loop_.run(); });
    }
    ~RunningPage() {
        on_loop([this] { page_.reset(); });
        work_.reset();
        thread_.join();
        ::alarm(0);
    }
    RunningPage(const RunningPage&) = delete;
    RunningPage& operator=(const RunningPage&) = delete;

    Socket connect() const {
        Socket socket(client_);
        socket.connect({boost::asio::ip::address_v4::loopback(), page_->port()});
        return socket;
    }

    /// What it answers to these bytes, until it closes.
    std::string exchange(const std::string& bytes) const {
        Socket socket = connect();
        boost::system::error_code code;
        boost::asio::write(socket, boost::asio::buffer(bytes), code);
        socket.shutdown(socket.shutdown_send, code);
        std::string answer;
        boost::asio::read(socket, boost::asio::dynamic_buffer(answer), code);
        return answer;
    }

    std::string get(const std::string& target, const std::string& more = "") const {
        return exchange("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n");
    }

    void on_loop(const std::function<void()>& action) {
        std::promise<void> done;
        boost::asio::post(loop_, [&] {
            action();
            done.set_value();
        });
        done.get_future().wait();
    }
    void stop() {
        on_loop([this] { page_->stop(); });
    }

private:
    boost::asio::io_context loop_;
    mutable boost::asio::io_context client_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{loop_.get_executor()};
    std::optional<PageServer> page_;
    std::thread thread_;
};

inline PageSource page_source() {
    return {.status = [] { return full_status(); },
            .readiness =
                [] {
                    return std::vector<ReadyCheck>{{"registry", ""}};
                },
            .metrics = [] { return std::string("kpropgw_up 1\n"); }};
}

}  // namespace kpropgw::control
