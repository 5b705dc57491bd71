#include "gateway/krb/false_checksum.hpp"

namespace kpropgw::krb {
namespace {

// The cksum field's content as DER (RFC 4120 5.6.1, Checksum): SEQUENCE { [0] INTEGER 12, [1] OCTET STRING (20) }.
constexpr std::string_view false_head("\x30\x1d\xa0\x03\x02\x01\x0c\xa1\x16\x04\x14", 11);
constexpr std::size_t false_octets = 20;
constexpr std::size_t true_octets = 12;

/// A DER header at `at`: where its length octets and its content begin, and the content's length.
struct Header {
    std::size_t length_at;
    std::size_t content_at;
    std::size_t length;
};

std::optional<Header> header_at(std::string_view bytes, std::size_t at, char tag) {
    if (at + 2 > bytes.size() || bytes[at] != tag) return std::nullopt;
    const auto first = static_cast<unsigned char>(bytes[at + 1]);
    if (first < 0x80) return Header{at + 1, at + 2, first};
    if (first == 0x81 && at + 3 <= bytes.size())
        return Header{at + 1, at + 3, static_cast<unsigned char>(bytes[at + 2])};
    return std::nullopt;
}

std::string with_header(char tag, const std::string& content) {
    std::string out(1, tag);
    if (content.size() >= 0x80) out += '\x81';
    out += static_cast<char>(content.size());
    return out + content;
}

}  // namespace

std::optional<std::string> mend_false_checksum(std::string_view krb_safe, std::int32_t enctype) {
    if (enctype != 17 && enctype != 18) return std::nullopt;
    const auto application = header_at(krb_safe, 0, '\x74');
    if (!application || application->content_at + application->length != krb_safe.size()) return std::nullopt;
    const auto sequence = header_at(krb_safe, application->content_at, '\x30');
    if (!sequence || sequence->content_at + sequence->length != krb_safe.size()) return std::nullopt;
    // The checksum is the last field, [3].
    const std::size_t tail = 2 + false_head.size() + false_octets;
    if (sequence->length < tail) return std::nullopt;
    const std::size_t field_at = krb_safe.size() - tail;
    if (krb_safe.substr(field_at, 2) != std::string_view("\xa3\x1f", 2)) return std::nullopt;
    if (krb_safe.substr(field_at + 2, false_head.size()) != false_head) return std::nullopt;

    std::string checksum = std::string("\xa0\x03\x02\x01", 4) + static_cast<char>(enctype == 18 ? 16 : 15);
    checksum += with_header(
        '\xa1', with_header('\x04', std::string(krb_safe.substr(krb_safe.size() - false_octets, true_octets))));
    std::string content(krb_safe.substr(sequence->content_at, field_at - sequence->content_at));
    content += with_header('\xa3', with_header('\x30', checksum));
    return with_header('\x74', with_header('\x30', content));
}

}  // namespace kpropgw::krb
