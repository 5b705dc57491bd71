#pragma once
#include <string>
#include <vector>

#include "codepage/codepage.hpp"

namespace kpropgw::codepage {

/// What a code page is and what it is good for.
struct Description {
    enum class Family { utf8, ebcdic, ascii };
    enum class Width {
        single,    ///< a byte a character
        shifting,  ///< EBCDIC's double bytes between X'0E' and X'0F'
        multiple,  ///< one to four bytes a character
    };
    enum class SmallLetters {
        usual,      ///< a-z where IBM-1047 or ASCII has them
        elsewhere,  ///< the katakana pages
        none,
    };

    std::string name;  ///< as CodePage::name()
    int ccsid = 0;     ///< 0 when it has none that leads back to it
    Family family = Family::ascii;
    Width width = Width::single;
    SmallLetters small_letters = SmallLetters::usual;
    std::string at_sign;    ///< the bytes of "@", "" when it has none
    bool has_euro = false;  ///< whether it has the euro sign
    std::string euro_twin;  ///< the page that a locale's @euro picks instead; "" for none
    std::string_view use;   ///< "Germany, Austria"; "" where nobody said
};

/// Of every page in known_names(): UTF-8, then EBCDIC's with the most usual on z/OS first, then the rest by name.
std::vector<Description> describe_all();

}  // namespace kpropgw::codepage
