#include "net/our_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/clock.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/net/rpc_records.hpp"
#include "gateway/wire/iprop.hpp"

namespace kpropgw::testing {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

OurServer::OurServer(std::string keytab, Answering answer)
    : service_{std::move(keytab), wire::iprop_program, wire::iprop_version},
      answer_(std::move(answer)),
      acceptor_(loop_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    asio::co_spawn(loop_, accept(), asio::detached);
    thread_ = std::thread([this] { loop_.run(); });
}

OurServer::~OurServer() {
    loop_.stop();
    thread_.join();
    workers_.join();
}

std::vector<std::string> OurServer::refusals() const {
    const std::lock_guard lock(mutex_);
    return refusals_;
}

asio::awaitable<void> OurServer::accept() {
    for (;;)
        asio::co_spawn(loop_, serve(co_await acceptor_.async_accept(asio::use_awaitable)), asio::detached);
}

asio::awaitable<void> OurServer::serve(tcp::socket socket) {
    net::Stream stream(std::move(socket));
    net::RpcServerSession session(service_);
    for (;;) {
        const auto record = co_await net::read_record(stream, std::size_t{64} << 20, 20s);
        if (!record || record->closed) co_return;
        auto step = co_await net::offload(workers_, [&] { return session.step(record->bytes, system_clock().now()); });
        std::string reply;
        if (auto* made = std::get_if<net::RpcServerSession::Reply>(&step)) {
            reply = std::move(made->record);
            const std::lock_guard lock(mutex_);
            if (made->refused) refusals_.push_back(made->refused->text());
        } else if (const auto* call = std::get_if<net::RpcServerSession::Call>(&step)) {
            const auto answer = answer_(call->procedure, call->arguments.reveal(), *session.peers_of(call->ticket));
            if (const auto* results = std::get_if<std::string>(&answer)) {
                reply = session.answer(call->ticket, *results).value();
            } else if (const auto* status = std::get_if<wire::AcceptStatus>(&answer)) {
                reply = session.answer(call->ticket, *status).value();
            } else {
                reply = net::RpcServerSession::refuse(call->ticket, std::get<wire::AuthStatus>(answer));
            }
            if (tamper) tamper(reply);
        } else if (std::holds_alternative<net::RpcServerSession::Discard>(step)) {
            continue;
        } else {
            co_return;
        }
        if (!co_await net::write_record(stream, reply, 20s)) co_return;
    }
}

}  // namespace kpropgw::testing
