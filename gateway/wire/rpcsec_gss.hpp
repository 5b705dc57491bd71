#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

/// RPCSEC_GSS version 1 (RFC 2203): credential, context creation and the body of service privacy, no I/O and no crypto.
namespace kpropgw::wire {

/// Most bytes of a token that MIT's libgssrpc takes (MAX_NETOBJ_SZ).
inline constexpr std::size_t most_token_bytes_of_mit = 2048;
/// Most bytes of a token that we take: tickets with a PAC or much authorization data are longer than MIT would take.
inline constexpr std::size_t most_token_bytes = 64 * 1024;

/// A sequence number from here on is refused (RFC 2203 5.3.3.1, MAXSEQ).
inline constexpr std::uint32_t sequence_end = 0x80000000;

enum class GssProcedure : std::uint32_t { data = 0, init = 1, continue_init = 2, destroy = 3 };
enum class GssService : std::uint32_t { none = 1, integrity = 2, privacy = 3 };

/// rpc_gss_cred_vers_1_t
struct GssCredential {
    GssProcedure procedure = GssProcedure::data;
    std::uint32_t sequence = 0;
    GssService service = GssService::privacy;
    std::string_view handle;  ///< of the context; "" with init
};

std::string gss_credential(const GssCredential& credential);

/// Refuses versions other than 1, and procedures and services that RFC 2203 does not have.
Result<GssCredential> parse_gss_credential(std::string_view body);

/// The arguments of init and continue_init: a token.
std::string gss_init_arguments(std::string_view token);
Result<std::string_view> parse_gss_init_arguments(std::string_view arguments);

/// rpc_gss_init_res
struct GssInitResult {
    std::string_view handle;
    std::uint32_t major = 0;  ///< GSS-API's status: 0 complete, 1 one more token is needed, else failed
    std::uint32_t minor = 0;
    std::uint32_t window = 0;
    std::string_view token;
};

inline constexpr std::uint32_t gss_complete = 0;
inline constexpr std::uint32_t gss_continue_needed = 1;

std::string gss_init_result(const GssInitResult& result);
Result<GssInitResult> parse_gss_init_result(std::string_view results);

/// What the verifier of a reply signs: a sequence number, or the window (RFC 2203 5.2.3.1, 5.3.3.2).
std::string signed_number(std::uint32_t number);

/// What is encrypted of arguments or results: rpc_gss_data_t. The output holds what they hold: the caller wipes it.
std::string gss_data(std::uint32_t sequence, std::string_view arguments);
/// The arguments or results in it; corrupt when it has another sequence number.
Result<std::string_view> parse_gss_data(std::string_view data, std::uint32_t sequence);

/// databody_priv: what gss_data() was encrypted to, as it stands at the end of a call or reply.
void append_private_body(std::string& message, std::string_view encrypted);
Result<std::string_view> parse_private_body(std::string_view body);

}  // namespace kpropgw::wire
