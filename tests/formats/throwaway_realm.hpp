#pragma once
#include <filesystem>
#include <string>

#include "formats/record.hpp"

namespace kpropgw::formats {

/// A new realm EXAMPLE.COM with nothing but a database, made by the kdb5_util that is installed. Gone with the object.
/// Every failure throws std::runtime_error with what kdb5_util said.
class ThrowawayRealm {
public:
    ThrowawayRealm();
    ~ThrowawayRealm();
    ThrowawayRealm(const ThrowawayRealm&) = delete;
    ThrowawayRealm& operator=(const ThrowawayRealm&) = delete;

    std::string dump(DumpVersion version) const;
    void load(const std::string& text) const;
    /// kadmin.local with its orders, one a line.
    void kadmin(const std::string& orders) const;
    /// A line for the shell in the realm's folder, with its configuration and MIT's programs in the path.
    void run(const std::string& command) const;
    /// A file in the realm's folder.
    void write(const std::string& name, const std::string& text) const;

private:
    std::filesystem::path home_;
};

}  // namespace kpropgw::formats
