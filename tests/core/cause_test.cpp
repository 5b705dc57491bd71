// What is refused says why by a name that explain knows.
#include <gtest/gtest.h>

#include "gateway/core/guard.hpp"
#include "gateway/core/push_permission.hpp"
#include "gateway/core/update_permission.hpp"

namespace kpropgw::core {
namespace {

acl::Acl sample() {
    acl::Acl acl;
    acl.entries = {{"a.x.com", {}, acl::Role::primary, {}, 1}, {"b.x.com", {}, acl::Role::replace, {}, 2}};
    return acl;
}

TEST(Cause, OfAPusherThatMayNot) {
    const auto cause = [](std::string_view client) { return plan_push(sample(), client, "R").error().cause(); };
    EXPECT_EQ(cause("host/b.x.com@R"), "not-the-primary");
    EXPECT_EQ(cause("host/c.x.com@R"), "not-the-primary");
    EXPECT_EQ(cause("user@R"), "not-the-primary");
    EXPECT_EQ(cause("host/a.x.com@OTHER"), "pusher-of-another-realm");
    EXPECT_EQ(check_address("a.x.com", "192.0.2.7", {}).error().cause(), "reverse-dns");
}

TEST(Cause, OfAFollowerThatMayNot) {
    for (const char* client : {"kiprop/b.x.com@R", "kiprop/c.x.com@R", "user@R"})
        EXPECT_EQ(permit_updates(sample(), client, "R").error().cause(), "not-an-update-secondary") << client;
}

TEST(Cause, OfADumpThatIsNotTheRegistry) {
    Guard guard("R");
    EXPECT_EQ(guard.finish().error().cause(), "dump-incomplete");
    guard.see_principal("K/M@OTHER");
    EXPECT_EQ(guard.finish().error().cause(), "dump-of-another-realm");
}

}  // namespace
}  // namespace kpropgw::core
