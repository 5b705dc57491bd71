#include "support/changes.hpp"

namespace kpropgw::testing {

const std::vector<KindOfChange>& kinds_of_change() {
    static const std::vector<KindOfChange> kinds{
        {"create", {{"addprinc", "-pw", "A-new-one-1", "-policy", "default", "newcomer"}}},
        {"create without keys", {{"addprinc", "-nokey", "keyless"}}},
        {"create with a random key", {{"addprinc", "-randkey", "HTTP/www.kpropgw.test"}}},
        {"new password", {{"cpw", "-pw", "Second-password-2", "user00001"}}},
        {"new password, old keys kept", {{"cpw", "-keepold", "-pw", "Third-password-3", "user00001"}}},
        {"new password of other enctypes",
         {{"cpw", "-e", "aes128-cts:special", "-pw", "Other-password-4", "user00002"}}},
        {"old keys purged", {{"purgekeys", "user00001"}}},
        {"all keys purged", {{"purgekeys", "-all", "keyless"}, {"purgekeys", "-all", "user00003"}}},
        {"rename", {{"renprinc", "-force", "HTTP/www.kpropgw.test", "HTTP/web.kpropgw.test"}}},
        {"delete", {{"delprinc", "-force", "user00004"}}},
        {"delete and create anew", {{"delprinc", "-force", "user00005"}, {"addprinc", "-pw", "Again-5", "user00005"}}},
        {"expiry", {{"modprinc", "-expire", "2030-01-01", "user00006"}}},
        {"expiry after 2038", {{"modprinc", "-expire", "2040-01-01", "user00006"}}},
        {"no expiry", {{"modprinc", "-expire", "never", "user00006"}}},
        {"password expiry after 2038", {{"modprinc", "-pwexpire", "2041-06-01", "user00006"}}},
        {"lifetimes", {{"modprinc", "-maxlife", "2h", "-maxrenewlife", "3d", "user00006"}}},
        {"kvno", {{"modprinc", "-kvno", "7", "user00011"}}},
        {"attributes", {{"modprinc", "-allow_tix", "+requires_hwauth", "user00007"}}},
        {"policy of a principal", {{"modprinc", "-policy", "staff", "user00008"}}},
        {"policy cleared", {{"modprinc", "-clearpolicy", "user00008"}}},
        {"string attribute set", {{"setstr", "user00009", "session_enctypes", "aes256-cts"}}},
        {"string attribute deleted", {{"delstr", "user00009", "session_enctypes"}}},
        {"unlock", {{"modprinc", "-unlock", "user00010"}}},
        {"policy created", {{"addpol", "-minlength", "10", "-maxlife", "30d", "guests"}}},
        {"policy modified", {{"modpol", "-maxfailure", "9", "-allowedkeysalts", "aes256-cts:normal", "guests"}}},
        {"policy deleted", {{"delpol", "-force", "guests"}}},
        {"a new master key", {{"new-master-key"}}},
        {"the new master key used", {{"kdb5_util", "use_mkey", "2"}}},
        {"keys under the new master key", {{"kdb5_util", "update_princ_encryption", "-f"}}},
        {"old master keys purged", {{"kdb5_util", "purge_mkeys", "-f"}}},
    };
    return kinds;
}

void make(const KindOfChange& change, const Realm& realm) {
    for (const auto& command : change.commands) {
        std::vector<std::string> words = command;
        if (command.front() == "kdb5_util") words.insert(words.begin(), {"run", "primary"});
        if (command.front() != "kdb5_util" && command.front() != "new-master-key")
            words.insert(words.begin(), "kadmin");
        realm.must(words);
    }
}

}  // namespace kpropgw::testing
