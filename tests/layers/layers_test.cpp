// Refuses includes that run against the layers of docs/ARCHITECTURE.md.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

/// Each folder and the folders that it may include, besides itself.
const std::map<std::string, Names>& layers() {
    static const Names wing = {"base",          "acl",         "formats",      "gateway/core",  "gateway/config",
                               "gateway/krb",   "gateway/net", "gateway/wire", "gateway/store", "gateway/metrics",
                               "gateway/events"};
    static const std::map<std::string, Names> table = {
        {"base", {}},
        {"codepage", {"base"}},
        {"acl", {"base"}},
        {"formats", {"base"}},
        {"gateway/events", {"base"}},
        {"gateway/metrics", {"base"}},
        {"gateway/krb", {"base", "gateway/events"}},
        {"gateway/wire", {"base"}},
        {"gateway/core", {"base", "acl", "formats", "gateway/events"}},
        {"gateway/config", {"base", "formats"}},
        {"gateway/store", {"base", "acl", "formats", "gateway/core", "gateway/events"}},
        {"gateway/net", {"base", "gateway/krb", "gateway/wire", "gateway/events"}},
        {"gateway/inbound", wing},
        {"gateway/outbound", wing},
        {"gateway/control",
         {"base", "gateway/metrics", "gateway/net", "gateway/inbound", "gateway/outbound", "gateway/events"}},
        {"gateway/daemon",
         {"base", "acl", "codepage", "formats", "gateway/krb", "gateway/core", "gateway/config", "gateway/net",
          "gateway/metrics", "gateway/store", "gateway/inbound", "gateway/outbound", "gateway/control",
          "gateway/events"}},
        {"gateway/cli",
         {"base", "acl", "codepage", "formats", "gateway/config", "gateway/metrics", "gateway/net", "gateway/control",
          "gateway/daemon", "gateway/events"}},
        {"gateway", {"gateway/cli"}},
    };
    return table;
}

/// Headers of libraries that only some folders may see.
const std::map<std::string, Names>& walled_in() {
    static const std::map<std::string, Names> table = {
        {"krb5", {"gateway/krb"}},
        {"gssapi", {"gateway/krb"}},
        {"profile.h", {"gateway/config"}},
        {"unicode", {"codepage"}},
        {"lmdb.h", {"gateway/store"}},
        {"xxhash.h", {"formats"}},
        {"sodium.h", {"gateway/store"}},
        {"boost/spirit", {"acl"}},
        {"boost/asio", {"gateway/net", "gateway/inbound", "gateway/outbound", "gateway/control", "gateway/daemon"}},
        {"boost/beast", {"gateway/net", "gateway/inbound", "gateway/outbound", "gateway/control", "gateway/daemon"}},
        {"CLI", {"gateway/cli"}},
        {"spdlog", {"gateway/events"}},
        {"ares.h", {"gateway/net"}},
        {"prometheus", {"gateway/metrics"}},
        {"systemd", {"gateway/daemon", "gateway/events"}},
    };
    return table;
}

/// The layer that a path belongs to: the longest name of the table that is its prefix.
std::string layer_of(const std::string& path) {
    std::string best;
    for (const auto& [layer, uses] : layers()) {
        if (path.starts_with(layer + "/") && layer.size() > best.size()) best = layer;
    }
    return best;
}

struct Include {
    fs::path file;
    std::string target;
    bool quoted;
};

std::vector<Include> includes_of_the_tree() {
    std::vector<Include> found;
    const fs::path root = KPROPGW_SOURCE_DIR;
    const std::regex include(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
    for (const char* top : {"base", "codepage", "acl", "formats", "gateway"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            std::ifstream in(entry.path());
            for (std::string line; std::getline(in, line);) {
                std::smatch match;
                if (std::regex_search(line, match, include)) {
                    found.push_back({fs::relative(entry.path(), root), match[2], match[1] == "\""});
                }
            }
        }
    }
    return found;
}

TEST(Layers, NoIncludeRunsUpward) {
    const auto includes = includes_of_the_tree();
    ASSERT_GT(includes.size(), 300u) << "the tree was not found";
    for (const Include& include : includes) {
        if (!include.quoted) continue;
        const std::string from = layer_of(include.file.string());
        const std::string to = layer_of(include.target);
        ASSERT_FALSE(from.empty()) << include.file << " belongs to no layer";
        EXPECT_FALSE(to.empty()) << include.file << ": \"" << include.target
                                 << "\" is not written from the root of the tree";
        EXPECT_TRUE(from == to || layers().at(from).contains(to))
            << include.file << " includes \"" << include.target << "\"";
    }
}

TEST(Layers, LibrariesStayBehindTheirWalls) {
    for (const Include& include : includes_of_the_tree()) {
        for (const auto& [library, folders] : walled_in()) {
            if (include.quoted || (include.target != library && !include.target.starts_with(library + "/"))) continue;
            EXPECT_TRUE(folders.contains(layer_of(include.file.string())))
                << include.file << " includes <" << include.target << ">";
        }
    }
}

TEST(Layers, TheTableHasNoCircle) {
    for (const auto& [layer, uses] : layers()) {
        for (const std::string& used : uses)
            EXPECT_FALSE(layers().at(used).contains(layer)) << layer << " and " << used;
    }
}

}  // namespace
