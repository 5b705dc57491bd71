#pragma once
#include "formats/record.hpp"
#include "formats/update/iprop_overlay.hpp"

namespace kpropgw::formats {

/// Whether an update out of a primary's log is of a new record and says all of it. MIT leaves out of every other what
/// it takes for unchanged, and whatever has its top bit set, such as an expiration after 2038
/// (kdb_convert.c:find_changed_attrs, ulog_conv_2logentry).
bool carries_whole_record(const IpropUpdate& update);

/// As overlay(), for an update that an MIT primary logged; makes of it what the primary itself has where a kpropd would
/// not: types of tl-data that are no longer listed go, new ones stand where kadmind puts them, and a password's time of
/// 0 that stands for none is none. A put of another gateway, which lists types 1 and 2 too, is laid over as it is.
///
/// True where the update, seen with `held`, seems to leave something out that changed: another master key or a new
/// password's time without keys; or nothing but a new time of modification, which one that changed nothing has too.
Result<bool> overlay_from_primary(const IpropUpdate& update, const Principal* held, RecordTexts& texts,
                                  Principal& into);

}  // namespace kpropgw::formats
