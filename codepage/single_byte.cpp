#include "codepage/single_byte.hpp"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/secret.hpp"
#include "codepage/utf8.hpp"

namespace kpropgw::codepage {
namespace {

/// Bytes or characters between two looks at the room in the buffer.
constexpr std::size_t block = 1024;
constexpr std::size_t longest_utf8 = 4;
/// Nearly all of a dump is ASCII: so many at a time halve the time that one at a time takes.
constexpr std::size_t eight = 8;
/// From here on the table of pairs is worth filling.
constexpr std::size_t long_text = 16384;
/// No byte has this value.
constexpr std::uint16_t none = 0x100;

/// What a byte reads as, copied whole and then counted: a copy of a fixed size is one instruction.
struct alignas(8) Character {
    std::array<char, longest_utf8> utf8{};
    std::uint8_t size = 0;  ///< 0: the byte is no character
};

/// ASCII by the byte; what is no byte of ASCII has its highest bit set.
using AsciiTable = std::array<std::uint8_t, 256>;

/// The same by two bytes at once, in memory's order: 1.5 to 2 times as fast. Its 128 KiB are filled when a long text
/// first asks, because few of the pages that are opened ever convert one.
class PairTable {
public:
    const std::uint16_t* fill(const AsciiTable& ascii) const {
        std::call_once(filled_, [&] {
            pairs_.resize(ascii.size() * ascii.size());
            for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
                const auto index = static_cast<std::uint16_t>(pair);
                std::array<std::uint8_t, 2> bytes{};
                std::memcpy(bytes.data(), &index, sizeof index);
                for (std::uint8_t& byte : bytes)
                    byte = ascii[byte];
                std::memcpy(&pairs_[pair], bytes.data(), sizeof index);
            }
        });
        return pairs_.data();
    }

private:
    mutable std::once_flag filled_;
    mutable std::vector<std::uint16_t> pairs_;
};

class SingleByteConverter : public Converter {
public:
    SingleByteConverter(const SingleByteTable& table, std::string page) : page_(std::move(page)) {
        low_.fill(none);
        ascii_.fill(0x80);
        for (std::size_t byte = 0; byte < table.size(); ++byte) {
            if (table[byte]) add(static_cast<unsigned char>(byte), *table[byte]);
        }
    }

    Result<void> to_utf8(std::string_view bytes, std::string& out, std::uint64_t offset) const override {
        std::array<char, block * longest_utf8> buffer;  // filled before it is read
        const std::uint16_t* const pairs = bytes.size() < long_text ? nullptr : pairs_.fill(ascii_);
        Result<void> done;
        for (std::size_t at = 0; done && at < bytes.size();) {
            const std::size_t end = std::min(at + block, bytes.size());
            char* to = buffer.data();
            while (at < end) {
                if (pairs != nullptr && end - at >= eight && read_eight(pairs, bytes.data() + at, to)) {
                    at += eight;
                    to += eight;
                    continue;
                }
                const Character& character = characters_[static_cast<unsigned char>(bytes[at])];
                if (character.size == 0) {
                    done = undecodable(offset + at, bytes.substr(at, 1), page_);
                    break;
                }
                std::memcpy(to, character.utf8.data(), longest_utf8);
                to += character.size;
                ++at;
            }
            out.append(buffer.data(), to);
        }
        wipe(buffer);
        return done;
    }

    Result<void> from_utf8(std::string_view text, std::string& out, std::uint64_t offset) const override {
        std::array<char, block> buffer;  // filled before it is read
        Result<void> done;
        for (std::size_t at = 0; done && at < text.size();) {
            char* to = buffer.data();
            char* const full = to + block;
            while (to < full && at < text.size()) {
                if (static_cast<std::size_t>(full - to) >= eight && text.size() - at >= eight &&
                    write_eight(text.data() + at, to)) {
                    at += eight;
                    to += eight;
                    continue;
                }
                const std::size_t start = at;
                const auto character = next_character(text, at);
                const std::uint16_t byte = character ? find(*character) : none;
                if (byte == none) {
                    done = character ? unencodable(offset + start, *character, page_) : bad_utf8(text, start, offset);
                    break;
                }
                *to++ = static_cast<char>(byte);
            }
            out.append(buffer.data(), to);
        }
        wipe(buffer);
        return done;
    }

private:
    void add(unsigned char byte, char32_t character) {
        std::string utf8;
        append_utf8(utf8, character);
        characters_[byte].size = static_cast<std::uint8_t>(utf8.size());
        std::copy(utf8.begin(), utf8.end(), characters_[byte].utf8.begin());
        if (character < 0x80) ascii_[byte] = static_cast<std::uint8_t>(character);
        if (find(character) != none) return;
        if (character < low_.size()) {
            low_[character] = byte;
        } else {
            high_.emplace(character, byte);
        }
    }

    /// Eight bytes that are all ASCII in UTF-8; false, with `to` undefined, when they are not.
    static bool read_eight(const std::uint16_t* pairs, const char* bytes, char* to) {
        unsigned seen = 0;
        for (std::size_t i = 0; i < eight; i += sizeof *pairs) {
            std::uint16_t pair = 0;
            std::memcpy(&pair, bytes + i, sizeof pair);
            pair = pairs[pair];
            std::memcpy(to + i, &pair, sizeof pair);
            seen |= pair;
        }
        return (seen & 0x8080U) == 0;
    }

    /// Eight characters that are all ASCII and in the page; false, with `to` undefined, when they are not.
    bool write_eight(const char* text, char* to) const {
        if (!begins_with_ascii({text, eight})) return false;
        unsigned seen = 0;
        for (std::size_t i = 0; i < eight; ++i) {
            const unsigned byte = low_[static_cast<unsigned char>(text[i])];
            to[i] = static_cast<char>(byte);
            seen |= byte;
        }
        return seen < none;
    }

    /// The byte of a character, or none.
    std::uint16_t find(char32_t character) const {
        if (character < low_.size()) return low_[character];
        const auto found = high_.find(character);
        return found == high_.end() ? none : found->second;
    }

    std::string page_;
    std::array<Character, 256> characters_;
    AsciiTable ascii_;
    PairTable pairs_;
    /// The bytes of what UTF-8 writes in one or two bytes: ASCII, Latin, Greek, Cyrillic, Hebrew, Arabic.
    std::array<std::uint16_t, 0x800> low_;
    std::unordered_map<char32_t, std::uint16_t> high_;
};

}  // namespace

ConverterPointer make_single_byte_converter(const SingleByteTable& table, const std::string& page) {
    return std::make_unique<SingleByteConverter>(table, page);
}

}  // namespace kpropgw::codepage
