#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "formats/dump/format.hpp"
#include "formats/dump/header.hpp"
#include "formats/dump/loss.hpp"

namespace kpropgw::formats {

/// Takes the next bytes of a dump; valid during the call only.
using WriteBytes = std::function<Result<void>(std::string_view)>;

/// Writes a dump record by record, in pieces of some 64 KiB. Not thread safe.
class DumpWriter {
public:
    DumpWriter(WriteBytes sink, Format format);
    /// Everything is appended to `into`, which must outlive this object and is the caller's to wipe.
    DumpWriter(std::string& into, Format format);
    DumpWriter(const DumpWriter&) = delete;
    DumpWriter& operator=(const DumpWriter&) = delete;

    /// The first line; `position` is that of a dump for iprop. Not for a part that stands behind another.
    void begin(const LogPosition& position = {});
    /// `line_as_written` is the reader's of the same principal, unchanged.
    Result<void> write(const Principal& principal, std::string_view line_as_written = {});
    Result<void> write(const Policy& policy);
    /// Hands over the last piece.
    Result<void> finish();

    /// What could not be written, of the last record and in all.
    const LossFinder& losses() const { return losses_; }

private:
    Result<void> flush_when_full();

    WriteBytes sink_;  ///< none where all goes to another's string
    Format format_;
    LossFinder losses_;
    SecretText own_;
    std::string& piece_;
};

}  // namespace kpropgw::formats
