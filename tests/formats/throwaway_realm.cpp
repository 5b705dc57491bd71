#include "tests/formats/throwaway_realm.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <stdexcept>

#include "base/file.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::size_t limit = 64 << 20;

std::string option_of(DumpVersion version) {
    switch (version) {
        case DumpVersion::v4:
            return "-b7 ";
        case DumpVersion::v5:
            return "-r13 ";
        case DumpVersion::v6:
            return "-r18 ";
        case DumpVersion::v7:
            return "";
        case DumpVersion::iprop:
            return "-i0 ";
        case DumpVersion::ipropx:
            return "-i1 ";
        case DumpVersion::ipropx_r18:
            break;  // only kdb5_util of MIT 1.8 to 1.10 writes it
    }
    throw std::logic_error("a version without an option");
}

}  // namespace

ThrowawayRealm::ThrowawayRealm() {
    std::string name = testing::TempDir() + "/kpropgw-formats-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("mkdtemp " + name);
    home_ = name;
    write("krb5.conf", "[libdefaults]\n default_realm = EXAMPLE.COM\n dns_lookup_kdc = false\n");
    write("kdc.conf",
          "[realms]\n EXAMPLE.COM = {\n  database_name = " + name + "/principal\n  key_stash_file = " + name +
              "/stash\n  iprop_enable = true\n  iprop_port = 2121\n  iprop_logfile = " + name + "/ulog\n }\n");
    run("kdb5_util create -s -P masterpassword");
}

ThrowawayRealm::~ThrowawayRealm() {
    std::error_code ignored;
    std::filesystem::remove_all(home_, ignored);
}

std::string ThrowawayRealm::dump(DumpVersion version) const {
    run("kdb5_util dump " + option_of(version) + "dumped");
    return read_file(home_ / "dumped", limit).value();
}

void ThrowawayRealm::load(const std::string& text) const {
    write("loaded", text);
    run(std::string("kdb5_util load ") + (text.starts_with("iprop") ? "-i " : "") + "loaded");
}

void ThrowawayRealm::kadmin(const std::string& orders) const {
    write("orders", orders);
    run("kadmin.local <orders");
}

void ThrowawayRealm::write(const std::string& name, const std::string& text) const {
    std::ofstream(home_ / name, std::ios::binary) << text;
}

void ThrowawayRealm::run(const std::string& command) const {
    const std::string whole = "cd '" + home_.string() +
                              "' && export KRB5_CONFIG=$PWD/krb5.conf KRB5_KDC_PROFILE=$PWD/kdc.conf "
                              "PATH=$PATH:/usr/sbin && " +
                              command + " >said 2>&1";
    if (std::system(whole.c_str()) == 0) return;
    throw std::runtime_error(command + ": " + read_file(home_ / "said", limit).value());
}

}  // namespace kpropgw::formats
