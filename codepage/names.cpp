#include "codepage/names.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "codepage/codepage.hpp"
#include "codepage/converter.hpp"
#include "codepage/ebcdic_pages.hpp"

namespace kpropgw::codepage {
namespace {

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// ICU's name for one of its aliases; "" when it has none. Line ends are ours to do, so the twin of a converter that
/// only swaps them is the converter.
std::string icu_name(std::string_view alias) {
    if (alias.empty() || alias.find('\0') != alias.npos) return "";
    UErrorCode status = U_ZERO_ERROR;
    const char* found = ucnv_getAlias(std::string(alias).c_str(), 0, &status);
    if (U_FAILURE(status) || found == nullptr) return "";
    const std::string_view name = found;
    return std::string(name.substr(0, name.find(",swaplfnl")));
}

/// "" when there is none.
std::string standard_name(const std::string& icu, const char* authority) {
    UErrorCode status = U_ZERO_ERROR;
    const char* name = ucnv_getStandardName(icu.c_str(), authority, &status);
    return U_SUCCESS(status) && name != nullptr ? name : "";
}

/// IBM's pages go by IBM-nnn, however a registry spells them.
bool is_ibm_name(std::string_view name) {
    const std::string lower = to_lower(name);
    return lower.starts_with("ibm") || lower.starts_with("cp");
}

/// The shortest of the names in use that leads back to the same converter.
std::string canonical_name(const std::string& icu) {
    std::string ibm;
    if (icu.starts_with("ibm-")) {
        const std::string_view number = std::string_view(icu).substr(4, icu.find_first_not_of("0123456789", 4) - 4);
        ibm = fmt::format("IBM-{:0>3}", number);
    }
    for (const char* authority : {"MIME", "IANA"}) {
        const std::string name = standard_name(icu, authority);
        if (!is_ibm_name(name) && icu_name(name) == icu) return name;
    }
    if (icu_name(ibm) == icu) return ibm;
    return icu;
}

/// Opens every converter that ICU has.
std::vector<std::string> list_names() {
    std::vector<std::string> names;
    for (std::int32_t index = 0; index < ucnv_countAvailable(); ++index) {
        const std::string icu = icu_name(ucnv_getAvailableName(index));
        if (icu.empty()) continue;
        std::string name = canonical_name(icu);
        if (open_converter(icu, name)) names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Error not_known(std::string_view name, std::string_view codeset) {
    const auto& names = known_names();
    const std::vector<std::string_view> known(names.begin(), names.end());
    std::string hint = did_you_mean(is_number(codeset) ? fmt::format("IBM-{}", codeset) : codeset, known);
    if (hint.empty()) hint = "; name it by its CCSID (\"1047\"), as \"IBM-1047\" or by a locale (\"En_US.IBM-1047\")";
    return {Errc::invalid_input, fmt::format("code page \"{}\" is not known{}", name, hint)};
}

}  // namespace

Result<PageName> resolve(std::string_view name) {
    const std::string_view locale = name.substr(0, name.find('@'));
    const auto dot = locale.find('.');
    const std::string_view codeset = dot == locale.npos ? locale : locale.substr(dot + 1);
    const std::string lower = to_lower(codeset);
    std::string icu;
    if (dot == locale.npos && (lower == "c" || lower == "posix")) {
        icu = icu_name("ibm-1047");
    } else if (is_number(lower)) {
        icu = icu_name("ibm-" + lower);
    } else {
        icu = icu_name(lower);
    }
    if (icu.empty()) icu = icu_name(name);
    if (icu.empty() || dot == 0) return not_known(name, codeset);
    return PageName{icu, canonical_name(icu)};
}

bool wants_euro(std::string_view name) {
    const auto at = name.find('@');
    return at != name.npos && to_lower(name.substr(at + 1)) == "euro";
}

std::string_view euro_twin(std::string_view canonical) {
    const auto pages = ebcdic_pages();
    const auto found = std::find_if(pages.begin(), pages.end(),
                                    [canonical](const EbcdicPage& page) { return page.name == canonical; });
    return found == pages.end() ? "" : found->euro_twin;
}

const std::vector<std::string>& known_names() {
    static const std::vector<std::string> names = list_names();
    return names;
}

}  // namespace kpropgw::codepage
