#pragma once
#include <string>
#include <string_view>

namespace kpropgw::store {

/// The key under which a record of this name is held, at most 510 octets (LMDB takes 511): the name itself, or for a
/// name above 477 octets its first 477 octets, a NUL and the BLAKE2b-256 of the whole. Keys compare bytewise, so
/// records stand in the order in which kdb5_util dumps a btree.
std::string record_key(std::string_view name);

}  // namespace kpropgw::store
