#pragma once
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "formats/dump/header.hpp"
#include "formats/dump/reader.hpp"

namespace kpropgw::cli {

/// Cuts a dump into parts of whole lines, so that several threads can read it.
class DumpParts {
public:
    /// Reads the header.
    static Result<DumpParts> open(formats::ReadBytes source, const std::string& file);

    const formats::Header& header() const { return header_; }

    struct Part {
        Secret bytes;
        std::size_t size = 0;  ///< 0: there is no more
    };
    /// Bytes of a part that is done with, for another.
    void give_back(Secret bytes) { spare_.push_back(std::move(bytes)); }

    /// A line that is longer than a reader takes stands in a part as far as was needed to see that.
    Result<Part> next();

private:
    explicit DumpParts(formats::ReadBytes source) : source_(std::move(source)) {}
    Result<void> fill(Part& part);
    Secret take_room(std::size_t size);

    formats::ReadBytes source_;
    formats::Header header_{};
    Secret rest_;  ///< what was read behind the last line of a part
    std::vector<Secret> spare_;
    bool ended_ = false;
};

}  // namespace kpropgw::cli
