// What status does on a terminal.
#include "tests/cli/orders.hpp"
#include "tests/cli/terminal.hpp"

namespace kpropgw::cli {
namespace {

constexpr auto frame_begins = "\x1b[H\x1b[?7l";
constexpr auto frame_ends = "\x1b[J\x1b[?7h";

class Watch : public Orders {
protected:
    std::vector<std::string> status(const std::vector<std::string>& options = {}) const {
        std::vector<std::string> command{KPROPGW_BINARY, "status", "-c", config_};
        command.insert(command.end(), options.begin(), options.end());
        return command;
    }
    /// All that is shown on a terminal.
    static std::string shown(const std::vector<std::string>& command, const std::vector<std::string>& variables = {}) {
        Terminal terminal(command, variables);
        const std::string text = terminal.shown_with("there is no such text");
        EXPECT_EQ(terminal.end(), EX_OK) << text;
        return text;
    }
};

TEST_F(Watch, StatusHasColoursOnATerminalOnly) {
    EXPECT_NE(shown(status()).find("\x1b[31mb.example.com"), std::string::npos);
    EXPECT_EQ(shown(status({"--json"})).find('\x1b'), std::string::npos);
    EXPECT_EQ(run({"status", "-c", config_}).output.find('\x1b'), std::string::npos);
}

TEST_F(Watch, StatusHasNoColoursWhereItsUserWantsNone) {
    EXPECT_EQ(shown(status(), {"NO_COLOR=1"}).find('\x1b'), std::string::npos);
    EXPECT_EQ(shown(status(), {"TERM=dumb"}).find('\x1b'), std::string::npos);
}

TEST_F(Watch, DrawsTheTableAnewEachTwoSeconds) {
    Terminal terminal(status({"--watch"}));
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_NE(terminal.shown_with(frame_ends).find(std::string(frame_begins) + "realm    KRB390.IBM.COM"),
              std::string::npos);
    running_.on_loop([&] { orders_.status_.value().serial = 43; });
    const std::string both = terminal.shown_with(frame_ends, 2);
    EXPECT_NE(both.find("serial 42"), std::string::npos) << both;
    EXPECT_NE(both.find("serial 43"), std::string::npos) << both;
    EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(1900));
    terminal.type("\x03");
    EXPECT_EQ(terminal.end(), 128 + SIGINT);
}

TEST_F(Watch, AGatewayThatGoesIsWaitedFor) {
    Terminal terminal(status({"--watch"}));
    terminal.shown_with(frame_ends);
    running_.stop();
    const std::string shown = terminal.shown_with("no gateway answers at ");
    EXPECT_NE(shown.find("no gateway answers at "), std::string::npos) << shown;
}

TEST_F(Watch, WantsATerminalAndAGatewayAtFirst) {
    const auto piped = run({"status", "--watch", "-c", config_});
    EXPECT_EQ(piped.status, EX_USAGE);
    EXPECT_NE(piped.errors.find("stdout is no terminal"), std::string::npos) << piped.errors;
    EXPECT_EQ(run({"status", "--watch", "--json", "-c", config_}).status, EX_USAGE);
    running_.stop();
    Terminal terminal(status({"--watch"}));
    EXPECT_EQ(terminal.end(), EX_UNAVAILABLE);
}

}  // namespace
}  // namespace kpropgw::cli
