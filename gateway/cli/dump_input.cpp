#include "gateway/cli/dump_input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/secret.hpp"
#include "gateway/cli/progress.hpp"

namespace kpropgw::cli {
namespace {

/// From where the descriptor stands.
Result<std::size_t> read_on(const File& file, std::span<char> into) {
    for (;;) {
        const ssize_t count = ::read(file.descriptor(), into.data(), into.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) return system_error(errno, "read");
    }
}

}  // namespace

void add_codepage_option(CLI::App& app, std::optional<std::string>& into) {
    app.add_option("--codepage", into, "a CCSID, an IBM name or a locale; LANG's, or UTF-8, when absent")
        ->type_name("CP");
}

Result<DumpInput> DumpInput::open(const std::string& path, const std::optional<std::string>& codepage) {
    static_cast<void>(codepage);
    const bool from_stdin = path == "-";
    auto file =
        from_stdin ? Result<File>(File(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0))) : File::open_for_reading(path);
    if (!file) return file.error();
    DumpInput input(std::move(*file), from_stdin ? "stdin" : path);
    struct stat found {};
    if (::fstat(input.file_.descriptor(), &found) != 0) return system_error(errno, input.name_);
    input.seekable_ = S_ISREG(found.st_mode);
    input.size_ = input.seekable_ ? static_cast<std::uint64_t>(found.st_size) : 0;
    // stdin may stand in the middle of a file.
    if (input.seekable_) input.begin_ = static_cast<std::uint64_t>(::lseek(input.file_.descriptor(), 0, SEEK_CUR));
    return input;
}

Result<void> DumpInput::keep() {
    if (seekable_) return {};
    auto kept = File::create_nameless(std::filesystem::temp_directory_path().string());
    if (!kept) return kept.error();
    Secret piece(std::size_t{256} << 10);
    for (;;) {
        const auto count = read_on(file_, piece.writable());
        if (!count) return count.error().in(name_);
        if (*count == 0) break;
        if (auto ok = kept->write_all(piece.reveal().substr(0, *count)); !ok)
            return ok.error().in("a copy of " + name_);
        size_ += *count;
    }
    file_ = std::move(*kept);
    seekable_ = true;
    return {};
}

formats::ReadBytes DumpInput::bytes() {
    auto progress = std::make_shared<Progress>(name_, size_);
    return [this, progress, at = begin_](std::span<char> into) mutable -> Result<std::size_t> {
        const auto count = seekable_ ? file_.read_at(at, into) : read_on(file_, into);
        if (!count) return count.error();
        at += *count;
        progress->add(*count);
        return *count;
    };
}

}  // namespace kpropgw::cli
