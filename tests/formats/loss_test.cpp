#include "formats/dump/loss.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {
namespace {

/// "name: kinds" of each record of the golden dump `name` that loses anything in `to`.
std::vector<std::string> losses(const std::string& name, LossFinder& finder) {
    auto reader =
        DumpReader::open(pieces_of(read_file(golden_path(name, DumpVersion::v7), 1 << 20).value()), "dump").value();
    std::vector<std::string> found;
    for (;;) {
        const auto record = reader.next().value();
        if (record == DumpReader::Record::end) return found;
        const bool is_principal = record == DumpReader::Record::principal;
        const RecordLoss& loss = is_principal ? finder.of(reader.principal()) : finder.of(reader.policy());
        if (loss.kinds.empty()) continue;
        std::string& text = found.emplace_back(is_principal ? reader.principal().name : reader.policy().name);
        for (const Loss kind : loss.kinds) {
            text += " " + std::string(loss_kinds()[static_cast<std::size_t>(kind)].id);
            if (kind == Loss::policy_reference) text += "=" + std::string(loss.policy());
            if (kind == Loss::password_history) text += "=" + std::to_string(loss.old_passwords);
        }
    }
}

TEST(LossFinder, NamesWhatACompatDumpLoses) {
    LossFinder finder(DumpVersion::v4);
    EXPECT_EQ(
        losses("policies", finder),
        (std::vector<std::string>{
            "locked@EXAMPLE.COM policy-reference=lockout", "refers-to-no-policy@EXAMPLE.COM policy-reference=gone",
            "remembers@EXAMPLE.COM policy-reference=strict password-history=4",
            "unlocked@EXAMPLE.COM policy-reference=lockout", "every-field lockout policy-attributes",
            "keysalts policy-attributes", "lockout lockout"}));
    EXPECT_EQ(finder.count(Loss::policy_reference), 4u);
    EXPECT_EQ(finder.count(Loss::password_history), 1u);
    EXPECT_EQ(finder.records(), 7u);
}

TEST(LossFinder, NamesWhatADumpForIpropLoses) {
    LossFinder finder(DumpVersion::ipropx);
    EXPECT_EQ(losses("attributes", finder),
              (std::vector<std::string>{"extremes@EXAMPLE.COM logins", "logins@EXAMPLE.COM logins"}));
}

TEST(LossFinder, FindsNoLossInTheNewestVersion) {
    LossFinder finder(DumpVersion::v7);
    for (const std::string name : {"policies", "attributes", "keys", "names"})
        EXPECT_TRUE(losses(name, finder).empty()) << name;
}

TEST(LossFinder, CountsDataThatItCannotRead) {
    Principal principal;
    principal.tl.push_back({tl_kadm_data, "00"});
    LossFinder finder(DumpVersion::v4);
    EXPECT_EQ(finder.of(principal).kinds, std::vector<Loss>{Loss::admin_data});
}

}  // namespace
}  // namespace kpropgw::formats
