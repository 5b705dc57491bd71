#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace kpropgw::formats {

/// Fills the span's beginning and says how many bytes; 0 only at the end.
using ReadBytes = std::function<Result<std::size_t>(std::span<char>)>;

/// Cuts what a source gives into lines, by large reads into one buffer that grows up to the longest line allowed and
/// is wiped. Not thread safe.
class LineSource {
public:
    LineSource(ReadBytes read, std::size_t longest_line);
    /// The lines of the first `size` bytes of `held`, which are not copied.
    LineSource(Secret held, std::size_t size, std::size_t longest_line);

    /// The buffer, to be used again; nothing may be read after it.
    Secret release() { return std::move(buffer_); }

    /// The first bytes, `wanted` of them unless the source ends before, without taking them.
    Result<std::string_view> beginning(std::size_t wanted);
    void skip(std::size_t size) { begin_ += size; }

    enum class Line { whole, unended, none };
    /// Takes the next line. `unended` is a last one without its newline; at `none` there was nothing more.
    Result<Line> next();

    /// The line last taken, without its newline; valid until the next call.
    std::span<char> line() const { return line_; }

private:
    Result<bool> fill();
    void make_room();

    ReadBytes read_;
    std::size_t limit_;
    Secret buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::span<char> line_;
};

}  // namespace kpropgw::formats
