#include "gateway/inbound/kdb5_util.hpp"

#include <gtest/gtest.h>
#include <regex.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace kpropgw::inbound {
namespace {

using namespace std::chrono_literals;

/// A program in a folder of its own that stands where kdb5_util would.
class Program {
public:
    explicit Program(const std::string& script) {
        std::string name = testing::TempDir() + "/kpropgw-inbound-XXXXXX";
        home_ = ::mkdtemp(name.data());
        std::ofstream(path()) << "#!/bin/sh\n" << script << "\n";
        std::filesystem::permissions(path(), std::filesystem::perms::owner_all);
    }
    ~Program() { std::filesystem::remove_all(home_); }

    std::string path() const { return home_ / "kdb5_util"; }
    Kdb5Util kdb5_util() const { return {path(), "R", "/db", home_, &stop}; }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(home_), {}));
    }

    std::atomic<bool> stop = false;

private:
    std::filesystem::path home_;
};

std::string text_of(const File& file) {
    std::string text(4096, '\0');
    text.resize(file.read_at(0, text).value());
    return text;
}

/// As kdb5_util asks regexec (MIT dump.c:name_matches).
bool matches(const std::string& pattern, const std::string& name) {
    regex_t compiled;
    if (::regcomp(&compiled, pattern.c_str(), REG_EXTENDED) != 0) return false;
    regmatch_t found;
    const bool whole = ::regexec(&compiled, name.c_str(), 1, &found, 0) == 0 && found.rm_so == 0 &&
                       found.rm_eo == static_cast<regoff_t>(name.size());
    ::regfree(&compiled);
    return whole;
}

TEST(Kdb5Util, IsAskedForANameByAPatternThatMatchesItAlone) {
    const std::string names[] = {"a@R", "a.b/c@R", "[a]@R", "a*@R", "(a|b)+?{2}^$@R", "a\\\\\\/\\@b@R", "-d@R"};
    for (const std::string& name : names) {
        for (const std::string& other : names)
            EXPECT_EQ(matches(pattern_of(name), other), name == other) << name << " " << other;
    }
    EXPECT_FALSE(matches(pattern_of("a.b@R"), "axb@R"));
    EXPECT_FALSE(matches(pattern_of("a@R"), "aa@R"));
}

TEST(Kdb5Util, IsGivenTheRealmTheDatabaseAndAFewNamesAndLeavesNoFile) {
    const Program program("printf '%s|' \"$@\"");
    EXPECT_EQ(text_of(program.kdb5_util().dump_all().value()), "-r|R|-d|/db|dump|-i1|-|");
    const std::vector<std::string> few{"a@R", "b.c@R"};
    EXPECT_EQ(text_of(program.kdb5_util().dump_some(few).value()), "-r|R|-d|/db|dump|-|^a@R$|^b\\.c@R$|");
    const std::vector<std::string> many(7, "a@R");
    EXPECT_EQ(text_of(program.kdb5_util().dump_some(many).value()), "-r|R|-d|/db|dump|-|");
    EXPECT_EQ(program.files(), 1u);
}

TEST(Kdb5Util, SaysHowTheProgramFailed) {
    const Program failing("echo 'Cannot open the database' >&2; exit 3");
    EXPECT_EQ(failing.kdb5_util().dump_all().error().text(),
              failing.path() + " dump ended with status 3: Cannot open the database");
    const Program killed("kill -9 $$");
    EXPECT_EQ(killed.kdb5_util().dump_all().error().text(), killed.path() + " dump ended with signal 9: ");
    const Kdb5Util missing{"/nowhere/kdb5_util", "R", {}, testing::TempDir(), nullptr};
    EXPECT_FALSE(missing.dump_all());
}

TEST(Kdb5Util, IsEndedWhenTheGatewayStops) {
    Program program("exec sleep 60");
    std::thread stopper([&] {
        std::this_thread::sleep_for(50ms);
        program.stop = true;
    });
    const auto began = std::chrono::steady_clock::now();
    EXPECT_FALSE(program.kdb5_util().dump_all());
    EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
    stopper.join();
}

TEST(Kdb5Util, HasNothingOpenOfOurs) {
    const Program program("ls /proc/self/fd | wc -w");
    // stdin, stdout, stderr, and the folder that ls reads.
    EXPECT_EQ(text_of(program.kdb5_util().dump_all().value()), "4\n");
}

}  // namespace
}  // namespace kpropgw::inbound
