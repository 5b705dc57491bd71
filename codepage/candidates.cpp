#include "codepage/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "codepage/ebcdic_pages.hpp"
#include "codepage/utf8.hpp"

namespace kpropgw::codepage {
namespace {

bool is_control(char32_t character) {
    if (character == U'\t' || character == U'\n' || character == U'\r') return false;
    return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

bool has_controls(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto character = next_character(text, at);
        if (!character || is_control(*character)) return true;
    }
    return false;
}

bool belongs_to_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

bool has_usual_letters(const CodePage& page) {
    const auto letters = page.to_utf8("\x81\xA9");
    return letters && *letters == "az";
}

/// Where two texts first differ: the beginning of a character.
std::size_t first_difference(std::string_view a, std::string_view b) {
    auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    while (at > 0 && at < a.size() && (static_cast<unsigned char>(a[at]) & 0xC0) == 0x80)
        --at;
    return at;
}

std::string character_at(std::string_view text, std::size_t at) {
    const std::size_t start = at;
    if (at >= text.size() || !next_character(text, at)) return "";
    return std::string(text.substr(start, at - start));
}

struct Reading {
    std::string character;
    std::vector<std::string> pages;
};

/// What each page reads at offset `at` of the text, up to which all agree.
std::vector<Reading> readings_at(const std::vector<CodePage>& pages, std::string_view bytes, std::size_t at) {
    std::vector<Reading> readings;
    for (const CodePage& page : pages) {
        const auto text = page.to_utf8(bytes);
        if (!text) continue;
        const std::string character = character_at(*text, at);
        auto found = std::find_if(readings.begin(), readings.end(),
                                  [&](const Reading& reading) { return reading.character == character; });
        if (found == readings.end()) found = readings.insert(found, {character, {}});
        found->pages.push_back(page.name());
    }
    return readings;
}

std::string describe(const std::vector<Reading>& readings) {
    constexpr std::size_t shown = 4;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, readings.size()); ++i)
        text += fmt::format("{}\"{}\" in {}", i == 0 ? "" : ", ", readings[i].character, some_of(readings[i].pages));
    return readings.size() > shown ? text + ", others elsewhere" : text;
}

}  // namespace

bool has_word(std::string_view text, std::span<const std::string_view> words) {
    const std::string lower = to_lower(text);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        const std::string wanted = to_lower(word);
        for (auto at = lower.find(wanted); at != lower.npos; at = lower.find(wanted, at + 1)) {
            const std::size_t end = at + wanted.size();
            if (at > 0 && belongs_to_word(lower[at - 1])) continue;
            if (end < lower.size() && belongs_to_word(lower[end])) continue;
            return true;
        }
        return false;
    });
}

std::vector<CodePage> find_candidates(std::string_view bytes, std::span<const std::string_view> words) {
    std::vector<CodePage> candidates;
    for (const CodePage& page : open_ebcdic_pages()) {
        const auto text = page.to_utf8(bytes);
        if (!text || has_controls(*text)) continue;
        if (words.empty() ? has_usual_letters(page) : has_word(*text, words)) candidates.push_back(page);
    }
    return candidates;
}

Result<CodePage> agree(const std::vector<CodePage>& candidates, std::string_view bytes) {
    const auto first = candidates.front().to_utf8(bytes);
    if (!first) return first.error();
    std::size_t at = first->size();
    for (const CodePage& page : candidates) {
        const auto text = page.to_utf8(bytes);
        if (!text) return text.error();
        if (*text != *first) at = std::min(at, first_difference(*first, *text));
    }
    if (at == first->size()) return candidates.front();
    const std::string_view before = std::string_view(*first).substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::string_view start = before.substr(before.rfind('\n') + 1);
    const auto column = std::count_if(start.begin(), start.end(),
                                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }) +
                        1;
    return Error(Errc::invalid_input,
                 fmt::format("line {}, column {}: EBCDIC, but which page is open: this is {}; {}", line, column,
                             describe(readings_at(candidates, bytes, at)), ask_for_page(candidates.front().name())));
}

std::string some_of(const std::vector<std::string>& pages) {
    constexpr std::size_t shown = 6;
    const std::size_t count = pages.size() > shown + 1 ? shown : pages.size();
    const auto end = pages.begin() + static_cast<std::ptrdiff_t>(count);
    const std::string text = fmt::format("{}", fmt::join(pages.begin(), end, ", "));
    return count == pages.size() ? text : fmt::format("{} and {} more", text, pages.size() - count);
}

std::string ask_for_page(std::string_view example) {
    return fmt::format("name its code page, for example --codepage {0} or LANG=En_US.{0}", example);
}

}  // namespace kpropgw::codepage
