#include "codepage/codepage.hpp"

#include <fmt/format.h>

#include "codepage/converter.hpp"
#include "codepage/names.hpp"
#include "codepage/utf8.hpp"

namespace kpropgw::codepage {

namespace {

constexpr std::string_view utf8_name = "UTF-8";

bool writes_euro(const Converter& converter) {
    std::string bytes;
    return converter.from_utf8("€", bytes, 0).has_value();
}

bool reads_as_ebcdic(const Converter& converter) {
    std::string letter;
    return converter.to_utf8("\xC1", letter, 0) && letter == "A";
}

}  // namespace

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
    if (wants_euro(name) && !writes_euro(**converter)) {
        const std::string_view twin = euro_twin(resolved->canonical);
        auto euro_page = find(twin);
        if (euro_page) return euro_page;
        return Error(Errc::invalid_input, fmt::format("code page \"{}\": {} has no twin with the euro sign here; leave "
                                                      "out @euro or convert the text first",
                                                      name, resolved->canonical));
    }
    Page page{resolved->canonical, std::move(*converter), false};
    page.ebcdic = reads_as_ebcdic(*page.converter);
    return CodePage(std::make_shared<const Page>(std::move(page)));
}

CodePage CodePage::utf8() {
    return CodePage(std::make_shared<const Page>(Page{std::string(utf8_name), make_utf8_converter(), false}));
}

const std::string& CodePage::name() const {
    return page_->name;
}

bool CodePage::is_ebcdic() const {
    return page_->ebcdic;
}

bool CodePage::is_utf8() const {
    return page_->name == utf8_name;
}

Result<std::string> CodePage::to_utf8(std::string_view bytes) const {
    std::string text;
    text.reserve(bytes.size());
    if (auto done = to_utf8(bytes, text); !done) return done.error();
    return text;
}

Result<std::string> CodePage::from_utf8(std::string_view text) const {
    std::string bytes;
    bytes.reserve(text.size());
    if (auto done = from_utf8(text, bytes); !done) return done.error();
    return bytes;
}

Result<void> CodePage::to_utf8(std::string_view bytes, std::string& out, std::uint64_t offset) const {
    const std::size_t before = out.size();
    auto done = page_->converter->to_utf8(bytes, out, offset);
    if (!done) out.resize(before);
    return done;
}

Result<void> CodePage::from_utf8(std::string_view text, std::string& out, std::uint64_t offset) const {
    const std::size_t before = out.size();
    auto done = page_->converter->from_utf8(text, out, offset);
    if (!done) out.resize(before);
    return done;
}

}  // namespace kpropgw::codepage
