#include "gateway/wire/rpcsec_gss.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "gateway/wire/rpcsec_gss_window.hpp"
#include "wire/mutations.hpp"

namespace kpropgw::wire {
namespace {

using namespace std::string_view_literals;

TEST(GssCredential, IsVersionProcedureSequenceServiceAndHandle) {
    const std::string body = gss_credential({GssProcedure::data, 5, GssService::privacy, "xxxx"});
    EXPECT_EQ(body, "\0\0\0\1\0\0\0\0\0\0\0\5\0\0\0\3\0\0\0\4xxxx"sv);
    const auto parsed = parse_gss_credential(body).value();
    EXPECT_EQ(parsed.procedure, GssProcedure::data);
    EXPECT_EQ(parsed.sequence, 5u);
    EXPECT_EQ(parsed.service, GssService::privacy);
    EXPECT_EQ(parsed.handle, "xxxx");
    for (std::size_t length = 0; length < body.size(); ++length)
        EXPECT_FALSE(parse_gss_credential(std::string_view(body).substr(0, length))) << length;
    EXPECT_FALSE(parse_gss_credential(body + "x"));
}

TEST(GssCredential, OfAnotherVersionProcedureOrServiceIsRefused) {
    for (const auto& [at, value] : {std::pair{3, 2}, {3, 0}, {7, 4}, {15, 0}, {15, 4}}) {
        std::string body = gss_credential({});
        body[static_cast<std::size_t>(at)] = static_cast<char>(value);
        EXPECT_FALSE(parse_gss_credential(body)) << at << " " << value;
    }
}

TEST(GssCredential, ChangedIsRefusedOrReadAsItStands) {
    for_each_mutation(gss_credential({GssProcedure::destroy, 77, GssService::integrity, "handle"}),
                      [](const std::string& changed) {
                          const auto parsed = parse_gss_credential(changed);
                          if (parsed) {
                              EXPECT_EQ(gss_credential(*parsed).size(), changed.size());
                          }
                      });
}

TEST(GssInit, CarriesATokenOfAtMost64KiB) {
    EXPECT_EQ(gss_init_arguments("token"), "\0\0\0\5token\0\0\0"sv);
    EXPECT_EQ(parse_gss_init_arguments("\0\0\0\5token\0\0\0"sv).value(), "token");
    EXPECT_FALSE(parse_gss_init_arguments("\0\0\0\5token\0\0"sv));
    EXPECT_TRUE(parse_gss_init_arguments(gss_init_arguments(std::string(most_token_bytes, 't'))));
    EXPECT_FALSE(parse_gss_init_arguments(gss_init_arguments(std::string(most_token_bytes + 1, 't'))));
}

TEST(GssInit, ResultIsReadAsItWasWritten) {
    const std::string bytes = gss_init_result({"hand", 0, 7, 32, "token"});
    EXPECT_EQ(bytes, "\0\0\0\4hand\0\0\0\0\0\0\0\7\0\0\0\x20\0\0\0\5token\0\0\0"sv);
    const auto parsed = parse_gss_init_result(bytes).value();
    EXPECT_EQ(parsed.handle, "hand");
    EXPECT_EQ(parsed.major, gss_complete);
    EXPECT_EQ(parsed.minor, 7u);
    EXPECT_EQ(parsed.window, 32u);
    EXPECT_EQ(parsed.token, "token");
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(parse_gss_init_result(std::string_view(bytes).substr(0, length))) << length;
}

TEST(GssInit, AHandleThatNoCredentialCouldHoldIsRefused) {
    EXPECT_TRUE(parse_gss_init_result(gss_init_result({std::string(380, 'h'), 0, 0, 1, ""})));
    EXPECT_FALSE(parse_gss_init_result(gss_init_result({std::string(381, 'h'), 0, 0, 1, ""})));
}

TEST(GssData, HasItsSequenceNumberBeforeTheArguments) {
    EXPECT_EQ(gss_data(6, "arguments"), "\0\0\0\6arguments"sv);
    EXPECT_EQ(parse_gss_data("\0\0\0\6arguments"sv, 6).value(), "arguments");
    EXPECT_EQ(parse_gss_data("\0\0\0\6arguments"sv, 7).error().text(),
              "RPCSEC_GSS data: byte 4: another sequence number than the header's");
    EXPECT_FALSE(parse_gss_data("\0\0\0"sv, 0));
}

TEST(GssData, IsACountedOpaqueWhenEncrypted) {
    std::string message = "before";
    append_private_body(message, "cipher");
    EXPECT_EQ(message, "before\0\0\0\6cipher\0\0"sv);
    EXPECT_EQ(parse_private_body(std::string_view(message).substr(6)).value(), "cipher");
    EXPECT_FALSE(parse_private_body("\0\0\0\6cipher\0"sv));
    EXPECT_FALSE(parse_private_body("\xff\xff\xff\xff"sv));
}

TEST(SequenceWindow, TakesEachNumberOnceAndNoneBelowIt) {
    SequenceWindow window;
    EXPECT_TRUE(window.take(100));
    EXPECT_FALSE(window.take(100));
    EXPECT_TRUE(window.take(69)) << "31 below";
    EXPECT_FALSE(window.take(69));
    EXPECT_FALSE(window.take(68)) << "32 below";
    EXPECT_TRUE(window.take(101));
    EXPECT_TRUE(window.take(70));
    EXPECT_FALSE(window.take(69));
    EXPECT_TRUE(window.take(133)) << "the whole window moves on";
    EXPECT_FALSE(window.take(101));
    EXPECT_TRUE(window.take(102));
}

TEST(SequenceWindow, BeginsWithWhateverComesFirst) {
    SequenceWindow zero;
    EXPECT_TRUE(zero.take(0));
    EXPECT_FALSE(zero.take(0));
    SequenceWindow largest;
    EXPECT_TRUE(largest.take(sequence_end - 1));
    EXPECT_TRUE(largest.take(sequence_end - 32));
    EXPECT_FALSE(largest.take(0));
}

TEST(SequenceWindow, AgreesWithAListOfWhatWasSeen) {
    const unsigned seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto below = [&](unsigned limit) { return static_cast<std::uint32_t>(random() % limit); };
    SequenceWindow window;
    std::set<std::uint32_t> seen;
    std::uint32_t around = 1000;
    for (int i = 0; i < 20000; ++i) {
        around += below(4);
        const std::uint32_t sequence = around - below(60) + (below(50) == 0 ? 200 : 0);
        const bool is_in_window = seen.empty() || sequence + SequenceWindow::size > *seen.rbegin();
        const bool is_new = is_in_window && seen.insert(sequence).second;
        ASSERT_EQ(window.take(sequence), is_new) << sequence;
    }
}

}  // namespace
}  // namespace kpropgw::wire
