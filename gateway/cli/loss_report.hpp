#pragma once
#include <memory>
#include <optional>
#include <string>

#include "base/output_file.hpp"
#include "formats/inspect/loss.hpp"

namespace kpropgw::cli {

/// Says what a dump loses in another version: each record in a file, where one is wanted, and the sums on stderr.
class LossReport {
public:
    /// `path` ending in .json gets an object a line, another name text; nothing is written when it is absent.
    static Result<LossReport> open(formats::DumpVersion to, const std::optional<std::string>& path);

    Result<void> add(const formats::Principal& principal);
    Result<void> add(const formats::Policy& policy);
    Result<void> finish();

private:
    LossReport(formats::DumpVersion to, std::optional<OutputFile> out, bool json)
        : to_(to), finder_(to), out_(std::move(out)), json_(json) {}
    Result<void> write(const char* kind, std::string_view name, const formats::RecordLoss& loss);

    formats::DumpVersion to_;
    formats::LossFinder finder_;
    std::optional<OutputFile> out_;
    bool json_;
};

}  // namespace kpropgw::cli
