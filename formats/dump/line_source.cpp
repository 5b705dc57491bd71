#include "formats/dump/line_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace kpropgw::formats {
namespace {

constexpr std::size_t usual_buffer = 256u << 10;

}  // namespace

LineSource::LineSource(ReadBytes read, std::size_t longest_line)
    : read_(std::move(read)), limit_(longest_line), buffer_(usual_buffer) {}

LineSource::LineSource(Secret held, std::size_t size, std::size_t longest_line)
    : read_([](std::span<char>) -> Result<std::size_t> { return std::size_t{0}; }),
      limit_(longest_line),
      buffer_(std::move(held)),
      end_(size) {}

void LineSource::make_room() {
    const std::span<char> held = buffer_.writable().subspan(begin_, end_ - begin_);
    if (begin_ > 0) {
        std::memmove(buffer_.writable().data(), held.data(), held.size());
    } else {
        Secret larger(buffer_.size() * 2);
        std::memcpy(larger.writable().data(), held.data(), held.size());
        buffer_ = std::move(larger);
    }
    begin_ = 0;
    end_ = held.size();
}

/// Whether there was anything more.
Result<bool> LineSource::fill() {
    if (end_ == buffer_.size()) make_room();
    const auto count = read_(buffer_.writable().subspan(end_));
    if (!count) return count.error();
    end_ += *count;
    return *count > 0;
}

Result<std::string_view> LineSource::beginning(std::size_t wanted) {
    while (end_ - begin_ < wanted) {
        const auto more = fill();
        if (!more) return more.error();
        if (!*more) break;
    }
    return std::string_view(buffer_.writable().data() + begin_, std::min(end_ - begin_, wanted));
}

Result<LineSource::Line> LineSource::next() {
    std::size_t searched = 0;
    for (;;) {
        char* const start = buffer_.writable().data() + begin_;
        const std::size_t held = end_ - begin_;
        const void* found = held > searched ? std::memchr(start + searched, '\n', held - searched) : nullptr;
        const std::size_t length = found ? static_cast<std::size_t>(static_cast<const char*>(found) - start) : held;
        if (length > limit_) {
            return Error(Errc::corrupt, fmt::format("the line exceeds the limit of {} bytes", limit_));
        }
        if (found) {
            line_ = {start, length};
            begin_ += length + 1;
            return Line::whole;
        }
        searched = held;
        const auto more = fill();
        if (!more) return more.error();
        if (!*more) {
            line_ = buffer_.writable().subspan(begin_, held);
            begin_ = end_;
            return held == 0 ? Line::none : Line::unended;
        }
    }
}

}  // namespace kpropgw::formats
