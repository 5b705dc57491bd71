#include "codepage/multi_byte.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>

#include <array>
#include <vector>

#include "base/secret.hpp"
#include "codepage/icu.hpp"
#include "codepage/utf8.hpp"

namespace kpropgw::codepage {
namespace {

constexpr char shift_out = 0x0E;
constexpr char shift_in = 0x0F;
/// Double bytes are blank (X'4040') or X'41'..X'FE' each.
constexpr unsigned char lowest_double_byte = 0x40;
/// What ICU makes of X'15'.
constexpr char16_t next_line = 0x85;
constexpr std::size_t chunk = 1024;
/// Texts are converted in pieces of whole lines of about this size.
constexpr std::size_t piece = 32768;

Error bad_shift(std::uint64_t at, std::string_view text) {
    return {Errc::invalid_input, fmt::format("byte {}: {}", at, text)};
}

void append_utf16(std::u16string& units, char32_t character) {
    if (character < 0x10000) {
        units += static_cast<char16_t>(character);
    } else {
        units += U16_LEAD(character);
        units += U16_TRAIL(character);
    }
}

/// The first lines of `text` that are a piece or more together. No double byte holds a line end, and none stands
/// between the shifts.
std::string_view first_lines(std::string_view text, std::string_view line_ends) {
    const std::size_t end = text.size() <= piece ? text.npos : text.find_first_of(line_ends, piece);
    return text.substr(0, end == text.npos ? end : end + 1);
}

/// ICU lets pass an open end, a second X'0E' and a lone X'0F'. `offset` is of the first byte.
Result<void> check_shifts(std::string_view bytes, std::uint64_t offset) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (bytes[at] == shift_in) return bad_shift(offset + at, "0x0f without 0x0e");
        if (bytes[at] != shift_out) continue;
        const std::size_t opened = at++;
        while (at < bytes.size() && bytes[at] != shift_in) {
            if (static_cast<unsigned char>(bytes[at]) < lowest_double_byte)
                return bad_shift(offset + opened, "0x0e without 0x0f");
            at += 2;
        }
        if (at >= bytes.size()) return bad_shift(offset + opened, "0x0e without 0x0f");
    }
    return {};
}

/// A dump's text holds keys.
void wipe_units(std::u16string& units) {
    wipe({reinterpret_cast<char*>(units.data()), units.size() * sizeof(char16_t)});
}

class MultiByteConverter : public Converter {
public:
    MultiByteConverter(std::string icu_name, std::string page, Shifting shifting)
        : icu_name_(std::move(icu_name)), page_(std::move(page)), shifting_(shifting) {}

    Result<void> to_utf8(std::string_view bytes, std::string& out, std::uint64_t offset) const override {
        while (!bytes.empty()) {
            const auto lines = first_lines(bytes, shifting_ == Shifting::yes ? "\x15\x25" : "\n");
            if (auto done = lines_to_utf8(lines, out, offset); !done) return done;
            bytes.remove_prefix(lines.size());
            offset += lines.size();
        }
        return {};
    }

    Result<void> from_utf8(std::string_view text, std::string& out, std::uint64_t offset) const override {
        while (!text.empty()) {
            const auto lines = first_lines(text, "\n");
            if (auto done = lines_from_utf8(lines, out, offset); !done) return done;
            text.remove_prefix(lines.size());
            offset += lines.size();
        }
        return {};
    }

private:
    Result<void> lines_to_utf8(std::string_view bytes, std::string& out, std::uint64_t offset) const {
        if (shifting_ == Shifting::yes) {
            if (auto balanced = check_shifts(bytes, offset); !balanced) return balanced;
        }
        std::u16string units;
        auto done = decode(bytes, units, offset);
        for (std::size_t at = 0; done && at < units.size();) {
            char32_t character = units[at++];
            if (U16_IS_LEAD(character)) {
                character = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(character, units[at]));
                ++at;
            }
            if (shifting_ == Shifting::yes && character == next_line) character = U'\n';
            append_utf8(out, character);
        }
        wipe_units(units);
        return done;
    }

    Result<void> lines_from_utf8(std::string_view text, std::string& out, std::uint64_t offset) const {
        std::u16string units;
        units.reserve(text.size());       // no second buffer to wipe
        std::vector<std::size_t> places;  // of each unit's character in `text`
        auto done = read_units(text, units, places, offset);
        if (done) done = encode(units, text, places, out, offset);
        wipe_units(units);
        return done;
    }

    Result<void> read_units(std::string_view text, std::u16string& units, std::vector<std::size_t>& places,
                            std::uint64_t offset) const {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t start = at;
            auto character = next_character(text, at);
            if (!character) return bad_utf8(text, start, offset);
            if (shifting_ == Shifting::yes) {
                // Lines end in X'15'; the characters of the shifts would come back as shifts.
                if (*character == next_line || *character == shift_out || *character == shift_in) {
                    return unencodable(offset + start, *character, page_);
                }
                if (*character == U'\n') character = next_line;
            }
            append_utf16(units, *character);
            places.resize(units.size(), start);
        }
        return {};
    }

    Result<void> decode(std::string_view bytes, std::u16string& units, std::uint64_t offset) const {
        auto icu = open_icu_converter(icu_name_);
        if (!icu) return icu.error();
        units.reserve(bytes.size());  // no second buffer to wipe
        std::array<char16_t, chunk> buffer{};
        const char* source = bytes.data();
        for (;;) {
            UErrorCode status = U_ZERO_ERROR;
            char16_t* target = buffer.data();
            ucnv_toUnicode(icu->get(), &target, buffer.data() + buffer.size(), &source, bytes.data() + bytes.size(),
                           nullptr, true, &status);
            units.append(buffer.data(), target);
            if (status == U_BUFFER_OVERFLOW_ERROR) continue;
            if (U_SUCCESS(status)) return {};
            std::array<char, UCHAR_MAX> invalid{};
            auto size = static_cast<std::int8_t>(SCHAR_MAX);
            status = U_ZERO_ERROR;
            ucnv_getInvalidChars(icu->get(), invalid.data(), &size, &status);
            const std::size_t end = static_cast<std::size_t>(source - bytes.data());
            const auto length = static_cast<std::size_t>(size);
            return undecodable(offset + end - length, {invalid.data(), length}, page_);
        }
    }

    Result<void> encode(const std::u16string& units, std::string_view text, const std::vector<std::size_t>& places,
                        std::string& out, std::uint64_t offset) const {
        auto icu = open_icu_converter(icu_name_);
        if (!icu) return icu.error();
        std::array<char, chunk> buffer{};
        const char16_t* source = units.data();
        for (;;) {
            UErrorCode status = U_ZERO_ERROR;
            char* target = buffer.data();
            ucnv_fromUnicode(icu->get(), &target, buffer.data() + buffer.size(), &source, units.data() + units.size(),
                             nullptr, true, &status);
            out.append(buffer.data(), target);
            if (status == U_BUFFER_OVERFLOW_ERROR) continue;
            if (U_SUCCESS(status)) return {};
            std::array<char16_t, SCHAR_MAX> invalid{};
            auto size = static_cast<std::int8_t>(SCHAR_MAX);
            status = U_ZERO_ERROR;
            ucnv_getInvalidUChars(icu->get(), invalid.data(), &size, &status);
            std::size_t at = places[static_cast<std::size_t>(source - units.data() - size)];
            const std::size_t start = at;
            return unencodable(offset + start, next_character(text, at).value_or(U'\uFFFD'), page_);
        }
    }

    std::string icu_name_;
    std::string page_;
    Shifting shifting_;
};

}  // namespace

ConverterPointer make_multi_byte_converter(const std::string& icu_name, const std::string& page, Shifting shifting) {
    return std::make_unique<MultiByteConverter>(icu_name, page, shifting);
}

}  // namespace kpropgw::codepage
