#include <fmt/format.h>

#include <algorithm>

#include "codepage/candidates.hpp"
#include "codepage/codepage.hpp"
#include "codepage/locale.hpp"
#include "codepage/single_byte.hpp"
#include "codepage/utf8.hpp"

namespace kpropgw::codepage {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool may_be_utf8(std::string_view bytes) {
    return is_utf8(bytes) && bytes.find(static_cast<char>(ebcdic_new_line)) == bytes.npos;
}

/// What bytes may be, before any locale is asked.
struct Finding {
    bool utf8 = false;
    std::vector<CodePage> ebcdic;
};

Finding look_at(std::string_view bytes, std::span<const std::string_view> words) {
    Finding finding{may_be_utf8(bytes), {}};
    if (finding.utf8 && (bytes.empty() || has_word(bytes, words))) return finding;
    finding.ebcdic = find_candidates(bytes, words);
    if (words.empty()) return finding;
    if (!finding.ebcdic.empty()) {
        finding.utf8 = false;  // chance does not make words
    } else if (!finding.utf8) {
        finding.ebcdic = find_candidates(bytes, {});
    }
    return finding;
}

Error not_known(const Locale& locale) {
    return {Errc::invalid_input,
            fmt::format("the text is neither UTF-8 nor EBCDIC that could be recognised, and {}; {}", locale.to_text(),
                        ask_for_page("IBM-1047"))};
}

/// By what the bytes say alone; absent when they say nothing. The error is for several EBCDIC pages.
Result<std::optional<CodePage>> decide(const Finding& finding, std::string_view bytes) {
    if (finding.utf8 && finding.ebcdic.empty()) return std::optional(CodePage::utf8());
    if (finding.utf8 || finding.ebcdic.empty()) return std::optional<CodePage>();
    auto page = agree(finding.ebcdic, bytes);
    if (!page) return page.error();
    return std::optional(*page);
}

struct Choice {
    CodePage page;
    std::string variable;  ///< of the locale that decided; "" when none did
};

Result<Choice> choose(std::string_view bytes, const std::optional<std::string>& name,
                      std::span<const std::string_view> words) {
    if (name) {
        auto named = CodePage::find(*name);
        if (!named) return named.error();
        return Choice{*named, ""};
    }
    const Finding finding = look_at(bytes, words);
    if (finding.utf8 && finding.ebcdic.empty()) return Choice{CodePage::utf8(), ""};
    const Locale locale = environment_locale();
    const auto page = locale.page();
    const auto is_locales = [&](const CodePage& candidate) { return candidate.name() == page->name(); };
    if (page && page->is_ebcdic()) {
        const bool fits = std::any_of(finding.ebcdic.begin(), finding.ebcdic.end(), is_locales);
        if (fits || finding.ebcdic.empty() || words.empty()) return Choice{*page, locale.variable};
    }
    const auto decided = decide(finding, bytes);
    if (!decided) return decided.error();
    if (*decided) return Choice{**decided, ""};
    if (!page) return page.error();
    if (page->is_utf8() && !finding.utf8) return not_known(locale);
    return Choice{*page, locale.variable};
}

}  // namespace

Result<CodePage> detect(std::string_view bytes, std::span<const std::string_view> words) {
    const auto decided = decide(look_at(bytes, words), bytes);
    if (!decided) return decided.error();
    if (*decided) return **decided;
    return Error(Errc::invalid_input,
                 "the text is neither UTF-8 nor EBCDIC that could be recognised; " + ask_for_page("IBM-1047"));
}

Result<std::string> decode(std::string_view bytes, const std::optional<std::string>& name,
                           std::span<const std::string_view> words) {
    auto choice = choose(bytes, name, words);
    if (!choice) return choice.error();
    auto text = choice->page.to_utf8(bytes);
    if (!text) return choice->variable.empty() ? text.error() : text.error().in(choice->variable);
    if (text->starts_with(byte_order_mark)) text->erase(0, byte_order_mark.size());
    return text;
}

}  // namespace kpropgw::codepage
