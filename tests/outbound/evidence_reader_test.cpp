#include "gateway/outbound/evidence_reader.hpp"

#include <gtest/gtest.h>

#include "small_registry.hpp"

namespace kpropgw::outbound {
namespace {

constexpr int locked = 0x40;

std::string principal(std::string_view name, int kvno, int attributes = 0, int expires = 0) {
    return fmt::format("princ\t38\t{}\t0\t1\t0\t{}\t{}\t0\t0\t{}\t0\t0\t0\t0\t1\t{}\t18\t4\tdeadbeef\t-1;\n",
                       name.size(), name, attributes, expires, kvno);
}

class EvidenceReaderTest : public ::testing::Test {
protected:
    /// The registry becomes this and what no registry goes without; the newest evidence first.
    std::vector<core::Evidence> after(const std::string& records) {
        registry_.take_records(principal("K/M@X.COM", 1, locked) + principal("krbtgt/X.COM@X.COM", 1) + records);
        return now();
    }
    std::vector<core::Evidence> now() {
        EXPECT_TRUE(reader_.catch_up(system_clock().now()));
        const auto& log = reader_.log().newest_first();
        return {log.begin(), log.end()};
    }

    SmallRegistry registry_;
    EvidenceReader reader_{registry_.store()};
};

TEST_F(EvidenceReaderTest, WhatShowsInTicketsIsEvidence) {
    after(principal("a@X.COM", 1));
    const auto changed = after(principal("a@X.COM", 2));
    ASSERT_FALSE(changed.empty());
    EXPECT_EQ(changed[0].name, "a@X.COM");
    EXPECT_EQ(changed[0].kvno, 2u);
    EXPECT_EQ(changed[0].serial, registry_.summary().serial);
    const auto removed = after("");
    EXPECT_EQ(removed[0].name, "a@X.COM");
    EXPECT_EQ(removed[0].kvno, std::nullopt);
}

TEST_F(EvidenceReaderTest, WhatDoesNotShowInTicketsIsNot) {
    const auto before = after(principal("a@X.COM", 1));
    const auto expiring = after(principal("a@X.COM", 1, 0, 2000000000));
    ASSERT_EQ(expiring.size(), before.size());
    EXPECT_EQ(expiring[0].serial, before[0].serial) << "the same kvno as before";
    for (const core::Evidence& entry : after(principal("a@X.COM", 2, locked)))
        EXPECT_NE(entry.name, "a@X.COM") << "no KDC gives a ticket, whatever it has";
}

TEST_F(EvidenceReaderTest, OneThatCameBackProvesNothing) {
    after(principal("a@X.COM", 1));
    after("");
    for (const core::Evidence& entry : after(principal("a@X.COM", 1)))
        EXPECT_NE(entry.name, "a@X.COM") << "a KDC that has the first of the two gives the same ticket";
}

TEST_F(EvidenceReaderTest, ReadsOnWhereItStopped) {
    for (int kvno = 1; kvno < 5; ++kvno)
        after(principal("a@X.COM", kvno));
    const auto known = now();
    EXPECT_EQ(now().size(), known.size());
    EvidenceReader fresh(registry_.store());
    ASSERT_TRUE(fresh.catch_up(system_clock().now()));
    EXPECT_EQ(fresh.log().newest_first().front().serial, known[0].serial);
}

TEST_F(EvidenceReaderTest, KnowsOfOnePrincipalWhatTheRegistrySays) {
    after(principal("a@X.COM", 3) + principal("b@X.COM", 4, locked));
    const Time time = system_clock().now();
    EXPECT_EQ(reader_.of("a@X.COM", time).value().kvno, 3u);
    EXPECT_EQ(reader_.of("b@X.COM", time).error().code(), Errc::conflict);
    EXPECT_EQ(reader_.of("c@X.COM", time).error().code(), Errc::not_found);
}

}  // namespace
}  // namespace kpropgw::outbound
