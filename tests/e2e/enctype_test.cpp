// The third field of kpropd.acl is the session key's encryption type.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

std::string kdc_requests(const Site& site) {
    return read_file((site.realm.directory() / "log" / "primary.kdc.requests").string(), 1 << 24).value();
}

TEST(Enctype, OfTheThirdFieldIsTheSessionKeys) {
    Site site{{{"kdc1", "Replace", "aes128-cts-hmac-sha1-96"}, {"kdc2", "Compat", "aes256-cts"}, {"kdc3"}}};
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();
    const auto requests = kdc_requests(site);
    const std::string ses = "ses=[a-z0-9-]*\\(";
    for (const auto& [host, number] : {std::pair{"kdc1", "17"}, {"kdc2", "18"}, {"kdc3", "18"}})
        EXPECT_THAT(requests, ContainsRegex(ses + number + "\\)\\}, host/gateway[^ ]* for host/" + host));
}

TEST(Enctype, ThatThisLibkrb5CannotDoFailsThatSecondaryAlone) {
    Site site{{{"kdc1", "Replace", "des-cbc-crc"}, {"kdc2"}}};
    site.push();
    const auto status = site.gateway().wait_until("kdc2 has it and kdc1 failed", [](const auto& now) {
        return secondary(now, "kdc2").at("behind") == 0 && !text(secondary(now, "kdc1"), "last_error").empty();
    });
    site.expect_equal("kdc2");
    const auto error = text(secondary(status, "kdc1"), "last_error");
    EXPECT_THAT(error, HasSubstr("des-cbc-crc"));
    EXPECT_THAT(error, HasSubstr("aes")) << "the nearest usable one is named";
    EXPECT_EQ(secondary(status, "kdc1").at("level"), 0);
}

}  // namespace
}  // namespace kpropgw::testing
