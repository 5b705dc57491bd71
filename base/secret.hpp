#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kpropgw {

/// Overwrites bytes in a way that the compiler keeps.
void wipe(std::span<char> bytes);

/// Bytes that hold keys, owned, wiped when released. Move only; cannot be printed or compared by chance.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::size_t size) : bytes_(size) {}
    explicit Secret(std::string_view bytes) : bytes_(bytes.begin(), bytes.end()) {}
    ~Secret() { wipe(bytes_); }
    Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { other.bytes_.clear(); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe(bytes_);
            bytes_ = std::move(other.bytes_);
            other.bytes_.clear();
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    /// Valid as long as this object and until it is assigned to.
    std::string_view reveal() const { return {bytes_.data(), bytes_.size()}; }
    std::span<char> writable() { return bytes_; }
    std::size_t size() const { return bytes_.size(); }

private:
    std::vector<char> bytes_;
};

/// Text that is put together and holds keys. What it outgrew is not wiped: reserve() where that matters.
struct SecretText {
    std::string text;

    SecretText() = default;
    explicit SecretText(std::string held) : text(std::move(held)) {}
    ~SecretText() {
        text.resize(text.capacity());
        wipe(text);
    }
    SecretText(SecretText&& other) noexcept = default;
    SecretText& operator=(SecretText&& other) noexcept {
        std::swap(text, other.text);
        return *this;
    }
};

}  // namespace kpropgw
