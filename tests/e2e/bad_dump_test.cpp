// A dump that is not a whole registry of the realm is refused and the registry stays as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <regex>

#include "support/dumps.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using ::testing::HasSubstr;

struct BadDump {
    std::string name;
    std::function<std::string(std::string)> spoil;
    std::string reason;  ///< what kprop must print
};

std::string without_line(const std::string& dump, std::string_view mark) {
    const auto at = dump.find(mark);
    const auto start = dump.rfind('\n', at) + 1;
    const auto end = dump.find('\n', at) + 1;
    return dump.substr(0, start) + dump.substr(end);
}

std::string with_line_twice(const std::string& dump, std::string_view mark) {
    const auto at = dump.find(mark);
    const auto start = dump.rfind('\n', at) + 1;
    const auto end = dump.find('\n', at) + 1;
    return dump.substr(0, end) + dump.substr(start, end - start) + dump.substr(end);
}

const BadDump bad_dumps[] = {
    {"HeaderOnly", [](std::string dump) { return dump.substr(0, dump.find('\n') + 1); },
     "dump:1: the dump holds no record"},
    {"Empty", [](std::string) { return std::string{}; }, "the dump is empty"},
    {"CutInARecord", [](std::string dump) { return dump.substr(0, dump.size() / 2); }, "it was cut"},
    {"CutInTheLastLine", [](std::string dump) { return dump.substr(0, dump.size() - 3); }, "it was cut"},
    {"NoDumpAtAll", [](std::string) { return std::string(5000, 'x') + "\n"; }, "dump:1: this is no dump of kdb5_util"},
    {"UnknownVersion", [](std::string dump) { return std::regex_replace(dump, std::regex{"version 7"}, "version 9"); },
     "dump:1: this version of the dump is not known"},
    {"NotAHexKey", [](std::string dump) { return dump.replace(dump.find("\t-1;\n") - 20, 2, "zz"); }, "dump:2: "},
    {"ANameTwice", [](std::string dump) { return with_line_twice(dump, "\tuser00005@"); }, "user00005@KPROPGW.TEST"},
    {"NoMasterKey", [](std::string dump) { return without_line(dump, "\tK/M@"); }, "K/M@KPROPGW.TEST"},
    {"NoTicketGrantingService", [](std::string dump) { return without_line(dump, "\tkrbtgt/"); },
     "krbtgt/KPROPGW.TEST@KPROPGW.TEST"},
    {"AnotherRealm", [](std::string dump) { return std::regex_replace(dump, std::regex{"KPROPGW"}, "NOWHERE"); },
     "KPROPGW.TEST"},
};

TEST(BadDump, IsRefusedWithItsReasonAndChangesNothing) {
    Site site{{{"kdc1"}, {"kdc2", "Compat"}}};
    site.push();
    const auto before = site.wait_until_all_have_it();
    const auto good = site.realm.dump_of("primary", version::r1_11);
    const auto file = (site.realm.directory() / "bad").string();
    for (const auto& bad : bad_dumps) {
        SCOPED_TRACE(bad.name);
        std::ofstream{file, std::ios::binary} << bad.spoil(good);
        const auto pushed = site.try_push({file});
        EXPECT_FALSE(pushed.ok());
        EXPECT_THAT(pushed.errors, HasSubstr(bad.reason));
        const auto after = site.gateway().status();
        EXPECT_EQ(after.at("serial"), before.at("serial"));
        EXPECT_EQ(after.at("principals"), before.at("principals"));
        EXPECT_THAT(text(after, "last_refusal"), HasSubstr(bad.reason));
        if (bad.name != "Empty") {
            EXPECT_EQ(after.at("held_dump"), after.at("last_refusal"));
        }
    }
    site.expect_all_equal();
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.push();
    EXPECT_EQ(site.wait_until_all_have_it().at("held_dump"), nullptr);
    site.expect_all_equal();
}

TEST(BadDump, LargerThanTheLimitIsRefusedBeforeItIsRead) {
    Site site{{}, {.settings = {{"max_dump", "4K"}}}};
    const auto pushed = site.try_push();
    EXPECT_FALSE(pushed.ok());
    EXPECT_NE(text(site.gateway().status(), "last_refusal").find("4096"), std::string::npos) << pushed.errors;
}

}  // namespace
}  // namespace kpropgw::testing
