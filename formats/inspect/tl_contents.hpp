#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "formats/record.hpp"
#include "formats/tl/kadm_data.hpp"
#include "formats/tl/master_key_data.hpp"
#include "formats/tl/tl_values.hpp"

namespace kpropgw::formats {

/// One of a principal's tl-data that cannot be decoded.
struct TlProblem {
    std::int16_t type;
    Error error;
};

/// What a principal's tl-data say, decoded once for everything that asks. Of two of one type the first counts, as for
/// MIT (krb5_dbe_lookup_tl_data). What is absent or cannot be decoded is nullopt or empty. Reuse one object for many
/// principals: nearly nothing is allocated then. Views are valid as long as the principal's.
class TlContents {
public:
    void read(const Principal& principal);

    const KadmData* kadm_data() const { return has_kadm_data_ ? &kadm_data_ : nullptr; }
    const LastModification* last_modification() const { return has_modification_ ? &modification_ : nullptr; }
    std::optional<std::uint16_t> mkvno() const { return mkvno_; }
    std::optional<std::uint32_t> password_change() const { return password_change_; }  ///< seconds since 1970
    const std::optional<std::string>& alias_target() const { return alias_target_; }
    const std::vector<ActiveMasterKey>& active_master_keys() const { return active_; }
    const std::vector<MasterKeyCopy>& master_key_copies() const { return copies_; }

    const std::vector<TlProblem>& problems() const { return problems_; }
    std::optional<std::int16_t> type_twice() const { return type_twice_; }

private:
    Result<void> decode(const TlData& item);
    Result<void> decode_modification(std::string_view hex);
    void find_type_twice(const Principal& principal);

    KadmData kadm_data_;
    LastModification modification_;
    std::string modifier_hex_;  ///< that modification_.by was decoded from: most records have one modifier
    bool has_kadm_data_ = false;
    bool has_modification_ = false;
    std::optional<std::uint16_t> mkvno_;
    std::optional<std::uint32_t> password_change_;
    std::optional<std::string> alias_target_;
    std::vector<ActiveMasterKey> active_;
    std::vector<MasterKeyCopy> copies_;
    std::vector<TlProblem> problems_;
    std::optional<std::int16_t> type_twice_;
    std::vector<std::int16_t> types_;
};

}  // namespace kpropgw::formats
