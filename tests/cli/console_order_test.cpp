#include "gateway/cli/console_order.hpp"

#include <gtest/gtest.h>

namespace kpropgw::cli {
namespace {

using Words = std::vector<std::string>;

TEST(ConsoleOrder, IsTheCommandThatTheTableSays) {
    const std::vector<std::pair<const char*, Words>> table{
        {"PROP kdc2", {"prop", "kdc2"}},
        {"prop KDC2.Example.COM", {"prop", "kdc2.example.com"}},
        {"  Prop\tkdc2 , kdc3  ", {"prop", "kdc2", "kdc3"}},
        {"F SKRBKDC,PROP kdc2", {"prop", "kdc2"}},
        {"f skrbkdc , prop kdc2", {"prop", "kdc2"}},
        {"MODIFY SKRBKDC,PROP kdc2,kdc3", {"prop", "kdc2", "kdc3"}},
        {"PROP display", {"prop", "display"}},
        {"DISPLAY PROP", {"display", "prop"}},
        {"d prop", {"display", "prop"}},
        {"F SKRBKDC,DISPLAY PROP", {"display", "prop"}},
    };
    for (const auto& [text, words] : table) {
        const auto order = parse_console_order(text);
        ASSERT_TRUE(order) << text << ": " << order.error();
        EXPECT_EQ(*order, words) << text;
    }
}

TEST(ConsoleOrder, AnythingElseIsRefusedInWords) {
    const std::vector<std::pair<const char*, const char*>> table{
        {"", "the order is empty"},
        {" , ", "the order is empty"},
        {"F SKRBKDC", "the order is empty"},
        {"F", "MODIFY is for SKRBKDC only"},
        {"F OTHER,PROP kdc2", "MODIFY is for SKRBKDC only"},
        {"F SKRBKDC,F SKRBKDC,PROP kdc2", "order \"f\" is not known"},
        {"F SKRBKDC,DEBUG ON", "order \"debug\" is not known"},
        {"PROP", "PROP names no host"},
        {"PROP --all", "\"--all\" is not a host"},
        {"PROP kdc2 -c /other", "\"-c\" is not a host"},
        {"DISPLAY", "only PROP can be displayed"},
        {"DISPLAY PROP kdc2", "only PROP can be displayed"},
        {"DISPLAY ADMIN", "only PROP can be displayed"},
    };
    for (const auto& [text, why] : table) {
        const auto order = parse_console_order(text);
        ASSERT_FALSE(order) << text;
        EXPECT_EQ(order.error().code(), Errc::invalid_input);
        EXPECT_EQ(order.error().text(), std::string(why) + "; \"PROP HOST\" and \"DISPLAY PROP\" are known") << text;
    }
}

}  // namespace
}  // namespace kpropgw::cli
