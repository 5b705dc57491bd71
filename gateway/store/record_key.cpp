#include "gateway/store/record_key.hpp"

#include <sodium.h>

namespace kpropgw::store {
namespace {

constexpr std::size_t longest_plain = 477;

}  // namespace

std::string record_key(std::string_view name) {
    if (name.size() <= longest_plain) return std::string(name);
    unsigned char digest[32];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(name.data()), name.size(), nullptr,
                       0);
    std::string key(name.substr(0, longest_plain));
    key += '\0';
    key.append(reinterpret_cast<const char*>(digest), sizeof digest);
    return key;
}

}  // namespace kpropgw::store
