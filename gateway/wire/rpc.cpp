#include "gateway/wire/rpc.hpp"

#include <fmt/format.h>

#include "base/xdr.hpp"

namespace kpropgw::wire {
namespace {

enum class Direction : std::uint32_t { call = 0, reply = 1 };
enum class ReplyState : std::uint32_t { accepted = 0, denied = 1 };
enum class Rejection : std::uint32_t { version_mismatch = 0, authentication = 1 };

constexpr std::uint32_t last_fragment = 0x80000000;

template <class Enum>
std::uint32_t number(Enum value) {
    return static_cast<std::uint32_t>(value);
}

RpcAuth read_auth(XdrReader& in, const char* field) {
    RpcAuth auth;
    auth.flavor = static_cast<AuthFlavor>(in.u32(field));
    auth.body = in.opaque(field, most_authentication_bytes);
    return auth;
}

void read_versions(XdrReader& in, RpcReply& reply) {
    reply.lowest = in.u32("lowest version");
    reply.highest = in.u32("highest version");
}

void read_accepted(XdrReader& in, RpcReply& reply) {
    reply.verifier = read_auth(in, "verifier");
    const std::uint32_t status = in.u32("accept status");
    if (status > number(AcceptStatus::system_error)) in.fail("an accept status that RFC 5531 does not have");
    reply.status = static_cast<AcceptStatus>(status);
    if (in.failed()) return;
    if (reply.status == AcceptStatus::program_mismatch) read_versions(in, reply);
    if (reply.status == AcceptStatus::success) reply.results = in.rest();
}

void read_denied(XdrReader& in, RpcReply& reply) {
    const std::uint32_t rejection = in.u32("reason of denial");
    if (rejection == number(Rejection::version_mismatch)) {
        reply.kind = RpcReply::Kind::version_mismatch;
        read_versions(in, reply);
    } else if (rejection == number(Rejection::authentication)) {
        reply.kind = RpcReply::Kind::denied;
        reply.refusal = static_cast<AuthStatus>(in.u32("authentication status"));
    } else {
        in.fail("a reason of denial that RFC 5531 does not have");
    }
}

}  // namespace

std::array<char, 4> record_mark(const RecordMark& mark) {
    const std::uint32_t word = static_cast<std::uint32_t>(mark.length) | (mark.is_last ? last_fragment : 0);
    std::array<char, 4> bytes{};
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = static_cast<char>(word >> (24 - 8 * i) & 0xff);
    return bytes;
}

Result<RecordMark> parse_record_mark(const std::array<char, 4>& bytes, std::size_t left) {
    std::uint32_t word = 0;
    for (const char byte : bytes)
        word = word << 8 | static_cast<unsigned char>(byte);
    const RecordMark mark{word & ~last_fragment, (word & last_fragment) != 0};
    if (mark.length > left) {
        return Error(Errc::invalid_input, fmt::format("an RPC fragment of {} bytes exceeds what its record may have, "
                                                      "which is {} bytes more",
                                                      mark.length, left));
    }
    if (mark.length == 0 && !mark.is_last) {
        return Error(Errc::invalid_input, "an RPC fragment without bytes that is not its record's last");
    }
    return mark;
}

Result<RpcCall> parse_rpc_call(std::string_view record) {
    XdrReader in(record, "RPC call");
    RpcCall call;
    call.xid = in.u32("xid");
    if (in.u32("direction") != number(Direction::call)) in.fail("it is not a call");
    call.version = in.u32("RPC version");
    if (!in.failed() && call.version != rpc_version) return call;
    call.program = in.u32("program");
    call.program_version = in.u32("program's version");
    call.procedure = in.u32("procedure");
    call.credential = read_auth(in, "credential");
    call.head = record.substr(0, in.at());
    call.verifier = read_auth(in, "verifier");
    call.arguments = in.rest();
    if (auto ok = in.finish(); !ok) return ok.error();
    return call;
}

std::string rpc_call_head(const RpcCall& call) {
    std::string head;
    XdrWriter out(head);
    out.u32(call.xid);
    out.u32(number(Direction::call));
    out.u32(call.version);
    out.u32(call.program);
    out.u32(call.program_version);
    out.u32(call.procedure);
    write_rpc_auth(head, call.credential);
    return head;
}

void write_rpc_auth(std::string& out, const RpcAuth& auth) {
    XdrWriter writer(out);
    writer.u32(number(auth.flavor));
    writer.opaque(auth.body);
}

std::string to_text(AuthStatus status) {
    switch (status) {
        case AuthStatus::ok:
            return "AUTH_OK";
        case AuthStatus::bad_credential:
            return "AUTH_BADCRED";
        case AuthStatus::rejected_credential:
            return "AUTH_REJECTEDCRED";
        case AuthStatus::bad_verifier:
            return "AUTH_BADVERF";
        case AuthStatus::rejected_verifier:
            return "AUTH_REJECTEDVERF";
        case AuthStatus::too_weak:
            return "AUTH_TOOWEAK";
        case AuthStatus::invalid_response:
            return "AUTH_INVALIDRESP";
        case AuthStatus::failed:
            return "AUTH_FAILED";
        case AuthStatus::gss_credential_problem:
            return "RPCSEC_GSS_CREDPROBLEM";
        case AuthStatus::gss_context_problem:
            return "RPCSEC_GSS_CTXPROBLEM";
    }
    return fmt::format("authentication status {}", number(status));
}

std::string to_text(AcceptStatus status) {
    switch (status) {
        case AcceptStatus::success:
            return "SUCCESS";
        case AcceptStatus::program_unavailable:
            return "PROG_UNAVAIL";
        case AcceptStatus::program_mismatch:
            return "PROG_MISMATCH";
        case AcceptStatus::procedure_unavailable:
            return "PROC_UNAVAIL";
        case AcceptStatus::garbage_arguments:
            return "GARBAGE_ARGS";
        case AcceptStatus::system_error:
            return "SYSTEM_ERR";
    }
    return fmt::format("accept status {}", number(status));
}

Result<RpcReply> parse_rpc_reply(std::string_view record) {
    XdrReader in(record, "RPC reply");
    RpcReply reply;
    reply.xid = in.u32("xid");
    if (in.u32("direction") != number(Direction::reply)) in.fail("it is not a reply");
    const std::uint32_t state = in.u32("reply state");
    if (state == number(ReplyState::accepted)) {
        read_accepted(in, reply);
    } else if (state == number(ReplyState::denied)) {
        read_denied(in, reply);
    } else {
        in.fail("a reply state that RFC 5531 does not have");
    }
    if (auto ok = in.finish(); !ok) return ok.error();
    return reply;
}

std::string rpc_reply(const RpcReply& reply) {
    std::string record;
    XdrWriter out(record);
    const auto write_versions = [&] {
        out.u32(reply.lowest);
        out.u32(reply.highest);
    };
    out.u32(reply.xid);
    out.u32(number(Direction::reply));
    switch (reply.kind) {
        case RpcReply::Kind::accepted:
            out.u32(number(ReplyState::accepted));
            write_rpc_auth(record, reply.verifier);
            out.u32(number(reply.status));
            if (reply.status == AcceptStatus::program_mismatch) write_versions();
            if (reply.status == AcceptStatus::success) record += reply.results;
            break;
        case RpcReply::Kind::version_mismatch:
            out.u32(number(ReplyState::denied));
            out.u32(number(Rejection::version_mismatch));
            write_versions();
            break;
        case RpcReply::Kind::denied:
            out.u32(number(ReplyState::denied));
            out.u32(number(Rejection::authentication));
            out.u32(number(reply.refusal));
            break;
    }
    return record;
}

}  // namespace kpropgw::wire
