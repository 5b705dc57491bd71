#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/dump/writer.hpp"
#include "formats/update/diff.hpp"
#include "formats/update/record_kind.hpp"

namespace kpropgw::formats {

/// Writes an update file (docs/update-file.md), in pieces of some 64 KiB: of each difference what makes the new record
/// of the old one. Not thread safe.
class UpdateWriter final : public DifferenceSink {
public:
    explicit UpdateWriter(WriteBytes sink);
    ~UpdateWriter() override;
    UpdateWriter(const UpdateWriter&) = delete;
    UpdateWriter& operator=(const UpdateWriter&) = delete;

    Result<void> put(const Principal& principal);
    Result<void> put(const Policy& policy);
    Result<void> remove(RecordKind kind, std::string_view name);
    /// Without it the file is not whole.
    Result<void> finish();

    Result<void> principal(const Principal* old, const Principal* now) override;
    Result<void> policy(const Policy* old, const Policy* now) override;

private:
    Result<void> wrote_one();
    Result<void> flush();

    WriteBytes sink_;
    std::string piece_;  ///< wiped at the end: it holds keys
    std::uint64_t count_ = 0;
};

}  // namespace kpropgw::formats
