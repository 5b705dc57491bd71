// Peers that send half a message, absurd sizes or nothing are dropped in time, and the others are served meanwhile.
#include <gtest/gtest.h>

#include <vector>

#include "support/raw_peer.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

const auto sendauth = message("KRB5_SENDAUTH_V1.0\0"s);
const auto kprop = message("kprop5_01\0"s);

TEST(HostilePeer, IsDroppedInTimeWhileOthersAreServed) {
    Site site{{{"kdc1"}}, {.settings = {{"idle_timeout", "2s"}}}};
    const std::vector<std::pair<std::string, std::string>> openings{
        {"nothing", ""},
        {"half a length", "\0\0"s},
        {"half a message", sendauth.substr(0, 9)},
        {"a version and no more", sendauth},
        {"half an AP-REQ", sendauth + kprop + "\0\0\4\0only this"s},
    };
    std::vector<RawPeer> peers;
    for (const auto& [name, bytes] : openings)
        peers.emplace_back(site.gateway().port()).send(bytes);

    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();

    for (std::size_t i = 0; i < peers.size(); ++i) {
        SCOPED_TRACE(openings[i].first);
        EXPECT_NO_THROW(peers[i].read_to_end(20s));
    }
}

TEST(HostilePeer, ThatAnnouncesFourGibibytesIsRefusedAtOnce) {
    Site site{{}, {.settings = {{"idle_timeout", "60s"}}}};
    const RawPeer first{site.gateway().port()};
    first.send("\xff\xff\xff\xff"s);
    EXPECT_NO_THROW(first.read_to_end(20s));

    const RawPeer second{site.gateway().port()};
    second.send(sendauth + kprop + "\xff\xff\xff\xff"s);
    EXPECT_NO_THROW(second.read_to_end(20s));
    EXPECT_NE(text(site.gateway().status(), "last_refusal").find("4294967295"), std::string::npos);
    site.push();
}

TEST(HostilePeer, ThatIsNoKpropIsAnsweredAsKpropdAnswers) {
    Site site{{}};
    const RawPeer wrong_sendauth{site.gateway().port()};
    wrong_sendauth.send(message("KRB5_SENDAUTH_V9.9\0"s) + kprop);
    EXPECT_EQ(wrong_sendauth.read_to_end(20s).substr(0, 1), "\1");
    const RawPeer wrong_application{site.gateway().port()};
    wrong_application.send(sendauth + message("kprop9_99\0"s));
    EXPECT_EQ(wrong_application.read_to_end(20s).substr(0, 1), "\2");
    const RawPeer no_ticket{site.gateway().port()};
    no_ticket.send(sendauth + kprop + message("this is no AP-REQ"));
    const auto answer = no_ticket.read_to_end(20s);
    ASSERT_GT(answer.size(), 5u);
    EXPECT_EQ(answer[0], '\0');
    EXPECT_EQ(answer[5], '\x7e') << "a KRB-ERROR";
}

TEST(HostilePeer, InLargeNumbersDoesNotKeepThePrimaryOut) {
    Site site{{}, {.settings = {{"idle_timeout", "2s"}, {"max_connections", "8"}}}};
    std::vector<RawPeer> peers;
    for (int i = 0; i < 50; ++i)
        peers.emplace_back(site.gateway().port());
    for (const auto& peer : peers)
        EXPECT_NO_THROW(peer.read_to_end(60s));
    site.push();
}

}  // namespace
}  // namespace kpropgw::testing
