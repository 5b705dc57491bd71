#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

/// The messages of kprop (MIT kprop.c, kpropd.c, sendauth.c, recvauth.c), no I/O. Each is a frame: a 32-bit length in
/// network order and that many bytes.
namespace kpropgw::wire {

inline constexpr std::uint16_t kprop_port = 754;  ///< where /etc/services has no krb5_prop

/// The first two frames of the connecting side; the NUL is part of them.
inline constexpr std::string_view sendauth_version("KRB5_SENDAUTH_V1.0", 19);
inline constexpr std::string_view application_version("kprop5_01", 10);

/// What the receiver answers to them: one byte without a frame.
enum class VersionReply : char { accepted = 0, bad_sendauth_version = 1, bad_application_version = 2 };

/// Bytes of the dump in one private message, as kprop sends it (KPROP_BUFSIZ).
inline constexpr std::size_t block_size = 32768;

inline constexpr std::size_t max_version_frame = 1024;
inline constexpr std::size_t max_authentication_frame = 64 * 1024;
inline constexpr std::size_t max_safe_frame = 4096;
inline constexpr std::size_t max_private_frame = 64u << 20;

std::array<char, 4> frame_header(std::size_t length);

/// The length that a header announces; invalid_input when above `limit`.
Result<std::size_t> parse_frame_header(const std::array<char, 4>& header, std::size_t limit);

/// A KRB-ERROR may stand in place of any message.
bool is_error_message(std::string_view message);

/// The user data of the size message: 4 octets, or 0 and 8 octets where the size does not fit (MIT 1.20, kprop_util.c).
std::string size_message(std::uint64_t size);
Result<std::uint64_t> parse_size_message(std::string_view data);

}  // namespace kpropgw::wire
