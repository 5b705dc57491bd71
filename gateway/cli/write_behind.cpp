#include "gateway/cli/write_behind.hpp"

#include <memory>

namespace kpropgw::cli {
namespace {

constexpr std::size_t most_unwritten = 2;

}  // namespace

Result<SecretText> WriteBehind::take_first() {
    Written written = under_way_.front().get();
    under_way_.pop_front();
    if (!written.outcome) return written.outcome.error();
    return std::move(written.text);
}

Result<SecretText> WriteBehind::write(SecretText text) {
    SecretText spare;
    if (under_way_.size() == most_unwritten) {
        auto first = take_first();
        if (!first) return first;
        spare = std::move(*first);
        spare.text.clear();
    }
    // std::function, in which tasks wait, takes only what can be copied.
    const auto held = std::make_shared<SecretText>(std::move(text));
    under_way_.push_back(thread_.give([this, held]() -> Written {
        auto outcome = failed_ ? Result<void>() : sink_(held->text);
        failed_ = failed_ || !outcome;
        return {std::move(*held), std::move(outcome)};
    }));
    return spare;
}

Result<void> WriteBehind::finish() {
    while (!under_way_.empty()) {
        if (const auto first = take_first(); !first) return first.error();
    }
    return {};
}

}  // namespace kpropgw::cli
