#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/inspect/key_strength.hpp"
#include "formats/inspect/master_keys.hpp"
#include "formats/inspect/tally.hpp"
#include "formats/inspect/tl_contents.hpp"

namespace kpropgw::formats {

/// How much a dump uses an encryption type.
struct EnctypeUse {
    std::uint64_t keys = 0;
    std::uint64_t principals = 0;      ///< with a key of it
    std::uint64_t last_principal = 0;  ///< the number of the last of them
};

/// The largest record.
struct LargestRecord {
    std::size_t size = 0;  ///< bytes, without the newline
    std::uint64_t line = 0;
    std::string name;
};

/// Counts what a dump holds, shown to it record by record. Memory is flat but for the different realms and policies,
/// of which it counts no more than Tally's limit. Pure; not thread safe.
class Summary {
public:
    /// `size` is that of the record's line in bytes.
    void see(const Principal& principal, const TlContents& contents, std::uint64_t line, std::size_t size);
    void see(const Policy& policy, std::uint64_t line, std::size_t size);

    std::uint64_t principals = 0;
    std::uint64_t policies = 0;
    std::uint64_t aliases = 0;
    std::uint64_t without_keys = 0;   ///< aliases apart
    std::uint64_t old_keys_only = 0;  ///< keys of DES, DES3 and RC4 alone, those of DES alone apart
    std::uint64_t des_keys_only = 0;
    std::uint64_t with_history = 0;
    Tally<std::string> realms;
    Tally<std::string> policy_uses;
    std::map<std::string, std::uint64_t> policy_lines;  ///< of each policy that the dump holds
    std::map<std::int32_t, EnctypeUse> enctypes;
    std::optional<MasterKeys> master_keys;
    LargestRecord largest;
    std::uint32_t newest_password_change = 0;  ///< seconds since 1970; 0: none
    std::uint32_t newest_modification = 0;
    std::uint32_t newest_login = 0;

private:
    void count_keys(const Principal& principal);
    void count_times(const Principal& principal, const TlContents& contents);
    void measure(std::size_t size, std::uint64_t line, std::string_view name);
};

}  // namespace kpropgw::formats
