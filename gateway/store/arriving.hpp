#pragma once
#include <memory>
#include <string>

#include "base/file.hpp"
#include "formats/dump/reader.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::store {

/// The records of an arriving dump, principals before policies, each kind in ascending order of its keys.
class Arriving {
public:
    enum class Next { principal, policy, end, out_of_order };

    virtual ~Arriving() = default;
    /// invalid_input for a record that cannot be read and for a name that stands twice.
    virtual Result<Next> next() = 0;
    virtual std::string_view key() const = 0;
    virtual const formats::Principal& principal() const = 0;
    virtual const formats::Policy& policy() const = 0;
    virtual formats::DumpVersion version() const = 0;
    virtual const std::optional<formats::LogPosition>& position() const = 0;  ///< of an iprop or ipropx dump
};

/// Straight from the file, as kdb5_util dumps a btree. next() says out_of_order where the file is not so.
/// `dump` must outlive it.
Result<std::unique_ptr<Arriving>> read_in_order(const File& dump, const std::string& name);

/// The same file sorted, by way of a scratch database in a directory of its own below `directory`, which goes with
/// the object. Disk, not memory, grows with the dump.
Result<std::unique_ptr<Arriving>> read_sorted(const File& dump, const std::string& name, const std::string& directory);

}  // namespace kpropgw::store
