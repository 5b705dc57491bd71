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
    if (const auto guess = codepage::detect(bytes)) require(guess->to_utf8(bytes).has_value());
    if (const auto text = codepage::decode(bytes, std::nullopt))
        require(codepage::CodePage::utf8().to_utf8(*text).has_value());
    static_cast<void>(codepage::CodePage::find(bytes));
    return 0;
}
