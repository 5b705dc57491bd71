#include "formats/dump/recoded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/secret.hpp"
#include "formats/dump/name_place.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::size_t usual_piece = 256u << 10;

bool is_ascii(std::string_view text) {
    unsigned char all = 0;
    for (const char c : text)
        all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
    return all < 0x80;
}

/// Calls `line` for each of `lines` with its end and the offset of its beginning.
template <class Line>
Result<void> for_each_line(std::string_view lines, std::string_view line_ends, std::uint64_t offset, Line line) {
    while (!lines.empty()) {
        const std::size_t size = std::min(lines.find_first_of(line_ends), lines.size() - 1) + 1;
        if (auto ok = line(lines.substr(0, size), offset); !ok) return ok;
        offset += size;
        lines.remove_prefix(size);
    }
    return {};
}

class Decoded {
public:
    Decoded(ReadBytes source, std::string line_ends, ConvertLines to_utf8, std::size_t longest_line)
        : source_(std::move(source)),
          line_ends_(std::move(line_ends)),
          to_utf8_(std::move(to_utf8)),
          longest_line_(longest_line) {
        raw_.text.reserve(2 * usual_piece);
        made_.text.reserve(2 * usual_piece);
    }

    Result<std::size_t> read(std::span<char> into) {
        while (given_ == made_.text.size()) {
            if (ended_) return std::size_t{0};
            if (auto ok = make_more(); !ok) return ok.error();
        }
        const std::size_t count = std::min(into.size(), made_.text.size() - given_);
        std::memcpy(into.data(), made_.text.data() + given_, count);
        given_ += count;
        return count;
    }

private:
    /// Reads until a line ends and converts all lines that are whole, and at the end what is left.
    Result<void> make_more() {
        made_.text.clear();
        given_ = 0;
        const std::size_t searched = raw_.text.size();
        if (searched > longest_line_) {
            return Error(Errc::corrupt,
                         fmt::format("byte {}: the line exceeds the limit of {} bytes", offset_, longest_line_));
        }
        raw_.text.resize(searched + usual_piece);
        const auto count = source_({raw_.text.data() + searched, usual_piece});
        if (!count) return count.error();
        raw_.text.resize(searched + *count);
        ended_ = *count == 0;
        const std::size_t last = std::string_view(raw_.text).substr(searched).find_last_of(line_ends_);
        if (last == std::string_view::npos && !ended_) return {};
        const std::size_t size = ended_ ? raw_.text.size() : searched + last + 1;
        if (auto ok = convert(std::string_view(raw_.text).substr(0, size)); !ok) return ok;
        offset_ += size;
        raw_.text.erase(0, size);
        return {};
    }

    Result<void> convert(std::string_view lines) {
        if (auto ok = to_utf8_(lines, made_.text, offset_); !ok) return ok;
        // A byte for a byte, and so no name of another length.
        if (made_.text.size() == lines.size() && is_ascii(made_.text)) return {};
        made_.text.clear();
        return for_each_line(
            lines, line_ends_, offset_, [this](std::string_view line, std::uint64_t at) -> Result<void> {
                const std::size_t before = made_.text.size();
                if (auto ok = to_utf8_(line, made_.text, at); !ok) return ok;
                const std::string_view made = std::string_view(made_.text).substr(before);
                // Everything before the name has one byte a character on both sides.
                const auto place = find_name(made);
                if (!place || line.size() < place->name_at + place->name_size) return {};
                std::string name;
                if (auto ok = to_utf8_(line.substr(place->name_at, place->name_size), name, at + place->name_at); !ok)
                    return ok;
                if (name.size() == place->name_size) return {};
                const SecretText mended(with_name_length(made, *place, name.size()));
                made_.text.resize(before);
                made_.text += mended.text;
                return {};
            });
    }

    ReadBytes source_;
    std::string line_ends_;
    ConvertLines to_utf8_;
    std::size_t longest_line_;
    SecretText raw_;
    SecretText made_;
    std::size_t given_ = 0;
    std::uint64_t offset_ = 0;
    bool ended_ = false;
};

class Encoded {
public:
    Encoded(WriteBytes sink, ConvertLines from_utf8) : sink_(std::move(sink)), from_utf8_(std::move(from_utf8)) {
        made_.text.reserve(usual_piece);
    }

    Result<void> write(std::string_view lines) {
        made_.text.clear();
        if (auto ok = convert(lines); !ok) return ok;
        offset_ += lines.size();
        return sink_(made_.text);
    }

private:
    Result<void> convert(std::string_view lines) {
        if (is_ascii(lines)) return from_utf8_(lines, made_.text, offset_);
        return for_each_line(lines, "\n", offset_, [this](std::string_view line, std::uint64_t at) -> Result<void> {
            const auto place = find_name(line);
            if (!place || line.size() < place->name_at + place->name_size) return from_utf8_(line, made_.text, at);
            std::string name;
            if (auto ok = from_utf8_(line.substr(place->name_at, place->name_size), name, at + place->name_at); !ok)
                return ok;
            const SecretText mended(with_name_length(line, *place, name.size()));
            return from_utf8_(mended.text, made_.text, at);
        });
    }

    WriteBytes sink_;
    ConvertLines from_utf8_;
    SecretText made_;
    std::uint64_t offset_ = 0;
};

}  // namespace

ReadBytes decoded(ReadBytes source, std::string line_ends, ConvertLines to_utf8, std::size_t longest_line) {
    return [decoder = std::make_shared<Decoded>(std::move(source), std::move(line_ends), std::move(to_utf8),
                                                longest_line)](std::span<char> into) { return decoder->read(into); };
}

WriteBytes encoded(WriteBytes sink, ConvertLines from_utf8) {
    return [encoder = std::make_shared<Encoded>(std::move(sink), std::move(from_utf8))](std::string_view lines) {
        return encoder->write(lines);
    };
}

}  // namespace kpropgw::formats
