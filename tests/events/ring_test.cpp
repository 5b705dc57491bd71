#include "gateway/events/ring.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "gateway/events/catalogue.hpp"

namespace kpropgw::events {
namespace {

Occurrence some(std::string value) {
    Occurrence occurrence;
    occurrence.event = &serving;
    occurrence.fields = {{"realm", std::move(value)}};
    return occurrence;
}

std::vector<std::uint64_t> numbers(const std::vector<Occurrence>& occurrences) {
    std::vector<std::uint64_t> numbers;
    for (const Occurrence& occurrence : occurrences)
        numbers.push_back(occurrence.number);
    return numbers;
}

using Numbers = std::vector<std::uint64_t>;

TEST(Ring, NumbersFromOneAndKeepsTheLast) {
    Ring ring(3);
    EXPECT_EQ(ring.last(), 0u);
    EXPECT_EQ(numbers(ring.after(0, 10)), Numbers());
    for (const char* value : {"a", "b", "c", "d", "e"})
        ring.add(some(value));
    EXPECT_EQ(ring.last(), 5u);
    EXPECT_EQ(numbers(ring.after(0, 10)), (Numbers{3, 4, 5}));
    EXPECT_EQ(ring.after(0, 10).front().fields.front().value, "c");
}

TEST(Ring, GivesThoseBehindANumberAndNoMoreThanAskedFor) {
    Ring ring(10);
    for (int i = 0; i < 5; ++i)
        ring.add(some("x"));
    EXPECT_EQ(numbers(ring.after(3, 10)), (Numbers{4, 5}));
    EXPECT_EQ(numbers(ring.after(1, 2)), (Numbers{2, 3}));
    EXPECT_EQ(numbers(ring.after(5, 10)), Numbers());
    EXPECT_EQ(numbers(ring.after(UINT64_MAX, 10)), Numbers());
    EXPECT_EQ(numbers(ring.after(0, 0)), Numbers());
    EXPECT_EQ(numbers(ring.after(0, SIZE_MAX)), (Numbers{1, 2, 3, 4, 5}));
}

TEST(Ring, WakesItsObserversUntilTheirSubscriptionsEnd) {
    Ring ring(10);
    int first = 0;
    int second = 0;
    auto one = ring.on_addition([&] { ++first; });
    auto two = ring.on_addition([&] { second += static_cast<int>(ring.last()); });
    ring.add(some("x"));
    one.reset();
    ring.add(some("x"));
    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, 1 + 2);
}

TEST(Ring, ManyThreadsAddReadAndSubscribe) {
    constexpr int each = 2000;
    constexpr std::uint64_t threads = 4;
    Ring ring(100);
    std::atomic<std::uint64_t> woken = 0;
    const auto counted = ring.on_addition([&] { ++woken; });
    {
        std::vector<std::jthread> running;
        for (std::uint64_t i = 0; i < threads; ++i) {
            running.emplace_back([&ring] {
                for (int n = 0; n < each; ++n)
                    ring.add(some("x"));
            });
            running.emplace_back([&ring] {
                std::uint64_t seen = 0;
                for (int n = 0; n < each / 10; ++n) {
                    const auto subscription = ring.on_addition([] {});
                    for (const Occurrence& occurrence : ring.after(seen, 10)) {
                        EXPECT_GT(occurrence.number, seen);
                        seen = occurrence.number;
                    }
                }
            });
        }
    }
    EXPECT_EQ(ring.last(), threads * each);
    EXPECT_EQ(woken, threads * each);
    EXPECT_EQ(ring.after(0, 1000).size(), 100u);
}

}  // namespace
}  // namespace kpropgw::events
