#pragma once
#include <cstddef>
#include <vector>

#include "formats/field_cursor.hpp"
#include "formats/record.hpp"

namespace kpropgw::formats {

/// Reads `count` items of type, length and contents into `into`, whose capacity is used again. Nothing is set aside
/// for a count that the line does not hold.
void read_tl_data(FieldCursor& in, std::size_t count, std::vector<TlData>& into);

}  // namespace kpropgw::formats
