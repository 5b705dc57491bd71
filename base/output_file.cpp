#include "base/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

namespace kpropgw {
namespace {

namespace fs = std::filesystem;

constexpr off_t begin_to_sync_after = off_t{8} << 20;

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// The rename is durable when its folder is.
Result<void> sync_folder_of(const fs::path& path) {
    const fs::path folder = folder_of(path);
    const File opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.descriptor() < 0 || ::fsync(opened.descriptor()) != 0) return system_error(errno, folder.string());
    return {};
}

/// What is not a file is not replaced by one: /dev/null, a pipe.
bool is_written_directly(const std::string& path) {
    std::error_code ignored;
    const auto status = fs::status(path, ignored);
    return fs::exists(status) && !fs::is_regular_file(status);
}

Result<File> opened(int descriptor, const std::string& name) {
    if (descriptor < 0) return system_error(errno, name);
    return File(descriptor);
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::string& path, mode_t mode) {
    if (path == "-") {
        auto file = opened(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0), "stdout");
        if (!file) return file.error();
        return OutputFile(std::move(*file), "stdout");
    }
    if (is_written_directly(path)) {
        auto file = opened(::open(path.c_str(), O_WRONLY | O_CLOEXEC), path);
        if (!file) return file.error();
        return OutputFile(std::move(*file), path);
    }
    // Behind a symbolic link it is the file that is replaced.
    std::error_code problem;
    const fs::path target = fs::weakly_canonical(path, problem);
    if (problem) return system_error(problem.value(), path);
    const int nameless = ::open(folder_of(target).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    std::string temporary;
    if (nameless < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) temporary = target.string() + ".XXXXXX";
    auto file = opened(temporary.empty() ? nameless : ::mkostemp(temporary.data(), O_CLOEXEC), path);
    if (!file) return file.error();
    OutputFile output(std::move(*file), path);
    output.target_ = target.string();
    output.temporary_ = std::move(temporary);
    if (::fchmod(output.file_.descriptor(), mode) != 0) return system_error(errno, path);
    return output;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : file_(std::move(other.file_)),
      name_(std::move(other.name_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      buffer_(std::move(other.buffer_)),
      held_(std::exchange(other.held_, 0)),
      written_(other.written_),
      begun_(other.begun_) {}

OutputFile::~OutputFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<void> OutputFile::put(std::string_view bytes) {
    const auto written = file_.write_all(bytes);
    if (!written) return written.error().in(name_);
    written_ += static_cast<off_t>(bytes.size());
    if (!target_.empty() && written_ - begun_ >= begin_to_sync_after) {
        // Only a hint, so that fsync finds little left to wait for; it is fsync that reports what went wrong.
        ::sync_file_range(file_.descriptor(), begun_, written_ - begun_, SYNC_FILE_RANGE_WRITE);
        begun_ = written_;
    }
    return {};
}

Result<void> OutputFile::flush() {
    const std::size_t size = std::exchange(held_, 0);
    return put(buffer_.reveal().substr(0, size));
}

Result<void> OutputFile::write(std::string_view bytes) {
    if (bytes.size() > buffer_.size() - held_) {
        if (const auto ok = flush(); !ok) return ok;
    }
    if (bytes.size() > buffer_.size()) return put(bytes);
    std::ranges::copy(bytes, buffer_.writable().begin() + static_cast<std::ptrdiff_t>(held_));
    held_ += bytes.size();
    return {};
}

/// A file can be put in another's place by its name only.
Result<void> OutputFile::give_name() {
    const std::string link = "/proc/self/fd/" + std::to_string(file_.descriptor());
    for (int attempt = 0;; ++attempt) {
        std::string name = fmt::format("{}.{:06x}", target_, (::getpid() + attempt * 0x10001) & 0xffffff);
        if (::linkat(AT_FDCWD, link.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
            temporary_ = std::move(name);
            return {};
        }
        if (errno != EEXIST || attempt == 100) return system_error(errno, name_);
    }
}

Result<void> OutputFile::commit() {
    if (const auto ok = flush(); !ok) return ok;
    if (target_.empty()) return {};
    if (::fsync(file_.descriptor()) != 0) return system_error(errno, name_);
    if (temporary_.empty()) {
        if (const auto ok = give_name(); !ok) return ok;
    }
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) return system_error(errno, name_);
    temporary_.clear();
    return sync_folder_of(target_);
}

}  // namespace kpropgw
