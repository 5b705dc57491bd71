#pragma once
#include <sys/types.h>

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/secret.hpp"

namespace kpropgw {

/// A file that appears whole or not at all: commit() makes its bytes durable and puts it in its place. Until then it
/// has no name where the file system allows that, so that nothing is left of a command that was killed, and what
/// stood there stays. stdout ("-"), devices and pipes are written as the bytes come. The buffer is wiped.
/// Move only; not thread safe.
class OutputFile {
public:
    /// `mode` is that of the file, whatever the umask: 0600 for everything that holds keys.
    static Result<OutputFile> create(const std::string& path, mode_t mode = 0600);
    ~OutputFile();
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;

    Result<void> write(std::string_view bytes);
    /// Nothing may be written after it.
    Result<void> commit();

    const std::string& name() const { return name_; }  ///< for messages: "stdout" for "-"

private:
    OutputFile(File file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}
    Result<void> flush();
    Result<void> put(std::string_view bytes);
    Result<void> give_name();

    File file_;
    std::string name_;
    std::string target_;     ///< empty: written directly
    std::string temporary_;  ///< its name until it has its own; empty: nothing is left to be removed
    Secret buffer_{std::size_t{256} << 10};
    std::size_t held_ = 0;
    off_t written_ = 0;
    off_t begun_ = 0;  ///< bytes that the disk was asked to take
};

}  // namespace kpropgw
