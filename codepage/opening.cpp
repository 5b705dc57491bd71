#include <fmt/format.h>

#include <algorithm>

#include "codepage/candidates.hpp"
#include "codepage/codepage.hpp"
#include "codepage/ebcdic_pages.hpp"
#include "codepage/locale.hpp"

namespace kpropgw::codepage {
namespace {

bool writes(const CodePage& page, std::string_view text, std::string_view beginning) {
    const auto written = page.from_utf8(text);
    return written && written->substr(0, beginning.size()) == beginning.substr(0, written->size());
}

bool contains(const std::vector<std::string>& names, const CodePage& page) {
    return std::find(names.begin(), names.end(), page.name()) != names.end();
}

Error begins_otherwise(const Opening& opening, const CodePage& page, std::string_view text) {
    return {Errc::invalid_input, fmt::format("the file does not begin with \"{}\" in {}, but in {}; name one of these",
                                             text, page.name(), some_of(opening.pages))};
}

Result<CodePage> check_named(const Opening& opening, const CodePage& page, std::string_view text) {
    if (opening.form == Opening::Form::plain && page.is_ebcdic()) {
        return Error(Errc::invalid_input,
                     fmt::format("the file begins in ASCII, not in {}; leave that code page out", page.name()));
    }
    if (opening.form == Opening::Form::ebcdic && !contains(opening.pages, page)) {
        return begins_otherwise(opening, page, text);
    }
    return page;
}

}  // namespace

Opening recognise_opening(std::string_view beginning, std::string_view text) {
    Opening opening;
    if (beginning.empty()) return opening;
    if (writes(CodePage::utf8(), text, beginning)) return {Opening::Form::plain, {}};
    for (const CodePage& page : open_ebcdic_pages()) {
        if (writes(page, text, beginning)) opening.pages.push_back(page.name());
    }
    if (!opening.pages.empty()) opening.form = Opening::Form::ebcdic;
    return opening;
}

Result<CodePage> page_of_file(std::string_view beginning, std::string_view text,
                              const std::optional<std::string>& name) {
    const Opening opening = recognise_opening(beginning, text);
    if (name) {
        const auto page = CodePage::find(*name);
        return page ? check_named(opening, *page, text) : page;
    }
    if (opening.form != Opening::Form::ebcdic) return CodePage::utf8();
    const Locale locale = environment_locale();
    const auto page = locale.page();
    if (page && page->is_ebcdic()) {
        if (contains(opening.pages, *page)) return page;
        return begins_otherwise(opening, *page, text).in(locale.variable);
    }
    return Error(Errc::invalid_input,
                 fmt::format("the file is EBCDIC, but its first letters are the same in {}, which differ in \"@\" and "
                             "others, and {}; {}",
                             some_of(opening.pages), locale.to_text(), ask_for_page(opening.pages.front())));
}

}  // namespace kpropgw::codepage
