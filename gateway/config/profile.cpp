#include "gateway/config/profile.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>

#include "base/file.hpp"

// It includes et/com_err.h, which has no extern "C" of its own.
extern "C" {
#include <profile.h>
}

namespace kpropgw::config {
namespace {

constexpr std::size_t largest_file = 1 << 20;

long try_open(const std::string& path, profile_t* into) {
    const char* files[] = {path.c_str(), nullptr};
    return profile_init(files, into);
}

std::string in_words(long code) {
    switch (code) {
        case PROF_SECTION_NOTOP:
            return "a \"[section]\" inside of braces; close them by \"}\" first";
        case PROF_SECTION_SYNTAX:
            return "a section is written \"[name]\" on a line of its own";
        case PROF_RELATION_SYNTAX:
            return "no \"=\" after the name; write \"key = value\" below a \"[section]\"";
        case PROF_EXTRA_CBRACE:
            return "a \"}\" that closes nothing";
        case PROF_MISSING_OBRACE:
            return "no value; write \"key = value\", or \"key = {\" with a \"}\" below";
        default:
            return error_message(code);
    }
}

/// The parser's answer for the first bytes of a file.
long answer_for(std::string_view text) {
    File copy(::memfd_create("kpropgw.conf", MFD_CLOEXEC));
    if (copy.descriptor() < 0 || !copy.write_all(text)) return 0;
    profile_t profile = nullptr;
    const long code = try_open(fmt::format("/proc/self/fd/{}", copy.descriptor()), &profile);
    if (code == 0) profile_release(profile);
    return code;
}

/// libkrb5 tells what is wrong but not where. A beginning of the file fails in the same way from the bad line on, so
/// the line is found by halving. 0 when it cannot be told, as in an included file.
std::size_t find_line(std::string_view text, long code) {
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') ends.push_back(i + 1);
    }
    if (ends.empty() || ends.back() != text.size()) ends.push_back(text.size());
    const auto bad = std::partition_point(ends.begin(), ends.end(),
                                          [&](std::size_t end) { return answer_for(text.substr(0, end)) != code; });
    return bad == ends.end() ? 0 : static_cast<std::size_t>(bad - ends.begin()) + 1;
}

/// libkrb5 passes over lines before the first section: the line of the first one that was meant to be read, or 0.
std::size_t line_before_sections(std::string_view text) {
    std::size_t line = 0;
    while (!text.empty()) {
        ++line;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view words = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        words.remove_prefix(std::min(words.find_first_not_of(" \t\r"), words.size()));
        if (words.starts_with('[')) return 0;
        const bool passed = words.empty() || words[0] == '#' || words[0] == ';' || words.starts_with("include");
        if (!passed) return line;
    }
    return 0;
}

/// libkrb5 takes the end of a file for the end of its braces, which hides a file that was cut.
bool ends_inside_braces(std::string_view text) {
    return answer_for(std::string(text) + "\n[gateway]\n") == PROF_SECTION_NOTOP;
}

struct FreeIterator {
    void operator()(void* iterator) const { profile_iterator_free(&iterator); }
};

struct ReleaseString {
    void operator()(char* text) const { profile_release_string(text); }
};
using ProfileString = std::unique_ptr<char, ReleaseString>;

}  // namespace

void Profile::Release::operator()(_profile_t* profile) const {
    profile_abandon(profile);
}

Result<Profile> Profile::open(const std::string& path) {
    auto text = read_file(path, largest_file);
    if (!text) return text.error();
    profile_t raw = nullptr;
    const long code = try_open(path, &raw);
    Handle handle(raw);
    if (code > 0 && code < 4096) return system_error(static_cast<int>(code), path);
    if (code != 0) {
        const std::size_t line = find_line(*text, code);
        return Error(Errc::invalid_input,
                     (line == 0 ? path : fmt::format("{}:{}", path, line)) + ": " + in_words(code));
    }
    if (const std::size_t line = line_before_sections(*text); line != 0) {
        return Error(Errc::invalid_input, fmt::format("{}:{}: stands before the first \"[section]\"", path, line));
    }
    if (ends_inside_braces(*text)) {
        return Error(Errc::invalid_input,
                     path + ": a \"{\" is open at the end; close it by \"}\" on a line of its own");
    }
    return Profile(path, std::move(handle));
}

Result<std::vector<Node>> Profile::list(std::span<const std::string> section) const {
    std::vector<const char*> names;
    for (const std::string& name : section)
        names.push_back(name.c_str());
    names.push_back(nullptr);
    const auto failure = [this](long code) { return Error(Errc::invalid_input, path_ + ": " + in_words(code)); };

    void* raw = nullptr;
    if (const long code = profile_iterator_create(handle_.get(), names.data(), PROFILE_ITER_LIST_SECTION, &raw)) {
        return failure(code);
    }
    std::unique_ptr<void, FreeIterator> iterator(raw);
    std::vector<Node> nodes;
    while (raw != nullptr) {
        char* raw_name = nullptr;
        char* raw_value = nullptr;
        // The parser frees an iterator at its end and sets it to null.
        static_cast<void>(iterator.release());
        const long code = profile_iterator(&raw, &raw_name, &raw_value);
        iterator.reset(raw);
        const ProfileString name(raw_name);
        const ProfileString value(raw_value);
        if (code != 0) return failure(code);
        if (!name) break;
        const auto same = [&](const Node& node) { return !node.value && node.name == name.get(); };
        if (!value && std::any_of(nodes.begin(), nodes.end(), same)) continue;
        nodes.push_back({name.get(), value ? std::optional<std::string>(value.get()) : std::nullopt});
    }
    return nodes;
}

}  // namespace kpropgw::config
