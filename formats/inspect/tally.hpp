#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace kpropgw::formats {

/// How often something was met, and where first.
struct Met {
    std::uint64_t count = 0;
    std::uint64_t line = 0;
    std::string name;  ///< of the first principal
};

/// Counts what is met by its key. A dump may name as many as it has records: beyond `most` different ones those that
/// are new are not counted.
template <class Key>
class Tally {
public:
    static constexpr std::size_t most = 1u << 16;

    template <class Like>
    void meet(const Like& key, std::string_view name, std::uint64_t line) {
        // One record after the other mostly says the same.
        if (last_ != nullptr && last_->first == key) {
            ++last_->second.count;
            return;
        }
        auto found = met_.find(key);
        if (found == met_.end()) {
            if (met_.size() == most) {
                full_ = true;
                return;
            }
            found = met_.emplace(Key(key), Met{0, line, std::string(name)}).first;
        }
        ++found->second.count;
        last_ = &*found;
    }

    const std::map<Key, Met, std::less<>>& met() const { return met_; }
    bool left_some_out() const { return full_; }

private:
    std::map<Key, Met, std::less<>> met_;
    std::pair<const Key, Met>* last_ = nullptr;
    bool full_ = false;
};

}  // namespace kpropgw::formats
