#include "gateway/cli/console_order.hpp"

#include <algorithm>

#include "base/nearest.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::string_view started_task = "skrbkdc";

std::vector<std::string> words_of(std::string_view text) {
    constexpr std::string_view between = " \t,";
    std::vector<std::string> words;
    for (;;) {
        text.remove_prefix(std::min(text.find_first_not_of(between), text.size()));
        if (text.empty()) return words;
        const std::string_view word = text.substr(0, text.find_first_of(between));
        words.push_back(to_lower(word));
        text.remove_prefix(word.size());
    }
}

Error wrong(const std::string& what) {
    return Error(Errc::invalid_input, what + "; \"PROP HOST\" and \"DISPLAY PROP\" are known");
}

}  // namespace

Result<std::vector<std::string>> parse_console_order(std::string_view text) {
    std::vector<std::string> words = words_of(text);
    if (!words.empty() && (words[0] == "f" || words[0] == "modify")) {
        if (words.size() < 2 || words[1] != started_task) return wrong("MODIFY is for SKRBKDC only");
        words.erase(words.begin(), words.begin() + 2);
    }
    if (words.empty()) return wrong("the order is empty");
    if (words[0] == "d" || words[0] == "display") {
        if (words.size() != 2 || words[1] != "prop") return wrong("only PROP can be displayed");
        return std::vector<std::string>{"display", "prop"};
    }
    if (words[0] != "prop") return wrong("order \"" + words[0] + "\" is not known");
    if (words.size() == 1) return wrong("PROP names no host");
    for (const std::string& word : words) {
        // It would be read as an option of the command.
        if (word.starts_with('-')) return wrong("\"" + word + "\" is not a host");
    }
    return words;
}

}  // namespace kpropgw::cli
