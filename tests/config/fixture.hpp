#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "gateway/config/config.hpp"

namespace kpropgw::config {

/// Sets or, with nullptr, unsets a variable of the environment while it lives.
class Variable {
public:
    Variable(const char* name, const char* value) : name_(name) {
        const char* old = std::getenv(name);
        if (old != nullptr) old_ = old;
        set(value);
    }
    ~Variable() { set(old_ ? old_->c_str() : nullptr); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    void set(const char* value) { value != nullptr ? ::setenv(name_, value, 1) : ::unsetenv(name_); }

    const char* name_;
    std::optional<std::string> old_;
};

class ConfigFile : public ::testing::Test {
protected:
    ConfigFile() {
        std::string name = (std::filesystem::temp_directory_path() / "kpropgw-config-XXXXXX").string();
        directory_ = ::mkdtemp(name.data());
        path_ = directory_ + "/kpropgw.conf";
    }
    ~ConfigFile() override { std::filesystem::remove_all(directory_); }

    Reading read(const std::string& text) {
        std::ofstream(path_) << text;
        return config::read(path_);
    }

    /// The problems without the file's name before each.
    std::vector<std::string> problems(const std::string& text) {
        auto reading = read(text);
        EXPECT_EQ(reading.config.has_value(), reading.problems.empty());
        for (std::string& problem : reading.problems) {
            if (problem.starts_with(path_)) problem.erase(0, path_.size());
        }
        return reading.problems;
    }

    std::string directory_;
    std::string path_;
    Variable no_interval_{"SKDC_KPROP_INTERVAL", nullptr};
};

}  // namespace kpropgw::config
