#pragma once
#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/secret.hpp"
#include "codepage/codepage.hpp"
#include "formats/dump/line_source.hpp"

namespace kpropgw::cli {

/// A dump that was named on the command line.
class DumpInput {
public:
    /// `path` "-" is stdin. The page is `codepage` when given; else UTF-8, or LANG's for a dump in EBCDIC.
    static Result<DumpInput> open(const std::string& path, const std::optional<std::string>& codepage);

    const std::string& name() const { return name_; }  ///< for errors: "stdin" for "-"

    /// No progress: what the command writes goes to the terminal as it reads.
    void be_quiet() { quiet_ = true; }

    /// The dump in UTF-8 from its beginning, with progress on a terminal. Must not outlive this object.
    formats::ReadBytes bytes();

    /// After it read_at() may be called, and bytes() again: what comes through a pipe, or is in another page, is kept
    /// in a nameless file.
    Result<void> keep_in_utf8();

    /// What stands at an offset of the dump in UTF-8; 0 bytes only behind its end.
    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const;

private:
    DumpInput(File file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}
    Result<void> read_beginning();
    formats::ReadBytes as_stored();

    File file_;
    std::string name_;
    Secret beginning_;  ///< of a pipe: taken already, to be given first
    codepage::CodePage page_ = codepage::CodePage::utf8();
    std::uint64_t size_ = 0;
    std::uint64_t begin_ = 0;
    bool seekable_ = false;
    bool quiet_ = false;
};

}  // namespace kpropgw::cli
