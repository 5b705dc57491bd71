#pragma once
// Private to gateway/krb: the folder's other headers do not include it, so that krb5.h is seen here alone.
#include <krb5/krb5.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::krb {

/// One a session: not thread safe, but may move between threads. Must outlive the handles made from it.
class Context {
public:
    static Result<Context> create();

    krb5_context get() const { return context_.get(); }

    /// libkrb5's text for `code`: "CONTEXT: text".
    Error failure(krb5_error_code code, std::string_view context) const;

private:
    struct Free {
        void operator()(krb5_context context) const { krb5_free_context(context); }
    };
    explicit Context(krb5_context context) : context_(context) {}
    std::unique_ptr<_krb5_context, Free> context_;
};

/// An owned handle that libkrb5 frees by FREE(context, raw).
template <class Raw, auto Free>
class Handle {
public:
    Handle() = default;
    Handle(krb5_context context, Raw raw) : context_(context), raw_(raw) {}
    ~Handle() { reset(); }
    Handle(Handle&& other) noexcept : context_(other.context_), raw_(std::exchange(other.raw_, Raw{})) {}
    Handle& operator=(Handle&& other) noexcept {
        if (this != &other) {
            reset();
            context_ = other.context_;
            raw_ = std::exchange(other.raw_, Raw{});
        }
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    Raw get() const { return raw_; }

private:
    void reset() {
        if (raw_) Free(context_, raw_);
        raw_ = Raw{};
    }
    krb5_context context_ = nullptr;
    Raw raw_{};
};

using Principal = Handle<krb5_principal, krb5_free_principal>;
using AuthContext = Handle<krb5_auth_context, krb5_auth_con_free>;
using Keytab = Handle<krb5_keytab, krb5_kt_close>;
using CredentialsCache = Handle<krb5_ccache, krb5_cc_destroy>;
using Ticket = Handle<krb5_ticket*, krb5_free_ticket>;
using Credentials = Handle<krb5_creds*, krb5_free_creds>;

/// Output of libkrb5, wiped when freed.
class Data {
public:
    explicit Data(krb5_context context) : context_(context) {}
    ~Data();
    Data(const Data&) = delete;
    Data& operator=(const Data&) = delete;
    krb5_data* out() { return &data_; }
    std::string_view view() const { return {data_.data, data_.length}; }

private:
    krb5_context context_;
    krb5_data data_{};
};

/// Input for libkrb5, which takes it without const and does not write to it.
krb5_data to_data(std::string_view bytes);

Result<std::string> to_text(const Context& context, krb5_const_principal principal);

/// host/HOST@REALM
Result<Principal> host_principal(const Context& context, const std::string& host, const std::string& realm);

Result<Keytab> open_keytab(const Context& context, const std::string& path);

/// libkrb5's name, else the number.
std::string enctype_name(krb5_enctype number);

}  // namespace kpropgw::krb
