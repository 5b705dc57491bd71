#include "codepage/description.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>

#include "codepage/ebcdic_pages.hpp"
#include "codepage/icu.hpp"
#include "codepage/names.hpp"

namespace kpropgw::codepage {
namespace {

struct Use {
    std::string_view name;
    std::string_view text;
};

constexpr std::array ascii_uses{
    Use{"US-ASCII", "English, and what MIT's own tools expect"},
    Use{"ISO-8859-1", "Western Europe"},
    Use{"ISO-8859-2", "Central and Eastern Europe"},
    Use{"ISO-8859-3", "Southern Europe"},
    Use{"ISO-8859-4", "Northern Europe"},
    Use{"ISO-8859-5", "Cyrillic"},
    Use{"ISO-8859-6", "Arabic"},
    Use{"ISO-8859-7", "Greece"},
    Use{"ISO-8859-8", "Israel"},
    Use{"ISO-8859-9", "Turkey"},
    Use{"ISO-8859-10", "Nordic languages"},
    Use{"ISO-8859-13", "Baltic"},
    Use{"ISO-8859-14", "Celtic languages"},
    Use{"ISO-8859-15", "Western Europe"},
    Use{"windows-1250", "Central and Eastern Europe, Windows"},
    Use{"windows-1251", "Cyrillic, Windows"},
    Use{"windows-1252", "Western Europe, Windows"},
    Use{"windows-1253", "Greece, Windows"},
    Use{"windows-1254", "Turkey, Windows"},
    Use{"windows-1255", "Israel, Windows"},
    Use{"windows-1256", "Arabic, Windows"},
    Use{"windows-1257", "Baltic, Windows"},
    Use{"windows-1258", "Vietnam, Windows"},
    Use{"KOI8-R", "Russia"},
    Use{"KOI8-U", "Ukraine"},
    Use{"IBM-437", "USA, PC"},
    Use{"IBM-850", "Western Europe, PC and AIX"},
    Use{"IBM-852", "Central and Eastern Europe, PC"},
    Use{"IBM-855", "Cyrillic, PC"},
    Use{"IBM-857", "Turkey, PC"},
    Use{"IBM-858", "Western Europe, PC"},
    Use{"IBM-866", "Russia, PC"},
    Use{"Shift_JIS", "Japan"},
    Use{"EUC-JP", "Japan, UNIX"},
    Use{"IBM-943", "Japan, AIX and Windows"},
    Use{"EUC-KR", "Korea, UNIX"},
    Use{"GB2312", "China, simplified"},
    Use{"GBK", "China, simplified"},
    Use{"GB18030", "China, all of Unicode"},
    Use{"Big5", "Taiwan, traditional"},
    Use{"Big5-HKSCS", "Hong Kong, traditional"},
};

std::string_view use_of(std::string_view name) {
    if (name == CodePage::utf8().name()) return "all of Unicode; what everything here is in unless told";
    const auto has_name = [name](const auto& row) { return row.name == name; };
    const auto pages = ebcdic_pages();
    if (const auto found = std::find_if(pages.begin(), pages.end(), has_name); found != pages.end()) return found->use;
    const auto found = std::find_if(ascii_uses.begin(), ascii_uses.end(), has_name);
    return found == ascii_uses.end() ? "" : found->text;
}

Description::Width width_of(UConverterType type) {
    switch (type) {
        case UCNV_EBCDIC_STATEFUL:
            return Description::Width::shifting;
        case UCNV_SBCS:
        case UCNV_LATIN_1:
        case UCNV_US_ASCII:
            return Description::Width::single;
        default:
            return Description::Width::multiple;
    }
}

Description::SmallLetters small_letters_of(const CodePage& page) {
    const auto letters = page.from_utf8("az");
    if (!letters) return Description::SmallLetters::none;
    return *letters == (page.is_ebcdic() ? "\x81\xA9" : "az") ? Description::SmallLetters::usual
                                                              : Description::SmallLetters::elsewhere;
}

/// What ICU knows of the page beyond its characters.
void add_icu_facts(Description& description) {
    const auto name = resolve(description.name);
    if (!name) return;
    const auto icu = open_icu_converter(name->icu);
    if (!icu) return;
    description.width = width_of(ucnv_getType(icu->get()));
    UErrorCode status = U_ZERO_ERROR;
    const int ccsid = ucnv_getCCSID(icu->get(), &status);
    if (U_FAILURE(status) || ccsid <= 0) return;
    const auto back = resolve(std::to_string(ccsid));
    if (back && back->canonical == description.name) description.ccsid = ccsid;
}

Description describe(const CodePage& page) {
    Description description;
    description.name = page.name();
    description.family = page.is_utf8()     ? Description::Family::utf8
                         : page.is_ebcdic() ? Description::Family::ebcdic
                                            : Description::Family::ascii;
    add_icu_facts(description);
    description.small_letters = small_letters_of(page);
    if (auto at_sign = page.from_utf8("@")) description.at_sign = *std::move(at_sign);
    description.has_euro = page.from_utf8("€").has_value();
    const std::string_view twin = euro_twin(page.name());
    if (!description.has_euro && CodePage::find(twin)) description.euro_twin = twin;
    description.use = use_of(page.name());
    return description;
}

/// Where a page stands in the list, before its name decides.
std::size_t rank(const Description& description) {
    if (description.family == Description::Family::utf8) return 0;
    const auto pages = ebcdic_pages();
    if (description.family == Description::Family::ascii) return pages.size() + 2;
    const auto found =
        std::find_if(pages.begin(), pages.end(), [&](const EbcdicPage& page) { return page.name == description.name; });
    return static_cast<std::size_t>(found - pages.begin()) + 1;
}

}  // namespace

std::vector<Description> describe_all() {
    std::vector<Description> all;
    for (const std::string& name : known_names()) {
        if (const auto page = CodePage::find(name)) all.push_back(describe(*page));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Description& a, const Description& b) { return rank(a) < rank(b); });
    return all;
}

}  // namespace kpropgw::codepage
