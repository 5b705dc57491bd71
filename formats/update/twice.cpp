#include "formats/update/twice.hpp"

#include <fmt/format.h>

#include "formats/quoted.hpp"

namespace kpropgw::formats {

Error stands_twice(const std::string& file, std::uint64_t line, std::uint64_t first_line, RecordKind kind,
                   std::string_view name) {
    return {Errc::corrupt, fmt::format("{}:{}: {} {} stands on line {} already: take one of the two out", file, line,
                                       to_text(kind), quoted_name(name), first_line)};
}

}  // namespace kpropgw::formats
