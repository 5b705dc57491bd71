#include "codepage/single_byte.hpp"

#include <unordered_map>

#include "codepage/utf8.hpp"

namespace kpropgw::codepage {
namespace {

class SingleByteConverter : public Converter {
public:
    SingleByteConverter(const SingleByteTable& table, std::string page) : page_(std::move(page)) {
        for (std::size_t byte = 0; byte < table.size(); ++byte) {
            if (!table[byte]) continue;
            append_utf8(texts_[byte], *table[byte]);
            bytes_.emplace(*table[byte], static_cast<char>(byte));
        }
    }

    Result<std::string> to_utf8(std::string_view bytes) const override {
        std::string text;
        text.reserve(bytes.size());
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            const std::string& character = texts_[static_cast<unsigned char>(bytes[at])];
            if (character.empty()) return undecodable(at, bytes.substr(at, 1), page_);
            text += character;
        }
        return text;
    }

    Result<std::string> from_utf8(std::string_view text) const override {
        std::string bytes;
        bytes.reserve(text.size());
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t start = at;
            const auto character = next_character(text, at);
            if (!character) return bad_utf8(text, start);
            const auto byte = bytes_.find(*character);
            if (byte == bytes_.end()) return unencodable(start, *character, page_);
            bytes += byte->second;
        }
        return bytes;
    }

private:
    std::string page_;
    std::array<std::string, 256> texts_;  ///< each byte's UTF-8, "" for none
    std::unordered_map<char32_t, char> bytes_;
};

}  // namespace

ConverterPointer make_single_byte_converter(const SingleByteTable& table, const std::string& page) {
    return std::make_unique<SingleByteConverter>(table, page);
}

}  // namespace kpropgw::codepage
