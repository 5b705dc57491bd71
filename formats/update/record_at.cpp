#include "formats/update/record_at.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace kpropgw::formats {
namespace {

constexpr std::size_t usual_window = 32u << 10;

bool is_policy(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t\v\f\r"), line.size()));
    return line.starts_with("policy");
}

}  // namespace

RecordAt::RecordAt(const DumpFile& file, DumpVersion version, ReaderLimits limits)
    : file_(file), version_(version), limits_(limits), window_(usual_window) {}

Result<void> RecordAt::fill_from(std::uint64_t offset) {
    window_offset_ = offset;
    held_ = 0;
    while (held_ < window_.size()) {
        const auto count = file_.read_at(offset + held_, window_.writable().subspan(held_));
        if (!count) return count.error();
        if (*count == 0) break;
        held_ += *count;
    }
    return {};
}

Result<std::span<char>> RecordAt::line_at(std::uint64_t offset) {
    for (bool filled = false;; filled = true) {
        if (offset >= window_offset_ && offset < window_offset_ + held_) {
            const std::size_t begin = static_cast<std::size_t>(offset - window_offset_);
            const auto found = window_.reveal().substr(0, held_).find('\n', begin);
            if (found != std::string_view::npos) return window_.writable().subspan(begin, found - begin);
        }
        if (filled) {
            if (held_ < window_.size()) return Error(Errc::conflict, "the file changed while it was read");
            if (window_.size() > limits_.line) return Error(Errc::corrupt, "the line exceeds the limit");
            window_ = Secret(window_.size() * 2);
        }
        if (const auto ok = fill_from(offset); !ok) return ok.error();
    }
}

/// Lines are counted only when one of them is wrong.
Error RecordAt::here(const Error& error, std::uint64_t offset) const {
    Secret piece(usual_window);
    std::uint64_t line = 1;
    for (std::uint64_t at = 0; at < offset;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), offset - at));
        const auto count = file_.read_at(at, piece.writable().first(wanted));
        if (!count || *count == 0) return error.in(file_.name);
        line += static_cast<std::uint64_t>(
            std::count(piece.reveal().begin(), piece.reveal().begin() + static_cast<std::ptrdiff_t>(*count), '\n'));
        at += *count;
    }
    return error.in(fmt::format("{}:{}", file_.name, line));
}

Result<RecordKind> RecordAt::read(std::uint64_t offset) {
    const auto line = line_at(offset);
    if (!line) return here(line.error(), offset);
    if (is_policy({line->data(), line->size()})) {
        const auto parsed = parse_policy(*line, version_, policy_);
        if (!parsed) return here(parsed.error(), offset);
        return RecordKind::policy;
    }
    const auto parsed = parse_principal(*line, principal_);
    if (!parsed) return here(parsed.error(), offset);
    return RecordKind::principal;
}

}  // namespace kpropgw::formats
