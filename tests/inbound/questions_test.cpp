#include "gateway/inbound/questions.hpp"

#include <gtest/gtest.h>

namespace kpropgw::inbound {
namespace {

TEST(Questions, AnOrderIsAnsweredByAQuestionThatBeganAfterIt) {
    Questions questions;
    questions.begin();
    const auto ordered = questions.ask_now();
    EXPECT_TRUE(questions.is_wanted());
    EXPECT_FALSE(questions.is_awaited()) << "the one that is open began before";
    questions.end(Found::all);
    EXPECT_EQ(questions.answer_to(ordered), nullptr);
    questions.begin();
    EXPECT_FALSE(questions.is_wanted());
    EXPECT_TRUE(questions.is_awaited());
    questions.begin();
    EXPECT_TRUE(questions.is_awaited()) << "it goes on";
    questions.end(Found::full_comes);
    ASSERT_NE(questions.answer_to(ordered), nullptr);
    EXPECT_EQ(questions.answer_to(ordered)->value(), Found::full_comes);
    EXPECT_FALSE(questions.is_awaited());
}

TEST(Questions, AFailureIsAnAnswer) {
    Questions questions;
    const auto ordered = questions.ask_now();
    questions.end(Error(Errc::unavailable, "none is open"));
    EXPECT_EQ(questions.answer_to(ordered), nullptr);
    questions.begin();
    questions.end(Error(Errc::unavailable, "connection refused"));
    questions.end(Found::all);
    EXPECT_EQ(questions.answer_to(ordered)->error().text(), "connection refused");
}

}  // namespace
}  // namespace kpropgw::inbound
