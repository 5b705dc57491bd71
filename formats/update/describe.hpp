#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "formats/update/diff.hpp"

namespace kpropgw::formats {

/// One thing that differs between two records of a name. Never a key, nor the value of a string attribute.
struct Note {
    std::string field;  ///< "kvno", "policy", "maximum life", "string attribute session_enctypes"
    std::string old;    ///< in words, "" when it was not there
    std::string now;    ///< in words, "" when it is not there any more
};

/// What differs, in the order of kadmin's listing; never nothing where the records differ.
std::vector<Note> describe(const Principal& old, const Principal& now);
std::vector<Note> describe(const Policy& old, const Policy& now);

/// `policy staff to strict`, `expiration set: 2026-11-21T08:52:02Z`, `policy removed: staff`, `password history
/// changed`
std::string to_text(const Note& note);

/// All of describe() in one line: `kvno 3 to 4; attribute DISALLOW_ALL_TIX off to on`, without control characters.
std::string changes_in_words(const Principal& old, const Principal& now);
std::string changes_in_words(const Policy& old, const Policy& now);

/// A line for a person: `principal "a@R" changed: kvno 3 to 4; attribute DISALLOW_ALL_TIX off to on`, without the
/// newline.
std::string summary_line(const Principal* old, const Principal* now);
std::string summary_line(const Policy* old, const Policy* now);

/// The same as one JSON object:
/// {"record":"principal","name":...,"change":"added|changed|removed","notes":[{"field":..., "old":...,"new":...}]}. A
/// name that is not UTF-8 stands as "name_hex".
std::string json_line(const Principal* old, const Principal* now);
std::string json_line(const Policy* old, const Policy* now);

}  // namespace kpropgw::formats
