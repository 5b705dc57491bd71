#include "gateway/wire/iprop.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "gateway/wire/iprop_changes.hpp"
#include "wire/mutations.hpp"

namespace kpropgw::wire {
namespace {

using namespace std::string_view_literals;
using namespace std::chrono_literals;

const std::string update_a(40, 'a');
const std::string update_b(36, 'b');

TEST(IpropArguments, ArePositionsAndVersions) {
    EXPECT_EQ(iprop_position({1, 2, 3}), "\0\0\0\1\0\0\0\2\0\0\0\3"sv);
    EXPECT_EQ(parse_iprop_position("\0\0\0\1\0\0\0\2\0\0\0\3"sv).value(), (IpropPosition{1, 2, 3}));
    EXPECT_FALSE(parse_iprop_position("\0\0\0\1\0\0\0\2\0\0\0"sv));
    EXPECT_FALSE(parse_iprop_position("\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\0"sv));
    EXPECT_EQ(ipropx_version(1), "\0\0\0\1"sv);
    EXPECT_EQ(parse_ipropx_version("\0\0\0\1"sv).value(), 1u);
    EXPECT_FALSE(parse_ipropx_version(""));
}

TEST(IpropUpdates, StandBetweenThePositionAndTheStatus) {
    UpdatesResult result;
    result.add(update_a);
    result.add(update_b);
    EXPECT_EQ(result.count(), 2u);
    const SecretText bytes = std::move(result).finish(IpropStatus::ok, {9, 8, 7});
    EXPECT_EQ(bytes.text,
              std::string("\0\0\0\x09\0\0\0\x08\0\0\0\7\0\0\0\2"sv) + update_a + update_b + std::string("\0\0\0\0"sv));
    const auto received = parse_updates_result(bytes.text).value();
    EXPECT_EQ(received.status, IpropStatus::ok);
    EXPECT_EQ(received.last, (IpropPosition{9, 8, 7}));
    EXPECT_EQ(received.count, 2u);
    EXPECT_EQ(received.updates, update_a + update_b);
}

TEST(IpropUpdates, MayOutgrowTheirRoom) {
    UpdatesResult result(0);
    std::string all;
    for (char c = 'a'; c <= 'z'; ++c) {
        all += std::string(1000, c);
        result.add(std::string(1000, c));
    }
    const SecretText bytes = std::move(result).finish(IpropStatus::ok, {});
    EXPECT_EQ(parse_updates_result(bytes.text).value().updates, all);
}

TEST(IpropUpdates, OfNoneAreTwentyBytesWithTheirStatus) {
    for (const std::uint32_t number : {0u, 1u, 2u, 3u, 4u, 5u}) {
        const auto status = static_cast<IpropStatus>(number);
        const SecretText bytes = UpdatesResult().finish(status, {});
        EXPECT_EQ(bytes.text, std::string(16, '\0') + std::string(3, '\0') + static_cast<char>(number));
        EXPECT_EQ(parse_updates_result(bytes.text).value().status, status);
    }
    EXPECT_FALSE(parse_updates_result(std::string(19, '\0') + '\6')) << "no status of iprop";
}

TEST(IpropUpdates, ACountThatCannotBeIsRefused) {
    std::string bytes(16, '\0');
    bytes[12] = '\xff';
    EXPECT_EQ(parse_updates_result(bytes + std::string(40, '\0')).error().text(),
              "iprop updates, end: byte 4: 36 bytes of updates cannot be 4278190080 updates");
    EXPECT_FALSE(parse_updates_result(std::string(16, '\0') + update_a + std::string(4, '\0'))) << "updates of none";
    for (std::size_t length = 0; length < 20; ++length)
        EXPECT_FALSE(parse_updates_result(std::string(length, '\0'))) << length;
}

TEST(IpropResync, IsAPositionAndAStatus) {
    const std::string bytes = resync_result({{1, 2, 3}, IpropStatus::busy});
    EXPECT_EQ(bytes, "\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\3"sv);
    EXPECT_EQ(parse_resync_result(bytes).value().status, IpropStatus::busy);
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(parse_resync_result(std::string_view(bytes).substr(0, length))) << length;
    EXPECT_FALSE(parse_resync_result(bytes + std::string(4, '\0')));
}

SecretText three_changes() {
    ChangesResult result;
    result.add({0x100000001, Time(1ms), ChangeOperation::put_principal, "princ\t38"});
    result.add({0x100000002, Time(-1us), ChangeOperation::delete_principal, "user@R"});
    result.add({0x100000003, Time(2ms), ChangeOperation::delete_policy, "p"});
    return std::move(result).finish(IpropStatus::ok, {3, 4, 5});
}

TEST(GatewayChanges, AreReadAsTheyWereWritten) {
    const SecretText bytes = three_changes();
    EXPECT_EQ(std::string_view(bytes.text).substr(0, 20), "\0\0\0\0\0\0\0\3\0\0\0\4\0\0\0\5\0\0\0\3"sv);
    EXPECT_EQ(std::string_view(bytes.text).substr(20, 32),
              "\0\0\0\1\0\0\0\1\0\0\0\0\0\0\3\xe8\0\0\0\1\0\0\0\x08princ\t38"sv);
    const auto received = parse_changes_result(bytes.text).value();
    EXPECT_EQ(received.last, (IpropPosition{3, 4, 5}));
    ASSERT_EQ(received.changes.size(), 3u);
    EXPECT_EQ(received.changes[0].serial, 0x100000001u);
    EXPECT_EQ(received.changes[0].line, "princ\t38");
    EXPECT_EQ(received.changes[1].time, Time(-1us));
    EXPECT_EQ(received.changes[1].operation, ChangeOperation::delete_principal);
    EXPECT_EQ(received.changes[2].line, "p");
}

TEST(GatewayChanges, TruncatedOrChangedAreRefusedOrReadAsTheyStand) {
    const SecretText bytes = three_changes();
    for (std::size_t length = 0; length < bytes.text.size(); ++length)
        EXPECT_FALSE(parse_changes_result(std::string_view(bytes.text).substr(0, length))) << length;
    for_each_mutation(bytes.text, [&](const std::string& changed) {
        const auto received = parse_changes_result(changed);
        if (!received) return;
        ChangesResult again;
        for (const WireChange& change : received->changes)
            again.add(change);
        EXPECT_EQ(std::move(again).finish(received->status, received->last).text.size(), changed.size());
    });
    std::string many = bytes.text;
    many[16] = '\x7f';
    EXPECT_EQ(parse_changes_result(many).error().text(),
              "changes: byte 20: count says 2130706435 items, for which there are too few bytes");
}

TEST(GatewayChanges, RequestSaysHowMuchAndHowLong) {
    const std::string bytes = changes_request({{1, 2, 3}, 4, 5});
    EXPECT_EQ(bytes, "\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5"sv);
    const auto request = parse_changes_request(bytes).value();
    EXPECT_EQ(request.last, (IpropPosition{1, 2, 3}));
    EXPECT_EQ(request.most_bytes, 4u);
    EXPECT_EQ(request.hold_seconds, 5u);
    EXPECT_FALSE(parse_changes_request(bytes.substr(1)));
}

}  // namespace
}  // namespace kpropgw::wire
