#include "gateway/net/rpc_server_session.hpp"

#include <fmt/format.h>

#include "base/xdr.hpp"

namespace kpropgw::net {
namespace {

using wire::AcceptStatus;
using wire::AuthStatus;
using wire::GssCredential;
using wire::GssProcedure;
using wire::GssService;
using wire::RpcCall;
using wire::RpcReply;

/// A client has one; more are those that it forgot to destroy.
constexpr std::size_t most_contexts = 4;

std::string to_handle(std::uint64_t number) {
    std::string handle;
    XdrWriter out(handle);
    out.u32(static_cast<std::uint32_t>(number >> 32));
    out.u32(static_cast<std::uint32_t>(number));
    return handle;
}

std::string denial(std::uint32_t xid, AuthStatus status) {
    RpcReply reply;
    reply.xid = xid;
    reply.kind = RpcReply::Kind::denied;
    reply.refusal = status;
    return wire::rpc_reply(reply);
}

RpcServerSession::Reply deny(const RpcCall& call, AuthStatus status, Error why) {
    return {denial(call.xid, status), std::move(why)};
}

wire::RpcAuth gss_verifier(std::string_view mic) {
    return {wire::AuthFlavor::rpcsec_gss, mic};
}

}  // namespace

RpcServerSession::Step RpcServerSession::step(std::string_view record, Time now) {
    const auto call = wire::parse_rpc_call(record);
    if (!call) return Close{call.error()};
    if (call->version != wire::rpc_version) {
        RpcReply reply;
        reply.xid = call->xid;
        reply.kind = RpcReply::Kind::version_mismatch;
        reply.lowest = reply.highest = wire::rpc_version;
        return Reply{wire::rpc_reply(reply), Error(Errc::denied, fmt::format("RPC version {}", call->version))};
    }
    if (call->credential.flavor != wire::AuthFlavor::rpcsec_gss) return without_gss(*call);
    const auto credential = wire::parse_gss_credential(call->credential.body);
    if (!credential) return deny(*call, AuthStatus::bad_credential, credential.error());
    const bool makes_context =
        credential->procedure == GssProcedure::init || credential->procedure == GssProcedure::continue_init;
    return makes_context ? initiate(*call, *credential) : exchange(*call, *credential, now);
}

/// As MIT's server: who is not authenticated learns whether the program is served, and no more (svc.c, ipropd_svc.c).
RpcServerSession::Step RpcServerSession::without_gss(const RpcCall& call) const {
    const auto flavor = call.credential.flavor;
    if (flavor != wire::AuthFlavor::none && flavor != wire::AuthFlavor::sys) {
        return deny(call, AuthStatus::rejected_credential,
                    Error(Errc::denied,
                          fmt::format("authentication flavor {} is not served", static_cast<std::uint32_t>(flavor))));
    }
    if (const auto reply = not_served(call)) {
        return Reply{wire::rpc_reply(*reply), Error(Errc::not_found, to_text(reply->status))};
    }
    return deny(call, AuthStatus::too_weak, Error(Errc::denied, "a call without RPCSEC_GSS"));
}

std::optional<RpcReply> RpcServerSession::not_served(const RpcCall& call) const {
    RpcReply reply;
    reply.xid = call.xid;
    if (call.program != service_.program) {
        reply.status = AcceptStatus::program_unavailable;
    } else if (call.program_version != service_.version) {
        reply.status = AcceptStatus::program_mismatch;
        reply.lowest = reply.highest = service_.version;
    } else {
        return std::nullopt;
    }
    return reply;
}

RpcServerSession::Step RpcServerSession::initiate(const RpcCall& call, const GssCredential& credential) {
    if (call.procedure != 0) {
        return deny(call, AuthStatus::failed,
                    Error(Errc::denied, "a context is asked for with another procedure than NULL"));
    }
    const auto token = wire::parse_gss_init_arguments(call.arguments);
    if (!token) return deny(call, AuthStatus::rejected_credential, token.error());
    if (credential.procedure == GssProcedure::continue_init) {
        Context* begun = find(credential.handle);
        if (begun == nullptr || begun->gss.is_established()) {
            return deny(call, AuthStatus::gss_credential_problem,
                        Error(Errc::denied, "a context is gone on with that was not begun"));
        }
        return accept(call, *begun, *token);
    }
    auto acceptor = krb::GssContext::acceptor(service_.keytab);
    if (!acceptor) return deny(call, AuthStatus::failed, acceptor.error());
    contexts_.push_back({++last_number_, std::move(*acceptor), {}});
    if (contexts_.size() > most_contexts) contexts_.pop_front();
    return accept(call, contexts_.back(), *token);
}

/// One step of a context's authentication. The token of a refusal says why, to a client that looks at it.
RpcServerSession::Step RpcServerSession::accept(const RpcCall& call, Context& context, std::string_view token) {
    const std::string handle = to_handle(context.number);
    krb::GssStep step = context.gss.step(token);
    const bool is_established = step.state == krb::GssStep::State::established;
    if (is_established && !context.gss.peers().is_private) {
        forget(context.number);
        return deny(call, AuthStatus::too_weak, Error(Errc::denied, "a context without confidentiality"));
    }
    RpcReply reply;
    reply.xid = call.xid;
    std::string mic;
    if (is_established) {
        auto made = context.gss.make_mic(wire::signed_number(wire::SequenceWindow::size));
        if (!made) {
            forget(context.number);
            return deny(call, AuthStatus::failed, made.error());
        }
        mic = std::move(*made);
        reply.verifier = gss_verifier(mic);
    }
    wire::GssInitResult result{handle, step.major, step.minor, wire::SequenceWindow::size, step.token};
    std::optional<Error> refused;
    if (step.state == krb::GssStep::State::refused) {
        forget(context.number);
        result.handle = {};
        refused = std::move(step.error);
    }
    const std::string results = wire::gss_init_result(result);
    reply.results = results;
    return Reply{wire::rpc_reply(reply), std::move(refused)};
}

/// In the order of RFC 2203 5.3.3.1: the context, the header's signature, the sequence number.
RpcServerSession::Step RpcServerSession::exchange(const RpcCall& call, const GssCredential& credential, Time now) {
    Context* context = find(credential.handle);
    if (context == nullptr || !context->gss.is_established()) {
        return deny(call, AuthStatus::gss_credential_problem, Error(Errc::denied, "a context that is not known"));
    }
    const auto genuine = context->gss.verify_mic(call.head, call.verifier.body);
    if (call.verifier.flavor != wire::AuthFlavor::rpcsec_gss || !genuine) {
        return deny(call, AuthStatus::gss_credential_problem,
                    genuine ? Error(Errc::denied, "a call without a signature") : genuine.error());
    }
    if (credential.sequence >= wire::sequence_end) {
        return deny(call, AuthStatus::gss_context_problem, Error(Errc::denied, "a context out of sequence numbers"));
    }
    if (now >= context->gss.peers().expires) {
        return deny(call, AuthStatus::gss_context_problem,
                    Error(Errc::denied, "a context whose ticket has expired; the client has to authenticate anew"));
    }
    if (!context->window.take(credential.sequence)) return Discard{};
    if (credential.procedure == GssProcedure::destroy) return destroy(*context, call, credential);
    if (credential.service != GssService::privacy) {
        return deny(call, AuthStatus::too_weak, Error(Errc::denied, "a call without RPCSEC_GSS's service privacy"));
    }
    return dispatch(*context, call, credential);
}

RpcServerSession::Step RpcServerSession::dispatch(Context& context, const RpcCall& call,
                                                  const GssCredential& credential) {
    const Ticket ticket{call.xid, credential.sequence, context.number};
    const auto refuse_with = [&](RpcReply reply, Error why) -> Step {
        auto record = signed_reply(context, ticket, reply);
        if (!record) return Close{record.error()};
        return Reply{std::move(*record), std::move(why)};
    };
    if (const auto reply = not_served(call)) {
        return refuse_with(*reply, Error(Errc::not_found, to_text(reply->status)));
    }
    RpcReply garbage;
    garbage.xid = call.xid;
    garbage.status = AcceptStatus::garbage_arguments;
    const auto encrypted = wire::parse_private_body(call.arguments);
    if (!encrypted) return refuse_with(garbage, encrypted.error());
    auto data = context.gss.unwrap(*encrypted);
    if (!data) return refuse_with(garbage, data.error());
    if (!data->was_encrypted) return refuse_with(garbage, Error(Errc::denied, "arguments that are not encrypted"));
    const auto arguments = wire::parse_gss_data(data->data.reveal(), credential.sequence);
    if (!arguments) return refuse_with(garbage, arguments.error());
    return Call{call.procedure, Secret(*arguments), ticket};
}

RpcServerSession::Step RpcServerSession::destroy(Context& context, const RpcCall& call,
                                                 const GssCredential& credential) {
    if (call.procedure != 0) {
        return deny(call, AuthStatus::failed,
                    Error(Errc::denied, "a context is destroyed with another procedure than NULL"));
    }
    const Ticket ticket{call.xid, credential.sequence, context.number};
    RpcReply empty;
    empty.xid = call.xid;
    // The results of a service that is not served would be for nobody: a client drops them.
    auto record = credential.service == GssService::privacy ? answer(ticket, "") : signed_reply(context, ticket, empty);
    forget(ticket.context);
    if (!record) return Close{record.error()};
    return Reply{std::move(*record), std::nullopt};
}

/// A reply to an authenticated call, with the verifier that RFC 2203 5.3.3.2 asks for.
Result<std::string> RpcServerSession::signed_reply(Context& context, const Ticket& ticket, RpcReply reply) {
    const auto mic = context.gss.make_mic(wire::signed_number(ticket.sequence));
    if (!mic) return mic.error();
    reply.verifier = gss_verifier(*mic);
    return wire::rpc_reply(reply);
}

Result<std::string> RpcServerSession::answer(const Ticket& ticket, std::string_view results) {
    Context* context = find(to_handle(ticket.context));
    if (context == nullptr) return gone();
    SecretText data(wire::gss_data(ticket.sequence, results));
    auto encrypted = context->gss.wrap(data.text);
    if (!encrypted) return encrypted.error();
    RpcReply reply;
    reply.xid = ticket.xid;
    auto record = signed_reply(*context, ticket, reply);
    if (!record) return record.error();
    wire::append_private_body(*record, *encrypted);
    return record;
}

Result<std::string> RpcServerSession::answer(const Ticket& ticket, AcceptStatus status) {
    Context* context = find(to_handle(ticket.context));
    if (context == nullptr) return gone();
    RpcReply reply;
    reply.xid = ticket.xid;
    reply.status = status;
    return signed_reply(*context, ticket, reply);
}

std::string RpcServerSession::refuse(const Ticket& ticket, AuthStatus status) {
    return denial(ticket.xid, status);
}

const krb::GssPeers* RpcServerSession::peers_of(const Ticket& ticket) const {
    for (const Context& each : contexts_) {
        if (each.number == ticket.context) return &each.gss.peers();
    }
    return nullptr;
}

Error RpcServerSession::gone() {
    return Error(Errc::conflict, "the context that a call came by has been destroyed");
}

RpcServerSession::Context* RpcServerSession::find(std::string_view handle) {
    for (Context& each : contexts_) {
        if (to_handle(each.number) == handle) return &each;
    }
    return nullptr;
}

void RpcServerSession::forget(std::uint64_t number) {
    contexts_.remove_if([&](const Context& each) { return each.number == number; });
}

}  // namespace kpropgw::net
