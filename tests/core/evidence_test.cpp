#include "gateway/core/evidence.hpp"

#include <gtest/gtest.h>

namespace kpropgw::core {
namespace {

Time at(int seconds) {
    return Time(std::chrono::seconds(seconds));
}

formats::Principal with_keys(std::initializer_list<std::uint16_t> kvnos) {
    formats::Principal principal;
    for (const std::uint16_t kvno : kvnos)
        principal.keys.push_back({.kvno = kvno, .element = {}});
    return principal;
}

TEST(TicketKvno, IsTheNewestKeys) {
    EXPECT_EQ(ticket_kvno(with_keys({1}), at(0)), 1u);
    EXPECT_EQ(ticket_kvno(with_keys({3, 3, 2}), at(0)), 3u);
    EXPECT_EQ(ticket_kvno(with_keys({2, 65535}), at(0)), 65535u);
}

TEST(TicketKvno, IsNotThereWhereAKdcGivesNoTicket) {
    EXPECT_EQ(ticket_kvno(with_keys({}), at(0)), std::nullopt);
    for (const std::int32_t flag : {0x40, 0x100, 0x1000}) {
        formats::Principal principal = with_keys({1});
        principal.attributes = flag;
        EXPECT_EQ(ticket_kvno(principal, at(0)), std::nullopt) << flag;
    }
    formats::Principal usual = with_keys({1});
    usual.attributes = 0x80;  // requires_preauth
    EXPECT_EQ(ticket_kvno(usual, at(0)), 1u);
    usual.expiration = 100;
    EXPECT_EQ(ticket_kvno(usual, at(99)), 1u);
    EXPECT_EQ(ticket_kvno(usual, at(100)), std::nullopt);
}

TEST(EvidenceLog, KnowsTheLastChangeOfEachName) {
    EvidenceLog log;
    log.add({Serial{1}, at(1), "a", 1});
    log.add({Serial{2}, at(2), "b", 1});
    log.add({Serial{3}, at(3), "a", 2});
    ASSERT_EQ(log.newest_first().size(), 2u);
    EXPECT_EQ(log.newest_first().front().serial, Serial{3});
    EXPECT_EQ(log.newest_first().back().name, "b");
    log.forget("a");
    ASSERT_EQ(log.newest_first().size(), 1u);
    EXPECT_EQ(log.newest_first().front().name, "b");
}

TEST(EvidenceLog, IsBounded) {
    EvidenceLog log;
    for (std::uint64_t i = 1; i <= EvidenceLog::most + 10; ++i)
        log.add({Serial{i}, at(0), std::to_string(i), 1});
    EXPECT_EQ(log.newest_first().size(), EvidenceLog::most);
    EXPECT_EQ(log.newest_first().back().serial, Serial{11});
}

TEST(Proof, EndsWithTheNewestThatIsServed) {
    Proof proof;
    EXPECT_TRUE(proof.wants_more());
    proof.saw({Serial{9}, at(9), "a", 3}, 2);
    EXPECT_TRUE(proof.wants_more());
    proof.saw({Serial{7}, at(7), "b", std::nullopt}, 1);
    EXPECT_TRUE(proof.wants_more()) << "one that is gone and gets a ticket";
    proof.saw({Serial{5}, at(5), "c", 1}, 1);
    EXPECT_FALSE(proof.wants_more());
    EXPECT_EQ(proof.proven(), Serial{5});
    ASSERT_TRUE(proof.stale());
    EXPECT_EQ(proof.stale()->lacks.serial, Serial{7}) << "the oldest that it lacks";
}

TEST(Proof, ARemovalIsProvenByTheLackOfATicket) {
    Proof proof;
    proof.saw({Serial{9}, at(9), "a", std::nullopt}, std::nullopt);
    EXPECT_EQ(proof.proven(), Serial{9});
    EXPECT_FALSE(proof.stale());
}

TEST(Proof, DoesNotAskForEver) {
    Proof proof;
    for (int i = 0; i < Proof::most_questions; ++i) {
        EXPECT_TRUE(proof.wants_more());
        proof.saw({Serial{100}, at(0), "a", 2}, 1);
    }
    EXPECT_FALSE(proof.wants_more());
}

}  // namespace
}  // namespace kpropgw::core
