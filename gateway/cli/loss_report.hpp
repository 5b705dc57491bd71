#pragma once
#include <string>
#include <string_view>

#include "base/output_file.hpp"
#include "formats/dump/loss.hpp"

namespace kpropgw::cli {

/// Says on stderr what was lost, where anything was. `listed` is where each record's loss stands, or "".
void say_losses(const formats::LossFinder& losses, const std::string& listed = "");

/// Lists what each record loses.
class LossReport {
public:
    /// `path` ending in .json gets an object a line, another name text.
    static Result<LossReport> create(const std::string& path);

    /// The line for a record, "" when nothing was lost. Safe to use from any thread.
    std::string line(std::string_view kind, std::string_view name, const formats::RecordLoss& loss) const;
    Result<void> write(std::string_view lines) { return out_.write(lines); }
    Result<void> commit() { return out_.commit(); }

private:
    LossReport(OutputFile out, bool json) : out_(std::move(out)), json_(json) {}

    OutputFile out_;
    bool json_;
};

}  // namespace kpropgw::cli
