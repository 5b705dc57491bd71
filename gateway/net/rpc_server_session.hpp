#pragma once
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "gateway/krb/gss.hpp"
#include "gateway/wire/rpc.hpp"
#include "gateway/wire/rpcsec_gss.hpp"
#include "gateway/wire/rpcsec_gss_window.hpp"

namespace kpropgw::net {

/// What one connection serves, and with whose key.
struct RpcService {
    std::string keytab;
    std::uint32_t program = 0;
    std::uint32_t version = 0;
};

/// The server's side of one TCP connection: RPCSEC_GSS version 1 with service privacy and nothing weaker, without I/O.
/// A record goes in; out comes what to do. step() and the answers call GSS-API, which computes and reads files: let
/// them run on the worker pool, one at a time, for the object is not thread safe.
class RpcServerSession {
public:
    explicit RpcServerSession(RpcService service) : service_(std::move(service)) {}

    /// What a call is answered by; it may be kept while further records are taken.
    struct Ticket {
        std::uint32_t xid = 0;
        std::uint32_t sequence = 0;
        std::uint64_t context = 0;
    };

    /// To be sent.
    struct Reply {
        std::string record;
        std::optional<Error> refused;  ///< why, when it refuses something: for the log
    };
    /// A call of the service's program, authenticated and decrypted. Who called is peers_of(ticket).
    struct Call {
        std::uint32_t procedure = 0;
        Secret arguments;
        Ticket ticket;
    };
    /// A replay, or what is no call: nothing is answered.
    struct Discard {};
    /// Bytes that are no RPC: close the connection.
    struct Close {
        Error why;
    };
    using Step = std::variant<Reply, Call, Discard, Close>;

    /// Takes a record, without its marks. `now` decides whether a context has expired.
    Step step(std::string_view record, Time now);

    /// Who made a call; valid until the next step(). Null when its context is gone.
    const krb::GssPeers* peers_of(const Ticket& ticket) const;

    /// The reply with these results, encrypted. conflict when the context is gone.
    Result<std::string> answer(const Ticket& ticket, std::string_view results);
    /// The reply to a call that was not executed: no such procedure, arguments that make no sense, our own failure.
    Result<std::string> answer(const Ticket& ticket, wire::AcceptStatus status);
    /// The reply to a caller who may not: the context stays.
    static std::string refuse(const Ticket& ticket, wire::AuthStatus status);

private:
    struct Context {
        std::uint64_t number = 0;  ///< its handle
        krb::GssContext gss;
        wire::SequenceWindow window;
    };

    Step without_gss(const wire::RpcCall& call) const;
    Step initiate(const wire::RpcCall& call, const wire::GssCredential& credential);
    Step accept(const wire::RpcCall& call, Context& context, std::string_view token);
    Step exchange(const wire::RpcCall& call, const wire::GssCredential& credential, Time now);
    Step dispatch(Context& context, const wire::RpcCall& call, const wire::GssCredential& credential);
    Step destroy(Context& context, const wire::RpcCall& call, const wire::GssCredential& credential);

    std::optional<wire::RpcReply> not_served(const wire::RpcCall& call) const;
    static Result<std::string> signed_reply(Context& context, const Ticket& ticket, wire::RpcReply reply);
    static Error gone();

    Context* find(std::string_view handle);
    void forget(std::uint64_t number);

    RpcService service_;
    std::list<Context> contexts_;  ///< the oldest first
    std::uint64_t last_number_ = 0;
};

}  // namespace kpropgw::net
