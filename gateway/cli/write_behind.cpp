#include "gateway/cli/write_behind.hpp"

namespace kpropgw::cli {

Result<SecretText> WriteBehind::take_first() {
    Written written = under_way_.take();
    if (!written.outcome) return written.outcome.error();
    return std::move(written.text);
}

Result<SecretText> WriteBehind::write(SecretText text) {
    SecretText spare;
    if (under_way_.is_full()) {
        auto first = take_first();
        if (!first) return first;
        spare = std::move(*first);
        spare.text.clear();
    }
    under_way_.give([this, held = std::move(text)]() mutable -> Written {
        auto outcome = failed_ ? Result<void>() : sink_(held.text);
        failed_ = failed_ || !outcome;
        return {std::move(held), std::move(outcome)};
    });
    return spare;
}

Result<void> WriteBehind::finish() {
    while (!under_way_.is_empty()) {
        if (const auto first = take_first(); !first) return first.error();
    }
    return {};
}

}  // namespace kpropgw::cli
