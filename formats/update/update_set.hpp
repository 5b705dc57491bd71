#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "formats/update/record_kind.hpp"
#include "formats/update/update_reader.hpp"

namespace kpropgw::formats {

/// One update of a set; the views belong to it.
struct HeldUpdate {
    RecordKind kind;
    std::string_view name;
    std::string_view record;  ///< the version 7 line that is put; "" when the name is deleted
    std::uint64_t line;       ///< in the update file
    bool met = false;         ///< for whoever applies the set: the name was there

    bool deletes() const { return record.empty(); }
};

/// The whole of an update file in memory, by name. Wiped in the end.
class UpdateSet {
public:
    /// Reads to the end. A name that stands there twice is an error that names both lines. `limit` is that of all
    /// names and records together.
    static Result<UpdateSet> read(ReadBytes source, const std::string& file, std::size_t limit = std::size_t{1} << 30);

    /// nullptr: nothing is said of that name.
    HeldUpdate* find(RecordKind kind, std::string_view name);

    /// By kind, principals first, and bytewise by name.
    std::vector<HeldUpdate>& updates() { return updates_; }
    const std::string& file() const { return file_; }

private:
    explicit UpdateSet(std::string file) : file_(std::move(file)) {}
    /// A copy that stays where it is.
    std::string_view keep(std::string_view text);

    std::string file_;
    std::vector<Secret> blocks_;
    std::size_t used_ = 0;  ///< of the last block
    std::vector<HeldUpdate> updates_;
};

}  // namespace kpropgw::formats
