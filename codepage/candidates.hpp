#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codepage/codepage.hpp"

namespace kpropgw::codepage {

/// The EBCDIC pages that `bytes` may be in, the most usual first: they read them without control characters, and find
/// one of `words` in them, without regard to case. Without words, those whose small letters are where IBM-1047 has
/// them, because in a katakana page everything is a letter of some kind.
std::vector<CodePage> find_candidates(std::string_view bytes, std::span<const std::string_view> words);

/// Whether one of `words` stands in `text` by itself.
bool has_word(std::string_view text, std::span<const std::string_view> words);

/// The first of `candidates` (not empty) when all read the same characters. The error says where they do not, who
/// reads what there, and asks for the name.
Result<CodePage> agree(const std::vector<CodePage>& candidates, std::string_view bytes);

/// "IBM-1047, IBM-037, IBM-500 and 40 more" for errors.
std::string some_of(const std::vector<std::string>& pages);

/// `name its code page, for example --codepage IBM-1047 or LANG=En_US.IBM-1047`
std::string ask_for_page(std::string_view example);

}  // namespace kpropgw::codepage
