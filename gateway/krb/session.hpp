#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace kpropgw::krb {

struct SessionState;

/// An authenticated kprop conversation, from bytes to bytes (MIT kprop.c, kpropd.c; RFC 4120 5.6, 5.7).
/// The session key is the ticket's, messages carry sequence numbers and no time. Not thread safe; may move
/// between threads.
class Session {
public:
    explicit Session(std::unique_ptr<SessionState> state);
    ~Session();
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;

    /// The AP-REP of the peer, for the side that sent the AP-REQ.
    Result<void> read_ap_rep(std::string_view message);

    Result<std::string> make_safe(std::string_view data);
    /// Also verifies what kpropd 1.4 to 1.6 send with an AES session (false_checksum.hpp).
    Result<std::string> read_safe(std::string_view message);

    /// From here on private messages are chained; both sides call it after the size message.
    Result<void> start_chain();

    Result<std::string> make_private(std::string_view data);
    Result<Secret> read_private(std::string_view message);

    std::int32_t enctype() const;  ///< of the session key

private:
    std::unique_ptr<SessionState> state_;
};

/// What a KRB-ERROR of the peer says, or libkrb5 where it says nothing: `denied`, with its cause where the code has
/// one.
Error read_error_message(std::string_view message);

}  // namespace kpropgw::krb
