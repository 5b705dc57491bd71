#include "gateway/control/journal.hpp"

#include "tests/cli/orders.hpp"

namespace kpropgw::cli {
namespace {

/// A journal with the changes from `low` + 1 to `newest`.
class JournalOrders : public control::FakeOrders {
public:
    boost::asio::awaitable<Result<control::JournalPage>> journal(control::JournalQuery query) override {
        queries_.push_back(query);
        control::JournalPage page{low_, newest_, {}};
        for (std::uint64_t at = query.since + 1; at <= newest_ && page.changes.size() < query.limit; ++at)
            page.changes.push_back({at, Time(std::chrono::seconds(at)), "principal", "u" + std::to_string(at) + "@R",
                                    "changed", "kvno 1 to 2"});
        co_return page;
    }

    std::uint64_t low_ = 10;
    std::uint64_t newest_ = 15;
    std::vector<control::JournalQuery> queries_;
};

class Journal : public Program {
protected:
    testing::Finished show(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"journal", "show", "-c", config_});
        return run(arguments);
    }

    std::string config_ = write("kpropgw.conf", "[gateway]\ncontrol = control.sock\n");
    JournalOrders orders_;
    control::Running running_{directory_ + "/control.sock", orders_};
};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

TEST_F(Journal, ShowsALineAChange) {
    const auto finished = show({});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    const auto lines = lines_of(finished.output);
    ASSERT_EQ(lines.size(), 5u);
    EXPECT_EQ(lines[0], "      11  1970-01-01T00:00:11Z  principal \"u11@R\" changed: kvno 1 to 2");
    EXPECT_EQ(finished.errors, "");
}

TEST_F(Journal, ShowsTheNewestOrWhatCameAfter) {
    EXPECT_EQ(lines_of(show({"--limit", "2"}).output).at(0).substr(0, 8), "      14");
    EXPECT_EQ(lines_of(show({"--limit", "99"}).output).size(), 5u);
    EXPECT_EQ(show({"--limit", "0"}).output, "");
    const auto after = lines_of(show({"--since", "12", "--limit", "1"}).output);
    ASSERT_EQ(after.size(), 1u);
    EXPECT_EQ(after[0].substr(0, 8), "      13");
    EXPECT_EQ(show({"--since", "15"}).output, "");
    EXPECT_EQ(show({"--since", "x"}).status, EX_USAGE);
}

TEST_F(Journal, SaysWhereItBeginsWhenMoreWasAskedFor) {
    const auto finished = show({"--since", "3"});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_EQ(lines_of(finished.output).size(), 5u);
    EXPECT_EQ(finished.errors, "kpropgw: the journal begins above serial 10\n");
}

TEST_F(Journal, IsAnObjectALineForPrograms) {
    const auto lines = lines_of(show({"--json", "--limit", "1"}).output);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0],
              R"({"serial":15,"time":"1970-01-01T00:00:15Z","record":"principal","name":"u15@R","change":"changed",)"
              R"("words":"kvno 1 to 2"})");
}

TEST_F(Journal, IsFetchedPageByPage) {
    running_.on_loop([&] { orders_.newest_ = 2510; });
    EXPECT_EQ(lines_of(show({}).output).size(), 2500u);
    running_.on_loop([&] {
        ASSERT_EQ(orders_.queries_.size(), 5u) << "its ends, three pages, and one that is empty";
        EXPECT_EQ(orders_.queries_[2], (control::JournalQuery{1010, control::largest_journal_page}));
    });
}

}  // namespace
}  // namespace kpropgw::cli
