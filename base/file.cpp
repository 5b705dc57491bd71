#include "base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace kpropgw {

File& File::operator=(File&& other) noexcept {
    if (this != &other) {
        close();
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

void File::close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

Result<File> File::open_for_reading(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return system_error(errno, path);
    File file(descriptor);
    struct stat found {};
    if (::fstat(descriptor, &found) != 0) return system_error(errno, path);
    if (S_ISDIR(found.st_mode)) return Error(Errc::invalid_input, path + ": is a directory, not a file");
    return file;
}

Result<File> File::create_nameless(const std::string& directory) {
    const int descriptor = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0) return File(descriptor);
    if (errno != EOPNOTSUPP && errno != EISDIR) return system_error(errno, directory);
    // A file system without O_TMPFILE: the name exists for an instant.
    std::string name = directory + "/.nameless-XXXXXX";
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named < 0) return system_error(errno, directory);
    File file(named);
    if (::unlink(name.c_str()) != 0) return system_error(errno, name);
    return file;
}

Result<std::uint64_t> File::size() const {
    struct stat found {};
    if (::fstat(descriptor_, &found) != 0) return system_error(errno, "fstat");
    return static_cast<std::uint64_t>(found.st_size);
}

Result<void> File::write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return system_error(errno, "write");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<std::size_t> File::read(std::span<char> into) const {
    for (;;) {
        const ssize_t count = ::read(descriptor_, into.data(), into.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) return system_error(errno, "read");
    }
}

Result<std::size_t> File::read_at(std::uint64_t offset, std::span<char> into) const {
    for (;;) {
        const ssize_t count = ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) return system_error(errno, "read");
    }
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
    auto file = File::open_for_reading(path);
    if (!file) return file.error();
    std::string text;
    char chunk[16384];
    for (;;) {
        auto count = file->read_at(text.size(), chunk);
        if (!count) return count.error().in(path);
        if (*count == 0) return text;
        if (text.size() + *count > limit) {
            return Error(Errc::invalid_input, fmt::format("{}: larger than the limit of {} bytes", path, limit));
        }
        text.append(chunk, *count);
    }
}

}  // namespace kpropgw
