#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"

namespace kpropgw::krb {

struct GssState;

/// What an established context says of itself. Names are principals with their realm.
struct GssPeers {
    std::string initiator;
    std::string acceptor;
    Time expires;              ///< that of the ticket; the acceptor's side has libkrb5's clock skew on top
    bool is_private = false;   ///< confidentiality can be had
    bool is_integral = false;  ///< integrity can be had
};

/// What a token of the peer led to.
struct GssStep {
    enum class State { more_is_needed, established, refused };

    State state = State::refused;
    std::string token;        ///< to be sent when not empty; a refusal may have one too, which says why
    std::uint32_t major = 0;  ///< GSS-API's status and the mechanism's, as RPCSEC_GSS tells them to the initiator
    std::uint32_t minor = 0;
    Error error;  ///< of a refusal: GSS-API's text and what to do
};

/// A Kerberos context of GSS-API (RFC 2743, RFC 4121), from bytes to bytes. Replays are not looked for: that is the
/// sequence window's business (RFC 2203 5.2.2). Not thread safe; may move between threads. Everything blocks: on files
/// and, for an initiator, on the KDC.
class GssContext {
public:
    /// For whatever principal of the keytab file the initiator asks for; GssPeers::acceptor then says which.
    static Result<GssContext> acceptor(const std::string& keytab);

    /// As principal `client`, with its key from the keytab file, to principal `service`. A TGT comes first and the
    /// service ticket then, as for kprop; both stay in memory. step("") begins.
    static Result<GssContext> initiator(const std::string& keytab, const std::string& client,
                                        const std::string& service);

    ~GssContext();
    GssContext(GssContext&&) noexcept;
    GssContext& operator=(GssContext&&) noexcept;

    /// Takes the peer's next token. Not after one that was refused, nor when established.
    GssStep step(std::string_view token);

    bool is_established() const;
    /// Empty until established.
    const GssPeers& peers() const;

    /// Encrypts. denied when the context has no confidentiality: nothing is ever wrapped in clear.
    Result<std::string> wrap(std::string_view data);

    struct Unwrapped {
        Secret data;
        bool was_encrypted = false;
    };
    Result<Unwrapped> unwrap(std::string_view token);

    Result<std::string> make_mic(std::string_view data);
    Result<void> verify_mic(std::string_view data, std::string_view mic);

private:
    explicit GssContext(std::unique_ptr<GssState> state);

    std::unique_ptr<GssState> state_;
};

}  // namespace kpropgw::krb
