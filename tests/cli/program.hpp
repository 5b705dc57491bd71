#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace kpropgw::cli {

/// kpropgw as a process, in a folder of its own.
class Program : public ::testing::Test {
protected:
    Program() {
        std::string name = (std::filesystem::temp_directory_path() / "kpropgw-cli-XXXXXX").string();
        directory_ = ::mkdtemp(name.data());
    }
    ~Program() override { std::filesystem::remove_all(directory_); }

    static testing::Finished run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), KPROPGW_BINARY);
        return testing::run(arguments, std::chrono::seconds(30));
    }

    /// A line for the shell in which $kpropgw is the program.
    static testing::Finished shell(const std::string& line) {
        return testing::run({"sh", "-c", "kpropgw=" KPROPGW_BINARY "; " + line}, std::chrono::seconds(30));
    }

    std::string write(const std::string& name, const std::string& text) const {
        const std::string path = directory_ + "/" + name;
        std::ofstream(path) << text;
        return path;
    }

    std::string directory_;
};

}  // namespace kpropgw::cli
