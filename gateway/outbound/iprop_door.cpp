#include "gateway/outbound/iprop_door.hpp"

#include "gateway/core/update_permission.hpp"
#include "gateway/events/hint.hpp"
#include "gateway/events/report.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/net/rpc_records.hpp"
#include "gateway/net/rpc_server_session.hpp"
#include "gateway/outbound/update_answers.hpp"

namespace kpropgw::outbound {
namespace {

namespace asio = boost::asio;
using net::RpcServerSession;
using wire::IpropProcedure;

/// A call of iprop has a position at most; a GSS token with a ticket and its authorization data is what takes room.
constexpr std::size_t most_call_bytes = 256u << 10;

/// Takes some 30 microseconds to encrypt, as long as waking a worker and coming back takes.
constexpr std::size_t most_bytes_at_once = 4096;

/// Between two calls a kpropd sleeps for as long as its iprop_replica_poll says.
constexpr std::chrono::hours longest_sleep{24};

class Follower {
public:
    Follower(net::Stream stream, const IpropDoor& door)
        : stream_(std::move(stream)),
          door_(door),
          peer_(net::peer_address(stream_).to_string()),
          deadline_(door.shared.setup.config.idle_timeout),
          connected_(door.shared.metrics),
          session_({door.shared.setup.config.keytab, wire::iprop_program, wire::iprop_version}) {
        boost::system::error_code ignored;  // a peer that vanished is then noticed a day later
        stream_.socket().set_option(asio::socket_base::keep_alive(true), ignored);
        stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    }

    asio::awaitable<void> run() {
        auto outcome = co_await converse();
        if (!outcome && outcome.error().code() == Errc::unavailable) {
            events::report(events::follower_lost, {{"peer", peer_}}, outcome.error());
        } else if (!outcome) {
            refuse(outcome.error());
        }
        stream_.close();
    }

private:
    asio::awaitable<Result<void>> converse() {
        std::chrono::milliseconds patience = deadline_;
        for (;;) {
            auto record = co_await net::read_record(stream_, most_call_bytes, patience);
            if (!record) co_return record.error();
            if (record->closed) co_return Result<void>();
            auto step = co_await net::offload(door_.shared.setup.workers,
                                              [&] { return session_.step(record->bytes, door_.shared.clock.now()); });
            std::string reply;
            if (auto* made = std::get_if<RpcServerSession::Reply>(&step)) {
                if (made->refused) refuse(*made->refused);
                reply = std::move(made->record);
            } else if (auto* call = std::get_if<RpcServerSession::Call>(&step)) {
                auto answered = co_await answer(*call);
                if (!answered) co_return answered.error();
                reply = std::move(*answered);
                patience = longest_sleep;
            } else if (auto* close = std::get_if<RpcServerSession::Close>(&step)) {
                co_return close->why;
            } else {
                continue;
            }
            if (auto ok = co_await net::write_record(stream_, reply, deadline_); !ok) co_return ok.error();
        }
    }

    asio::awaitable<Result<std::string>> answer(const RpcServerSession::Call& call) {
        const std::string_view arguments = call.arguments.reveal();
        switch (static_cast<IpropProcedure>(call.procedure)) {
            case IpropProcedure::null:
                co_return session_.answer(call.ticket, "");
            case IpropProcedure::get_updates: {
                const auto claim = wire::parse_iprop_position(arguments);
                if (!claim) break;
                auto secondary = caller(call.ticket);
                if (!secondary) co_return session_.answer(call.ticket, no_updates().text);
                co_return co_await reply(call.ticket, co_await get_updates(door_.shared, std::move(secondary), *claim));
            }
            case IpropProcedure::get_changes: {
                const auto request = wire::parse_changes_request(arguments);
                if (!request) break;
                auto secondary = caller(call.ticket);
                if (!secondary) co_return session_.answer(call.ticket, no_changes().text);
                co_return co_await reply(call.ticket,
                                         co_await get_changes(door_.shared, std::move(secondary), *request));
            }
            case IpropProcedure::full_resync:
            case IpropProcedure::full_resync_ext: {
                const auto secondary = caller(call.ticket);
                co_return session_.answer(call.ticket, secondary ? full_resync(*secondary) : no_resync());
            }
            default:
                co_return session_.answer(call.ticket, wire::AcceptStatus::procedure_unavailable);
        }
        co_return session_.answer(call.ticket, wire::AcceptStatus::garbage_arguments);
    }

    /// Encrypts what may be megabytes where it holds nobody up; what is small sooner than another thread would wake.
    asio::awaitable<Result<std::string>> reply(const RpcServerSession::Ticket& ticket, Question::Answer results) {
        if (results->text.size() <= most_bytes_at_once) co_return session_.answer(ticket, results->text);
        co_return co_await net::offload(door_.shared.setup.workers,
                                        [&] { return session_.answer(ticket, results->text); });
    }

    /// Null when it may not, which the log then says; it may as soon as kpropd.acl says so.
    std::shared_ptr<Secondary> caller(const RpcServerSession::Ticket& ticket) {
        const krb::GssPeers* peers = session_.peers_of(ticket);
        if (peers == nullptr) return nullptr;
        const auto host = core::permit_updates(door_.acl(), peers->initiator, door_.shared.setup.identity.realm);
        if (!host) {
            refuse(host.error());
            return nullptr;
        }
        auto secondary = door_.secondary(*host);
        if (!secondary) refuse(Error(Errc::denied, *host + " is the gateway itself"));
        return secondary;
    }

    void refuse(const Error& why) {
        events::report(events::follower_refused, {{"peer", peer_}}, why);
        door_.shared.metrics.follower_refused(why);
        door_.refused(peer_, events::with_hint(why));
    }

    net::Stream stream_;
    const IpropDoor& door_;
    std::string peer_;
    std::chrono::milliseconds deadline_;
    metrics::Metrics::Follower connected_;
    RpcServerSession session_;
};

}  // namespace

asio::awaitable<void> serve_follower(net::Stream stream, const IpropDoor& door) {
    Follower follower(std::move(stream), door);
    co_await follower.run();
}

}  // namespace kpropgw::outbound
