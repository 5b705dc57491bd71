#include "formats/dump/name_place.hpp"

#include <algorithm>
#include <charconv>

namespace kpropgw::formats {
namespace {

constexpr std::string_view white_space = " \t\v\f\r";

/// The next word at or after `at`, which is set behind it.
std::string_view next_word(std::string_view line, std::size_t& at) {
    const std::size_t begin = std::min(line.find_first_not_of(white_space, at), line.size());
    at = std::min(line.find_first_of(white_space, begin), line.size());
    return line.substr(begin, at - begin);
}

}  // namespace

std::optional<NamePlace> find_name(std::string_view line) {
    std::size_t at = 0;
    if (next_word(line, at) != "princ") return std::nullopt;
    next_word(line, at);  // the base length
    const std::string_view length = next_word(line, at);
    for (int i = 0; i < 3; ++i)
        next_word(line, at);  // the counts of tl-data and keys, the length of the extra data
    NamePlace place;
    const auto [end, problem] = std::from_chars(length.data(), length.data() + length.size(), place.name_size);
    if (problem != std::errc() || end != length.data() + length.size() || at == line.size()) return std::nullopt;
    place.length_at = static_cast<std::size_t>(length.data() - line.data());
    place.length_digits = length.size();
    // As FieldCursor::counted(): behind a tab the name may begin with a blank.
    place.name_at = line[at] == '\t' ? at + 1 : std::min(line.find_first_not_of(white_space, at), line.size());
    return place;
}

std::string with_name_length(std::string_view line, const NamePlace& place, std::size_t length) {
    std::string text(line.substr(0, place.length_at));
    text += std::to_string(length);
    text += line.substr(place.length_at + place.length_digits);
    return text;
}

}  // namespace kpropgw::formats
