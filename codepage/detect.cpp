#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "codepage/codepage.hpp"
#include "codepage/locale.hpp"
#include "codepage/single_byte.hpp"
#include "codepage/utf8.hpp"

namespace kpropgw::codepage {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Letters, digits, blanks, line ends and the punctuation that all of the Latin EBCDIC pages agree on (the syntactic
/// character set, IBM CDRA, GCSGID 640).
bool is_invariant_ebcdic(char c) {
    constexpr std::string_view others =
        "\x05\x0D\x15\x25\x40\x4B\x4C\x4D\x4E\x50\x5C\x5D\x5E\x60\x61\x6B\x6C\x6D\x6E\x6F"
        "\x7A\x7D\x7E\x7F";
    if (others.find(c) != others.npos) return true;
    const auto zone = static_cast<unsigned char>(c) & 0xF0;
    const auto digit = static_cast<unsigned char>(c) & 0x0F;
    switch (zone) {
        case 0x80:
        case 0x90:
        case 0xC0:
        case 0xD0:
            return digit >= 1 && digit <= 9;
        case 0xA0:
        case 0xE0:
            return digit >= 2 && digit <= 9;
        case 0xF0:
            return digit <= 9;
        default:
            return false;
    }
}

bool may_be_utf8(std::string_view bytes) {
    return is_utf8(bytes) && bytes.find(static_cast<char>(ebcdic_new_line)) == bytes.npos;
}

Result<std::string> decode_by_locale(std::string_view bytes) {
    const Locale locale = environment_locale();
    const auto guess = detect(bytes);
    if (guess && !guess->is_ebcdic()) return guess->to_utf8(bytes);
    const auto page = locale.page();
    if (guess && !(page && page->is_ebcdic())) return guess->to_utf8(bytes);
    if (!page) return page.error();
    if (page->name() == CodePage::utf8().name() && !may_be_utf8(bytes)) {
        return Error(Errc::invalid_input,
                     fmt::format("the text is not UTF-8 and {}, so its code page is not known; name it, for example "
                                 "\"IBM-1047\"",
                                 locale.to_text()));
    }
    auto text = page->to_utf8(bytes);
    if (!text) return text.error().in(locale.variable);
    return text;
}

}  // namespace

std::optional<CodePage> detect(std::string_view bytes) {
    const bool utf8 = may_be_utf8(bytes);
    const bool ebcdic = std::all_of(bytes.begin(), bytes.end(), is_invariant_ebcdic);
    if (utf8 && (!ebcdic || bytes.empty())) return CodePage::utf8();
    if (utf8 || !ebcdic) return std::nullopt;
    const auto page = CodePage::find("IBM-1047");
    return page ? std::optional(*page) : std::nullopt;
}

Result<std::string> decode(std::string_view bytes, const std::optional<std::string>& name) {
    auto page = name ? CodePage::find(*name) : Result<CodePage>(CodePage::utf8());
    if (!page) return page.error();
    auto text = name ? page->to_utf8(bytes) : decode_by_locale(bytes);
    if (text && text->starts_with(byte_order_mark)) text->erase(0, byte_order_mark.size());
    return text;
}

}  // namespace kpropgw::codepage
