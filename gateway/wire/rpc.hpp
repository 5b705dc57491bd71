#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

/// ONC RPC version 2 (RFC 5531): record marks, calls and replies as bytes, no I/O. All views are into what was parsed.
namespace kpropgw::wire {

inline constexpr std::uint32_t rpc_version = 2;

/// Most bytes of a credential or a verifier (RFC 5531 8.2).
inline constexpr std::size_t most_authentication_bytes = 400;

/// The mark before each fragment of a record on TCP (RFC 5531 11).
struct RecordMark {
    std::size_t length = 0;
    bool is_last = true;
};

std::array<char, 4> record_mark(const RecordMark& mark);

/// invalid_input when the fragment has more bytes than are `left` of what a record may have, or none and is not the
/// last.
Result<RecordMark> parse_record_mark(const std::array<char, 4>& bytes, std::size_t left);

enum class AuthFlavor : std::uint32_t { none = 0, sys = 1, rpcsec_gss = 6 };

/// opaque_auth: a credential or a verifier. The flavor may be one that we do not know.
struct RpcAuth {
    AuthFlavor flavor = AuthFlavor::none;
    std::string_view body;
};

struct RpcCall {
    std::uint32_t xid = 0;
    std::uint32_t version = rpc_version;  ///< of RPC; when it is not 2, nothing after it was read
    std::uint32_t program = 0;
    std::uint32_t program_version = 0;
    std::uint32_t procedure = 0;
    RpcAuth credential;
    RpcAuth verifier;
    std::string_view arguments;
    std::string_view head;  ///< from the xid to the credential's end: what RPCSEC_GSS signs (RFC 2203 5.3.1)
};

Result<RpcCall> parse_rpc_call(std::string_view record);

/// A call's bytes from the xid to the credential's end; write_rpc_auth() of the verifier and the arguments follow.
/// `verifier`, `arguments` and `head` of the call are not looked at.
std::string rpc_call_head(const RpcCall& call);

void write_rpc_auth(std::string& out, const RpcAuth& auth);

/// accept_stat
enum class AcceptStatus : std::uint32_t {
    success = 0,
    program_unavailable = 1,
    program_mismatch = 2,
    procedure_unavailable = 3,
    garbage_arguments = 4,
    system_error = 5,
};

/// auth_stat; the last two are RFC 2203's.
enum class AuthStatus : std::uint32_t {
    ok = 0,
    bad_credential = 1,
    rejected_credential = 2,
    bad_verifier = 3,
    rejected_verifier = 4,
    too_weak = 5,
    invalid_response = 6,
    failed = 7,
    gss_credential_problem = 13,
    gss_context_problem = 14,
};

/// For people: "AUTH_TOOWEAK", or the number.
std::string to_text(AuthStatus status);
std::string to_text(AcceptStatus status);

struct RpcReply {
    enum class Kind { accepted, version_mismatch, denied };

    std::uint32_t xid = 0;
    Kind kind = Kind::accepted;
    AuthStatus refusal = AuthStatus::ok;  ///< when denied
    RpcAuth verifier;                     ///< when accepted, as all that follows
    AcceptStatus status = AcceptStatus::success;
    std::uint32_t lowest =
        0;  ///< the versions served: of the program with program_mismatch, of RPC with version_mismatch
    std::uint32_t highest = 0;
    std::string_view results;  ///< with success
};

Result<RpcReply> parse_rpc_reply(std::string_view record);

/// A whole reply; the results stand at its end, so that more of them may be appended.
std::string rpc_reply(const RpcReply& reply);

}  // namespace kpropgw::wire
