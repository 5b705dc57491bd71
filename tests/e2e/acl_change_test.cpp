// kpropd.acl is read again while the gateway runs, in any code page, and a file with errors changes nothing.
#include <gtest/gtest.h>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

/// Text as z/OS UNIX stores it: IBM-1047 with X'15' line ends.
std::string to_ibm_1047(const Site& site, const std::string& utf8) {
    const auto file = (site.realm.directory() / "ibm-1047").string();
    const auto converted = run({"sh", "-c", R"(printf %s "$1" | iconv -t IBM-1047 | tr '\045' '\025')", "sh", utf8});
    if (!converted.ok()) throw std::runtime_error(describe({"iconv"}, converted));
    return converted.output;
}

TEST(AclChange, ASecondaryThatIsAddedIsServed) {
    Site site{{{"kdc1"}, {"kdc2", "Compat"}}, {.start_gateway = false}};
    site.gateway().write_acl(site.gateway().acl_text({{"kdc1"}}));
    site.gateway().start();
    site.push();
    site.gateway().wait_until("kdc1 has it",
                              [](const auto& status) { return secondary(status, "kdc1").at("behind") == 0; });
    site.gateway().write_acl(site.gateway().acl_text(site.secondaries));
    site.gateway().wait_until("kdc2 is listed",
                              [](const auto& status) { return status.at("secondaries").size() == 2; });
    site.wait_until_all_have_it();
    site.expect_all_equal();

    site.gateway().write_acl(site.gateway().acl_text({{"kdc2", "Compat"}}));
    const auto status =
        site.gateway().wait_until("kdc1 is gone", [](const auto& now) { return now.at("secondaries").size() == 1; });
    EXPECT_EQ(secondary(status, "kdc2").at("behind"), 0);
}

TEST(AclChange, AFileWithErrorsLeavesTheOneBeforeInForce) {
    Site site{{{"kdc1"}}};
    const auto good = site.gateway().acl_text(site.secondaries);
    site.gateway().write_acl(good + "kdc9.kpropgw.test Replce\n");
    const auto status = site.gateway().wait_until("the problem is shown",
                                                  [](const auto& now) { return !text(now, "acl_problem").empty(); });
    EXPECT_NE(text(status, "acl_problem").find("kpropd.acl:4:19"), std::string::npos) << text(status, "acl_problem");
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();

    site.gateway().write_acl(good);
    site.gateway().wait_until("the problem is gone", [](const auto& now) { return text(now, "acl_problem").empty(); });
}

TEST(AclChange, ThatTurnsThePrimaryIntoASecondaryIsRefused) {
    Site site{{{"kdc1"}}};
    site.gateway().write_acl("primary.kpropgw.test Replace\nkdc1.kpropgw.test Primary\n");
    site.gateway().wait_until("the problem is shown",
                              [](const auto& now) { return !text(now, "acl_problem").empty(); });
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

TEST(AclChange, AFileInIbm1047IsReadAsItIs) {
    Site site{{{"kdc1"}, {"kdc2", "Compat"}}, {.start_gateway = false}};
    site.gateway().write_acl(to_ibm_1047(site, site.gateway().acl_text(site.secondaries)));
    site.gateway().start();
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

}  // namespace
}  // namespace kpropgw::testing
