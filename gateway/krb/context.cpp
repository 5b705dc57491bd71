#include "gateway/krb/context.hpp"

#include "base/secret.hpp"

namespace kpropgw::krb {

Result<Context> Context::create() {
    krb5_context raw = nullptr;
    const auto code = krb5_init_context(&raw);
    Context context(raw);
    if (code) return context.failure(code, "krb5.conf");
    return context;
}

Error Context::failure(krb5_error_code code, std::string_view context) const {
    const char* message = krb5_get_error_message(context_.get(), code);
    Error error(Errc::unavailable, message);
    krb5_free_error_message(context_.get(), message);
    return error.in(context);
}

Data::~Data() {
    wipe({data_.data, data_.length});
    krb5_free_data_contents(context_, &data_);
}

krb5_data to_data(std::string_view bytes) {
    krb5_data data{};
    data.length = static_cast<unsigned int>(bytes.size());
    data.data = const_cast<char*>(bytes.data());
    return data;
}

Result<std::string> to_text(const Context& context, krb5_const_principal principal) {
    char* raw = nullptr;
    if (const auto code = krb5_unparse_name(context.get(), principal, &raw)) {
        return context.failure(code, "principal name");
    }
    std::string text(raw);
    krb5_free_unparsed_name(context.get(), raw);
    return text;
}

Result<Principal> host_principal(const Context& context, const std::string& host, const std::string& realm) {
    krb5_principal raw = nullptr;
    const auto code = krb5_build_principal(context.get(), &raw, static_cast<unsigned int>(realm.size()), realm.c_str(),
                                           "host", host.c_str(), nullptr);
    if (code) return context.failure(code, "host/" + host);
    raw->type = KRB5_NT_SRV_HST;
    return Principal(context.get(), raw);
}

Result<Keytab> open_keytab(const Context& context, const std::string& path) {
    krb5_keytab raw = nullptr;
    if (const auto code = krb5_kt_resolve(context.get(), ("FILE:" + path).c_str(), &raw)) {
        return context.failure(code, path);
    }
    return Keytab(context.get(), raw);
}

std::string enctype_name(krb5_enctype number) {
    char name[64] = "";
    if (krb5_enctype_to_name(number, 0, name, sizeof name)) return std::to_string(number);
    return name;
}

}  // namespace kpropgw::krb
