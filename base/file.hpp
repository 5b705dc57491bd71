#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace kpropgw {

/// An owned file descriptor; -1 when empty.
class File {
public:
    File() = default;
    explicit File(int descriptor) : descriptor_(descriptor) {}
    ~File() { close(); }
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    static Result<File> open_for_reading(const std::string& path);

    /// A nameless file in directory `directory`, mode 0600, gone with its descriptor: it never outlives a crash.
    static Result<File> create_nameless(const std::string& directory);

    int descriptor() const { return descriptor_; }

    Result<std::uint64_t> size() const;
    Result<void> write_all(std::string_view bytes);
    /// Reads from where the descriptor stands: pipes too. 0 only at the end.
    Result<std::size_t> read(std::span<char> into) const;
    /// Reads from `offset`, which any number of readers of one File may do at once. 0 only at the end.
    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const;

private:
    void close();

    int descriptor_ = -1;
};

/// The whole of a file of at most `limit` bytes.
Result<std::string> read_file(const std::string& path, std::size_t limit);

}  // namespace kpropgw
