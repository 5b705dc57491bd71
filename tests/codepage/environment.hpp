#pragma once
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kpropgw::codepage {

/// The locale's variables as given, and as they were when it goes.
class Environment {
public:
    explicit Environment(const char* lang, const char* lc_all = nullptr) {
        set("LANG", lang);
        set("LC_ALL", lc_all);
        set("LC_CTYPE", nullptr);
    }
    ~Environment() {
        for (const auto& [name, value] : before_) {
            restore(name, value ? value->c_str() : nullptr);
        }
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    void set(const char* name, const char* value) {
        const char* before = std::getenv(name);
        before_.emplace_back(name, before == nullptr ? std::nullopt : std::optional<std::string>(before));
        restore(name, value);
    }
    static void restore(const char* name, const char* value) {
        if (value == nullptr) {
            ::unsetenv(name);
        } else {
            ::setenv(name, value, 1);
        }
    }

    std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

}  // namespace kpropgw::codepage
