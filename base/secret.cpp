#include "base/secret.hpp"

#include <string.h>

namespace kpropgw {

void wipe(std::span<char> bytes) {
    if (!bytes.empty()) explicit_bzero(bytes.data(), bytes.size());
}

}  // namespace kpropgw
