#include <algorithm>
#include <array>
#include <cstdlib>

#include "codepage/codepage.hpp"

using namespace kpropgw;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

const codepage::CodePage& pick_page(unsigned char choice) {
    static const std::array pages{
        codepage::CodePage::utf8(),
        codepage::CodePage::find("IBM-1047").value(),
        codepage::CodePage::find("IBM-273").value(),
        codepage::CodePage::find("IBM-290").value(),
        codepage::CodePage::find("IBM-939").value(),
        codepage::CodePage::find("IBM-930").value(),
        codepage::CodePage::find("IBM-937").value(),
        codepage::CodePage::find("IBM-1399").value(),
        codepage::CodePage::find("windows-1252").value(),
    };
    return pages[choice % pages.size()];
}

constexpr std::array<std::string_view, 2> roles{"Primary", "Replace"};

/// Line by line it is the same as at once.
void check_pieces(const codepage::CodePage& page, std::string_view text) {
    const auto whole = page.from_utf8(text);
    if (!whole) return;
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        require(page.from_utf8(text.substr(at, end - at), bytes, at).has_value());
        at = end;
    }
    require(bytes == *whole);
}

/// A long text takes another way than a short one, and says the same.
void check_long(const codepage::CodePage& page, const std::string& bytes) {
    constexpr std::size_t long_enough = 20000;
    const auto text = page.to_utf8(bytes);
    if (!text || bytes.empty()) return;
    std::string all;
    std::string expected;
    while (all.size() < long_enough) {
        all += bytes;
        expected += *text;
    }
    require(page.to_utf8(all).value() == expected);
}

/// Whatever page is chosen writes the text as the file has it.
void check_opening(std::string_view bytes, std::string_view text) {
    const auto opening = codepage::recognise_opening(bytes, text);
    require((opening.form == codepage::Opening::Form::ebcdic) == !opening.pages.empty());
    for (const std::string& name : opening.pages) {
        const auto written = codepage::CodePage::find(name).value().from_utf8(text);
        const std::size_t size = std::min(written.value().size(), bytes.size());
        require(written->compare(0, size, bytes, 0, size) == 0);
    }
    static_cast<void>(codepage::page_of_file(bytes, text, std::nullopt));
}

}  // namespace

/// The first byte picks the page; the rest is its text, and UTF-8 to be written in it.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size == 0) return 0;
    const codepage::CodePage& page = pick_page(data[0]);
    const std::string bytes(data + 1, data + size);
    if (const auto text = page.to_utf8(bytes)) {
        const auto written = page.from_utf8(*text);
        require(written.has_value());
        require(*page.to_utf8(*written) == *text);
    }
    if (const auto written = page.from_utf8(bytes)) require(*page.to_utf8(*written) == bytes);
    check_pieces(page, bytes);
    check_long(page, bytes);
    for (const std::size_t count : {std::size_t{0}, roles.size()}) {
        const auto words = std::span(roles).first(count);
        if (const auto guess = codepage::detect(bytes, words)) require(guess->to_utf8(bytes).has_value());
        if (const auto text = codepage::decode(bytes, std::nullopt, words))
            require(codepage::CodePage::utf8().to_utf8(*text).has_value());
    }
    check_opening(bytes, std::string_view(bytes).substr(0, size / 2));
    static_cast<void>(codepage::CodePage::find(bytes));
    return 0;
}
