#include "gateway/control/journal.hpp"

#include <gtest/gtest.h>

namespace kpropgw::control {
namespace {

JournalChange sample() {
    return {42, Time(std::chrono::seconds(1)), "principal", "a@R", "changed", "kvno 1 to 2; policy \"x\" removed"};
}

TEST(ControlJournal, AChangeIsAnObject) {
    EXPECT_EQ(to_json(sample()),
              R"({"serial":42,"time":"1970-01-01T00:00:01Z","record":"principal","name":"a@R","change":"changed",)"
              R"("words":"kvno 1 to 2; policy \"x\" removed"})");
}

TEST(ControlJournal, APageReadsBackAsItWasWritten) {
    JournalPage page{7, 99, {sample(), sample()}};
    page.changes[1].name = "not\xff\tutf-8@R";
    const auto read = parse_journal_page(to_json(page));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(to_json(*read), to_json(page));
    EXPECT_EQ(read->changes.at(1).name, page.changes[1].name);
    EXPECT_EQ(read->changes.at(0).time, page.changes[0].time);
    EXPECT_EQ(read->low, 7u);
    EXPECT_EQ(read->serial, 99u);
}

TEST(ControlJournal, WhatIsNoPageIsRefused) {
    const std::string whole = to_json(JournalPage{7, 99, {sample()}});
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(parse_journal_page(whole.substr(0, size))) << size;
    EXPECT_FALSE(parse_journal_page(R"({"low":1,"serial":2,"changes":[{"serial":3,"time":"now","record":"principal",)"
                                    R"("name":"a","change":"added","words":""}]})"));
    EXPECT_FALSE(parse_journal_page(R"({"low":1,"serial":2,"changes":[{"serial":3,"time":"1970-01-01T00:00:01Z",)"
                                    R"("record":"principal","name_hex":"6z","change":"added","words":""}]})"));
}

TEST(ControlJournal, AQueryReadsBackAndSaysWhatIsWrong) {
    const JournalQuery query{18446744073709551615u, 3};
    EXPECT_EQ(parse_journal_query(to_query(query)).value(), query);
    EXPECT_EQ(parse_journal_query("").value(), (JournalQuery{0, largest_journal_page}));
    EXPECT_EQ(parse_journal_query("limit=2").value(), (JournalQuery{0, 2}));
    const auto text = [](const char* wrong) { return parse_journal_query(wrong).error().text(); };
    EXPECT_EQ(text("since"), "order: \"since\" is not a number");
    EXPECT_EQ(text("since=-1"), "order: \"since\" is not a number");
    EXPECT_EQ(text("since=1x"), "order: \"since\" is not a number");
    EXPECT_EQ(text("limit=18446744073709551616"), "order: \"limit\" is not a number");
    EXPECT_EQ(text("&"), "order: only \"since\" and \"limit\" are known");
}

}  // namespace
}  // namespace kpropgw::control
