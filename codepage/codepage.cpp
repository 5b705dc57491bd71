#include "codepage/codepage.hpp"

#include <fmt/format.h>

#include "codepage/converter.hpp"
#include "codepage/names.hpp"
#include "codepage/utf8.hpp"

namespace kpropgw::codepage {

struct CodePage::Page {
    std::string name;
    ConverterPointer converter;
    bool ebcdic = false;
};

Result<CodePage> CodePage::find(std::string_view name) {
    auto resolved = resolve(name);
    if (!resolved) return resolved.error();
    auto converter = open_converter(resolved->icu, resolved->canonical);
    if (!converter) return converter.error();
    if (wants_euro(name) && !(*converter)->from_utf8("€")) {
        const std::string_view twin = euro_twin(resolved->canonical);
        auto euro_page = find(twin);
        if (euro_page) return euro_page;
        return Error(Errc::invalid_input, fmt::format("code page \"{}\": {} has no twin with the euro sign here; leave "
                                                      "out @euro or convert the text first",
                                                      name, resolved->canonical));
    }
    Page page{resolved->canonical, std::move(*converter), false};
    const auto letter = page.converter->to_utf8("\xC1");
    page.ebcdic = letter && *letter == "A";
    return CodePage(std::make_shared<const Page>(std::move(page)));
}

CodePage CodePage::utf8() {
    return CodePage(std::make_shared<const Page>(Page{"UTF-8", make_utf8_converter(), false}));
}

const std::string& CodePage::name() const {
    return page_->name;
}

bool CodePage::is_ebcdic() const {
    return page_->ebcdic;
}

Result<std::string> CodePage::to_utf8(std::string_view bytes) const {
    return page_->converter->to_utf8(bytes);
}

Result<std::string> CodePage::from_utf8(std::string_view text) const {
    return page_->converter->from_utf8(text);
}

}  // namespace kpropgw::codepage
