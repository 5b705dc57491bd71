#include "gateway/krb/identity.hpp"

#include "gateway/events/catalogue.hpp"
#include "gateway/krb/context.hpp"

namespace kpropgw::krb {
Result<Identity> identify(std::string realm, std::string host) {
    auto context = Context::create();
    if (!context) return context.error();
    if (realm.empty()) {
        char* raw = nullptr;
        if (const auto code = krb5_get_default_realm(context->get(), &raw)) {
            return context->failure(code, "no [gateway] realm is set and krb5.conf has no default_realm");
        }
        realm = raw;
        krb5_free_default_realm(context->get(), raw);
    }
    if (host.empty()) {
        krb5_principal raw = nullptr;
        if (const auto code = krb5_sname_to_principal(context->get(), nullptr, "host", KRB5_NT_SRV_HST, &raw)) {
            return context->failure(code, "this machine's canonical name");
        }
        const Principal own(context->get(), raw);
        host.assign(own.get()->data[1].data, own.get()->data[1].length);
    }
    return Identity{std::move(host), std::move(realm)};
}

Result<void> check_keytab(const std::string& path, const Identity& identity) {
    auto context = Context::create();
    if (!context) return context.error();
    const std::string name = "host/" + identity.host + "@" + identity.realm;
    auto keytab = open_keytab(*context, path);
    if (!keytab) return keytab.error();
    auto principal = host_principal(*context, identity.host, identity.realm);
    if (!principal) return principal.error();
    krb5_keytab_entry entry{};
    if (const auto code = krb5_kt_get_entry(context->get(), keytab->get(), principal->get(), 0, 0, &entry)) {
        const Error reason = context->failure(code, path);
        const std::string advice = "; make it with `kadmin -q \"ktadd -k " + path + " " + name + "\"`";
        return Error(Errc::not_found, reason.text() + advice).because(causes::gateway_key_mismatch);
    }
    krb5_free_keytab_entry_contents(context->get(), &entry);
    return {};
}

Result<void> check_enctype(std::int32_t number, const std::string& name) {
    auto context = Context::create();
    if (!context) return context.error();
    krb5_enctype* raw = nullptr;
    if (const auto code = krb5_get_permitted_enctypes(context->get(), &raw)) {
        return context->failure(code, "permitted enctypes");
    }
    // libkrb5 lists them by preference, so the first is the one to advise.
    std::string nearest;
    bool usable = false;
    for (const krb5_enctype* each = raw; *each != 0; ++each) {
        if (*each == number) usable = krb5_c_valid_enctype(*each);
        if (nearest.empty()) nearest = enctype_name(*each);
    }
    krb5_free_enctypes(context->get(), raw);
    if (usable) return {};
    const Error error(Errc::conflict, "encryption type \"" + name +
                                          "\" is not usable by this machine's libkrb5; use \"" + nearest +
                                          "\" in the third field of kpropd.acl, or leave it out");
    return error.because(causes::enctype_not_usable);
}

}  // namespace kpropgw::krb
