#pragma once
#include <string>
#include <string_view>

#include "formats/record.hpp"
#include "formats/update/iprop_update.hpp"

namespace kpropgw::formats {

/// Bytes of one update that kpropd can keep: MIT writes it behind a header of 28 bytes into a block of its own update
/// log, whose size has 16 bits and is a multiple of 2048 (kdb_log.c:store_update, resize). Before the cure of
/// CVE-2025-24528 a longer one overwrites its memory.
inline constexpr std::size_t longest_iprop_update = 63488 - 1 - 28;

/// Appends, as XDR, an update that sets the whole record, login fields excepted, for a secondary that holds none of
/// that name or any for which needs_deletion_first() says no. What it holds before does not matter then, nor how often
/// it is sent.
///
/// invalid_input, and `out` as it was, for a record that only a dump can carry: no realm in its name, a NUL byte in it,
/// two tl-data of one type, an update longer than longest_iprop_update. `out` holds keys: its owner wipes it.
Result<void> append_iprop_put(std::string& out, const Principal& principal, const LogPosition& at);

/// Of a record that may be missing too (kpropd before 1.13 asks for a full resync then).
void append_iprop_delete(std::string& out, std::string_view name, const LogPosition& at);

/// An update that changes nothing: it takes a secondary to the next serial past one that it cannot take. The realm is
/// any.
void append_iprop_no_change(std::string& out, std::string_view realm, const LogPosition& at);

/// Whether a secondary that holds `held` must be sent a deletion before the put of `now`, since an overlay would leave
/// something of `held` behind, or the order of the tl-data would be another, or MIT's kpropd would fail:
/// for a key or salt that was something and is nothing, realloc(p, 0) frees it twice
/// (kdb_convert.c:ulog_conv_2dbentry).
bool needs_deletion_first(const Principal& held, const Principal& now);

}  // namespace kpropgw::formats
