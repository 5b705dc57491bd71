// Every event and every cause is documented, used, and there once.
#include "gateway/events/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace kpropgw {
namespace {

/// What an entry says, with the name of its constant.
struct Entry {
    std::string constant;
    std::string_view id;
    std::string_view text;
    std::string_view meaning;
    std::string_view remedy;
};

std::vector<Entry> entries() {
#define KPROPGW_EVENT(name, id, level, text, meaning, remedy) {"events::" #name, id, text, meaning, remedy},
#define KPROPGW_CAUSE(name, id, text, meaning, remedy) {"causes::" #name, id, text, meaning, remedy},
    return {
#include "gateway/events/catalogue/events.def"

#include "gateway/events/catalogue/causes.def"
    };
#undef KPROPGW_EVENT
#undef KPROPGW_CAUSE
}

std::string id_of(std::string constant) {
    constant.erase(0, constant.rfind(':') + 1);
    std::replace(constant.begin(), constant.end(), '_', '-');
    return constant;
}

/// Ends of sentences: a full stop, not one within a word or a number.
std::size_t sentences(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((text[i] == '.' || text[i] == '?') && (i + 1 == text.size() || text[i + 1] == ' ')) ++count;
    return count;
}

/// Every word of the gateway's sources such as `events::push_refused`, and how often it stands there.
std::map<std::string, int> uses() {
    std::map<std::string, int> found;
    const std::filesystem::path root = std::filesystem::path(KPROPGW_SOURCE_DIR) / "gateway";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream in(entry.path());
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        for (const std::string_view space : {"events::", "causes::"}) {
            for (auto at = text.find(space); at != text.npos; at = text.find(space, at + 1)) {
                const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at + space.size());
                ++found[text.substr(at, end - at)];
            }
        }
    }
    return found;
}

TEST(Catalogue, EveryEntrySaysWhatHappenedWhatItMeansAndWhatToDo) {
    ASSERT_GT(entries().size(), 30u);
    for (const Entry& entry : entries()) {
        SCOPED_TRACE(entry.id);
        EXPECT_FALSE(entry.text.empty());
        EXPECT_FALSE(entry.text.ends_with("."));
        EXPECT_EQ(entry.text.find('\n'), entry.text.npos);
        EXPECT_GE(sentences(entry.meaning), 2u);
        EXPECT_TRUE(entry.meaning.ends_with("."));
        EXPECT_GE(sentences(entry.remedy), 1u);
        EXPECT_TRUE(entry.remedy.ends_with("."));
        EXPECT_EQ(std::count(entry.remedy.begin(), entry.remedy.end(), '`') % 2, 0);
        EXPECT_EQ(std::count(entry.meaning.begin(), entry.meaning.end(), '`') % 2, 0);
    }
}

TEST(Catalogue, EveryEntryStandsThereOnce) {
    std::set<std::string_view> ids;
    std::set<std::string_view> texts;
    for (const Entry& entry : entries()) {
        EXPECT_TRUE(ids.insert(entry.id).second) << entry.id;
        EXPECT_TRUE(texts.insert(entry.text).second) << entry.id << ": " << entry.text;
        EXPECT_EQ(id_of(entry.constant), entry.id);
    }
    EXPECT_EQ(events::all_events().size() + causes::all_causes().size(), ids.size());
}

TEST(Catalogue, EveryEntryIsUsed) {
    const auto used = uses();
    ASSERT_GT(used.size(), 30u) << "the sources were not found";
    for (const Entry& entry : entries())
        EXPECT_TRUE(used.contains(entry.constant)) << entry.constant << " is used nowhere in gateway/**.cpp";
}

TEST(Catalogue, ACauseStaysWithItsErrorThroughAddedContext) {
    const Error bare(Errc::unavailable, "it refuses");
    EXPECT_EQ(bare.cause(), "");
    const Error named = bare.because(causes::kpropd_not_running).in("kdc2").in("propagating");
    EXPECT_EQ(named.cause(), "kpropd-not-running");
    EXPECT_EQ(named.text(), "propagating: kdc2: it refuses");
}

}  // namespace
}  // namespace kpropgw
