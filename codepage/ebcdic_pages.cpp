#include "codepage/ebcdic_pages.hpp"

#include <array>

namespace kpropgw::codepage {
namespace {

constexpr std::array pages{
    EbcdicPage{"IBM-1047", "z/OS UNIX, Latin-1", "IBM-924"},
    EbcdicPage{"IBM-037", "USA, Canada, Netherlands, Portugal, Brazil, Australia", "IBM-1140"},
    EbcdicPage{"IBM-500", "Belgium, Switzerland, international", "IBM-1148"},
    EbcdicPage{"IBM-273", "Germany, Austria", "IBM-1141"},
    EbcdicPage{"IBM-297", "France", "IBM-1147"},
    EbcdicPage{"IBM-285", "United Kingdom", "IBM-1146"},
    EbcdicPage{"IBM-280", "Italy", "IBM-1144"},
    EbcdicPage{"IBM-284", "Spain, Latin America", "IBM-1145"},
    EbcdicPage{"IBM-277", "Denmark, Norway", "IBM-1142"},
    EbcdicPage{"IBM-278", "Finland, Sweden", "IBM-1143"},
    EbcdicPage{"IBM-871", "Iceland", "IBM-1149"},
    EbcdicPage{"IBM-1140", "USA, Canada, Netherlands, Portugal, Brazil, Australia", ""},
    EbcdicPage{"IBM-1148", "Belgium, Switzerland, international", ""},
    EbcdicPage{"IBM-1141", "Germany, Austria", ""},
    EbcdicPage{"IBM-1147", "France", ""},
    EbcdicPage{"IBM-1146", "United Kingdom", ""},
    EbcdicPage{"IBM-1144", "Italy", ""},
    EbcdicPage{"IBM-1145", "Spain, Latin America", ""},
    EbcdicPage{"IBM-1142", "Denmark, Norway", ""},
    EbcdicPage{"IBM-1143", "Finland, Sweden", ""},
    EbcdicPage{"IBM-1149", "Iceland", ""},
    EbcdicPage{"IBM-939", "Japan, Latin and kanji", "IBM-1399"},
    EbcdicPage{"IBM-930", "Japan, katakana and kanji", "IBM-1390"},
    EbcdicPage{"IBM-1399", "Japan, Latin and kanji", ""},
    EbcdicPage{"IBM-1390", "Japan, katakana and kanji", ""},
    EbcdicPage{"IBM-290", "Japan, katakana", "IBM-8482"},
    EbcdicPage{"IBM-8482", "Japan, katakana", ""},
    EbcdicPage{"IBM-5123", "Japan, Latin", ""},
    EbcdicPage{"IBM-933", "Korea", "IBM-1364"},
    EbcdicPage{"IBM-1364", "Korea", ""},
    EbcdicPage{"IBM-935", "China, simplified", ""},
    EbcdicPage{"IBM-1388", "China, GB 18030", ""},
    EbcdicPage{"IBM-937", "Taiwan, traditional", "IBM-1371"},
    EbcdicPage{"IBM-1371", "Taiwan, traditional", ""},
    EbcdicPage{"IBM-870", "Central and Eastern Europe, Latin-2", "IBM-1153"},
    EbcdicPage{"IBM-1153", "Central and Eastern Europe, Latin-2", ""},
    EbcdicPage{"IBM-1025", "Bulgaria, Russia, Serbia: Cyrillic", "IBM-1154"},
    EbcdicPage{"IBM-1154", "Bulgaria, Russia, Serbia: Cyrillic", ""},
    EbcdicPage{"IBM-1123", "Ukraine", "IBM-1158"},
    EbcdicPage{"IBM-1158", "Ukraine", ""},
    EbcdicPage{"IBM-875", "Greece", "IBM-4971"},
    EbcdicPage{"IBM-4971", "Greece", ""},
    EbcdicPage{"IBM-9067", "Greece", ""},
    EbcdicPage{"IBM-1026", "Turkey", "IBM-1155"},
    EbcdicPage{"IBM-1155", "Turkey", ""},
    EbcdicPage{"IBM-1112", "Latvia, Lithuania", "IBM-1156"},
    EbcdicPage{"IBM-1156", "Latvia, Lithuania", ""},
    EbcdicPage{"IBM-1122", "Estonia", "IBM-1157"},
    EbcdicPage{"IBM-1157", "Estonia", ""},
    EbcdicPage{"IBM-424", "Israel", "IBM-12712"},
    EbcdicPage{"IBM-12712", "Israel", ""},
    EbcdicPage{"IBM-803", "Israel, capital letters only", ""},
    EbcdicPage{"IBM-4899", "Israel, capital letters only", ""},
    EbcdicPage{"IBM-420", "Arabic", "IBM-16804"},
    EbcdicPage{"IBM-16804", "Arabic", ""},
    EbcdicPage{"IBM-4517", "Arabic, French", ""},
    EbcdicPage{"IBM-1097", "Iran", ""},
    EbcdicPage{"IBM-918", "Pakistan, Urdu", ""},
    EbcdicPage{"IBM-838", "Thailand", "IBM-1160"},
    EbcdicPage{"IBM-1160", "Thailand", ""},
    EbcdicPage{"IBM-1130", "Vietnam", "IBM-1164"},
    EbcdicPage{"IBM-1164", "Vietnam", ""},
    EbcdicPage{"IBM-1132", "Laos", ""},
    EbcdicPage{"IBM-1137", "India, Devanagari", ""},
};

std::vector<CodePage> open_all() {
    std::vector<CodePage> opened;
    for (const EbcdicPage& page : pages) {
        if (auto found = CodePage::find(page.name)) opened.push_back(*std::move(found));
    }
    return opened;
}

}  // namespace

std::span<const EbcdicPage> ebcdic_pages() {
    return pages;
}

const std::vector<CodePage>& open_ebcdic_pages() {
    static const std::vector<CodePage> opened = open_all();
    return opened;
}

}  // namespace kpropgw::codepage
