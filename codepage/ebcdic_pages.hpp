#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "codepage/codepage.hpp"

namespace kpropgw::codepage {

/// What an EBCDIC page is for. The countries are those of IBM's CCSID registry.
struct EbcdicPage {
    std::string_view name;
    std::string_view use;        ///< "Germany, Austria"
    std::string_view euro_twin;  ///< the page that has the euro sign and all else where this has it; "" for none
};

/// The most usual on z/OS first.
std::span<const EbcdicPage> ebcdic_pages();

/// The pages of that table, opened once.
const std::vector<CodePage>& open_ebcdic_pages();

}  // namespace kpropgw::codepage
