// explain and events as an operator types them.
#include <gmock/gmock.h>

#include <future>

#include "gateway/cli/explained.hpp"
#include "gateway/events/report.hpp"
#include "tests/cli/orders.hpp"

namespace kpropgw::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class Explain : public Program {};

TEST_F(Explain, SaysWhatHappenedWhatItMeansAndWhatToDo) {
    const auto finished = run({"explain", "kpropd-not-running"});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_THAT(finished.output,
                HasSubstr("kpropd-not-running (cause): nothing listens on the secondary's kprop port\n\n"));
    EXPECT_THAT(finished.output, HasSubstr("\n\nWhat to do:\nOn the secondary: `systemctl restart krb5-kpropd`"));
}

TEST_F(Explain, KnowsEveryIdAndBreaksNoCommandInTwo) {
    for (const Explained& entry : all_explained()) {
        const auto finished = run({"explain", std::string(entry.id)});
        ASSERT_EQ(finished.status, EX_OK) << entry.id << ": " << finished.errors;
        std::istringstream lines(finished.output);
        for (std::string line; std::getline(lines, line);)
            EXPECT_EQ(std::count(line.begin(), line.end(), '`') % 2, 0) << entry.id << ": " << line;
    }
}

TEST_F(Explain, ListsAllWithoutAnId) {
    const auto finished = run({"explain"});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_EQ(std::count(finished.output.begin(), finished.output.end(), '\n'),
              static_cast<std::ptrdiff_t>(all_explained().size()));
    EXPECT_THAT(finished.output, HasSubstr("\npush-refused               warning   a push was refused\n"));
}

TEST_F(Explain, SuggestsTheNearest) {
    const auto finished = run({"explain", "push-refussed"});
    EXPECT_EQ(finished.status, EX_NOINPUT);
    EXPECT_EQ(finished.output, "");
    EXPECT_EQ(
        finished.errors,
        "kpropgw: \"push-refussed\" is no event and no cause; did you mean \"push-refused\"?; \"kpropgw explain\" "
        "lists them\n");
}

class EventsCommand : public Orders {
protected:
    testing::Finished events(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"events", "-c", config_});
        return run(arguments);
    }
    /// The option that leaves out what was reported before the test.
    static std::vector<std::string> from_now() { return {"--since", std::to_string(kpropgw::events::recent().last())}; }
    static void refuse(const std::string& peer) {
        kpropgw::events::report(kpropgw::events::push_refused, {{"peer", peer}}, Error(Errc::denied, "not listed"));
    }
};

TEST_F(EventsCommand, ShowsALineAnEvent) {
    const auto since = from_now();
    refuse("192.0.2.7");
    const auto finished = events(since);
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_THAT(finished.output, MatchesRegex(" +[0-9]+  20[0-9T:-]+Z  warning   event=push-refused peer=192.0.2.7 "
                                              "error=\"not listed\"\n"));
}

TEST_F(EventsCommand, ShowsThoseOfALevelAndAbove) {
    auto arguments = from_now();
    kpropgw::events::report(kpropgw::events::thawed, {{"secondary", "kdc2"}});
    refuse("192.0.2.7");
    arguments.insert(arguments.end(), {"--level", "warning", "--json"});
    const auto finished = events(arguments);
    EXPECT_THAT(finished.output, Not(HasSubstr("thawed")));
    EXPECT_THAT(finished.output, HasSubstr(R"("id":"push-refused","level":"warning","text":"a push was refused",)"
                                           R"("fields":{"peer":"192.0.2.7","error":"not listed"}})"));
    EXPECT_EQ(events({"--level", "loud"}).status, EX_USAGE);
}

TEST_F(EventsCommand, FollowsUntilItIsInterrupted) {
    const std::string since = from_now().at(1);
    refuse("before");
    auto following = std::async(std::launch::async, [&] {
        return shell("timeout --preserve-status -s INT 3 $kpropgw events -c '" + config_ + "' --follow --since " +
                     since);
    });
    std::this_thread::sleep_for(std::chrono::seconds(1));
    refuse("meanwhile");
    const auto finished = following.get();
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_THAT(finished.output, HasSubstr("peer=before"));
    EXPECT_THAT(finished.output, HasSubstr("peer=meanwhile"));
    EXPECT_EQ(finished.errors, "");
}

TEST_F(EventsCommand, SaysWhenTheNumberIsOfAnEarlierGateway) {
    const auto finished = events({"--since", "1000000"});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_EQ(finished.output, "");
    EXPECT_THAT(finished.errors, HasSubstr("; its events begin at 1 again\n"));
}

TEST_F(EventsCommand, SaysWhenNoGatewayAnswers) {
    const auto other = write("other.conf", "[gateway]\ncontrol = nobody.sock\n");
    EXPECT_EQ(run({"events", "-c", other}).status, EX_UNAVAILABLE);
    const auto finished = run({"events", "--follow", "-c", other});
    EXPECT_EQ(finished.status, EX_UNAVAILABLE);
    EXPECT_THAT(finished.errors, HasSubstr("is \"kpropgw serve\" running?"));
}

}  // namespace
}  // namespace kpropgw::cli
