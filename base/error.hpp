#pragma once
#include <boost/system/result.hpp>
#include <iosfwd>
#include <string>
#include <string_view>

namespace kpropgw {

/// What a caller can do about a failure. The texts say the rest.
enum class Errc {
    invalid_input,  ///< what was given is wrong: mend it
    corrupt,        ///< stored or received bytes are not what they must be
    not_found,
    denied,       ///< the peer or the user may not
    conflict,     ///< not possible in the present state
    unavailable,  ///< may go well later
    internal,     ///< our fault
};

/// The sysexits status that a command ends with for this kind of failure.
int exit_status(Errc code);

/// A cause of failures that has a name. Its texts are for the operator; all of them stand in gateway/events.
struct Cause {
    std::string_view id;       ///< "kpropd-not-running"
    std::string_view text;     ///< one line: what is wrong
    std::string_view meaning;  ///< what happened and what it means
    std::string_view remedy;   ///< what to do, with the exact commands in backticks
};

/// A failure: its kind and one text that says where, what, and what to do. Lower case, no full stop.
/// Never holds key bytes.
class Error {
public:
    /// No failure: what boost::system::result::error() gives of a success.
    Error() = default;
    Error(Errc code, std::string text) : code_(code), text_(std::move(text)) {}

    Errc code() const { return code_; }
    const std::string& text() const { return text_; }

    /// The same failure with "CONTEXT: " before its text.
    Error in(std::string_view context) const;
    /// The same failure with the name of its cause, which must live as long as the program.
    Error because(const Cause& cause) const;
    /// The id of its cause; empty where nobody knew it.
    std::string_view cause() const { return cause_ == nullptr ? std::string_view() : cause_->id; }

private:
    Errc code_ = Errc::internal;
    std::string text_;
    const Cause* cause_ = nullptr;
};

std::ostream& operator<<(std::ostream& out, const Error& error);

/// Used by Result::value(), which only tests and main's last resort call.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

template <class T>
using Result = boost::system::result<T, Error>;

/// The failure of a system call: "CONTEXT: strerror(NUMBER)".
Error system_error(int number, std::string_view context);

}  // namespace kpropgw
