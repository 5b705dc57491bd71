#pragma once
#include <atomic>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"

namespace kpropgw::inbound {

/// MIT's kdb5_util of this machine, which reads the primary's database.
struct Kdb5Util {
    std::string program;
    std::string realm;
    std::optional<std::string> database;      ///< where it is not the one of kdc.conf
    std::string directory;                    ///< for nameless files that hold dumps
    const std::atomic<bool>* stop = nullptr;  ///< set: the program is ended, and what waits fails

    /// The whole database with its position in the update log (`dump -i1`). Blocks for as long as that takes.
    Result<File> dump_all() const;

    /// The records of these principals, those that are gone left out, as a version 7 dump: also of a header alone. A
    /// few by their names; of many the whole database is dumped. Blocks.
    Result<File> dump_some(std::span<const std::string> names) const;

private:
    Result<File> dump(std::vector<std::string> arguments) const;
};

/// The pattern that kdb5_util matches with that name alone (MIT dump.c:name_matches: an extended regular expression).
std::string pattern_of(const std::string& name);

/// The program that a configuration without one means: in /usr/sbin, else in /usr/bin.
std::string default_kdb5_util();

}  // namespace kpropgw::inbound
