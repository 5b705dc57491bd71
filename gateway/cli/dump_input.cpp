#include "gateway/cli/dump_input.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "formats/dump/header.hpp"
#include "formats/dump/reader.hpp"
#include "formats/dump/recoded.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/progress.hpp"

namespace kpropgw::cli {
namespace {

/// What every dump begins with that a code page other than UTF-8 may have.
constexpr std::string_view opening_words = "kdb5_util load_dump version ";

}  // namespace

Result<DumpInput> DumpInput::open(const std::string& path, const std::optional<std::string>& codepage) {
    auto named = open_input(path);
    if (!named) return named.error();
    DumpInput input(std::move(named->file), std::move(named->name));
    struct stat found {};
    if (::fstat(input.file_.descriptor(), &found) != 0) return system_error(errno, input.name_);
    input.seekable_ = S_ISREG(found.st_mode);
    input.size_ = input.seekable_ ? static_cast<std::uint64_t>(found.st_size) : 0;
    // stdin may stand in the middle of a file.
    if (input.seekable_) input.begin_ = static_cast<std::uint64_t>(::lseek(input.file_.descriptor(), 0, SEEK_CUR));
    if (auto ok = input.read_beginning(); !ok) return ok.error().in(input.name_);
    auto page = codepage::page_of_file(input.beginning_.reveal(), opening_words, codepage);
    if (!page) return page.error().in(input.name_);
    input.page_ = std::move(*page);
    if (input.seekable_) input.beginning_ = Secret();
    return input;
}

Result<void> DumpInput::read_beginning() {
    Secret room(formats::header_room);
    std::size_t held = 0;
    while (held < room.size()) {
        const std::span<char> into = room.writable().subspan(held);
        const auto count = seekable_ ? file_.read_at(begin_ + held, into) : file_.read(into);
        if (!count) return count.error();
        if (*count == 0) break;
        held += *count;
    }
    beginning_ = Secret(room.reveal().substr(0, held));
    return {};
}

Result<void> DumpInput::keep_in_utf8() {
    if (seekable_ && page_.is_utf8()) return {};
    auto kept = File::create_nameless(std::filesystem::temp_directory_path().string());
    if (!kept) return kept.error();
    const auto read = bytes();
    Secret piece(std::size_t{256} << 10);
    size_ = 0;
    for (;;) {
        const auto count = read(piece.writable());
        if (!count) return count.error().in(name_);
        if (*count == 0) break;
        if (auto ok = kept->write_all(piece.reveal().substr(0, *count)); !ok)
            return ok.error().in("a copy of " + name_);
        size_ += *count;
    }
    file_ = std::move(*kept);
    page_ = codepage::CodePage::utf8();
    beginning_ = Secret();
    begin_ = 0;
    seekable_ = true;
    return {};
}

Result<std::size_t> DumpInput::read_at(std::uint64_t offset, std::span<char> into) const {
    return file_.read_at(begin_ + offset, into);
}

formats::ReadBytes DumpInput::bytes() {
    if (page_.is_utf8()) return as_stored();
    const auto to_utf8 = [page = page_](std::string_view lines, std::string& out, std::uint64_t offset) {
        return page.to_utf8(lines, out, offset);
    };
    return formats::decoded(as_stored(), page_.is_ebcdic() ? "\x15\x25" : "\n", to_utf8, formats::ReaderLimits().line);
}

formats::ReadBytes DumpInput::as_stored() {
    const auto progress = quiet_ ? nullptr : std::make_shared<Progress>(name_, size_);
    return [this, progress, at = begin_](std::span<char> into) mutable -> Result<std::size_t> {
        if (at < beginning_.size()) {
            const std::string_view left = beginning_.reveal().substr(at);
            const std::size_t size = std::min(left.size(), into.size());
            std::memcpy(into.data(), left.data(), size);
            at += size;
            return size;
        }
        const auto count = seekable_ ? file_.read_at(at, into) : file_.read(into);
        if (!count) return count.error();
        at += *count;
        if (progress) progress->add(*count);
        return *count;
    };
}

}  // namespace kpropgw::cli
