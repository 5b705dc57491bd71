#include "base/error.hpp"

#include <sysexits.h>

#include <cerrno>
#include <ostream>
#include <stdexcept>
#include <system_error>

namespace kpropgw {

int exit_status(Errc code) {
    switch (code) {
        case Errc::invalid_input:
        case Errc::corrupt:
            return EX_DATAERR;
        case Errc::not_found:
            return EX_NOINPUT;
        case Errc::denied:
            return EX_NOPERM;
        case Errc::conflict:
            return EX_TEMPFAIL;
        case Errc::unavailable:
            return EX_UNAVAILABLE;
        case Errc::internal:
            return EX_SOFTWARE;
    }
    return EX_SOFTWARE;
}

Error Error::in(std::string_view context) const {
    Error wider(code_, std::string(context).append(": ").append(text_));
    wider.cause_ = cause_;
    return wider;
}

Error Error::because(const Cause& cause) const {
    Error named = *this;
    named.cause_ = &cause;
    return named;
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
    return out << error.text();
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(error.text());
}

Error system_error(int number, std::string_view context) {
    Errc code = Errc::internal;
    switch (number) {
        case ENOENT:
        case ENOTDIR:
            code = Errc::not_found;
            break;
        case EACCES:
        case EPERM:
        case EROFS:
            code = Errc::denied;
            break;
        case ENOSPC:
        case EDQUOT:
        case EMFILE:
        case ENFILE:
        case ENOMEM:
        case ECONNREFUSED:
        case ECONNRESET:
        case EPIPE:
        case ETIMEDOUT:
        case EHOSTUNREACH:
        case ENETUNREACH:
        case EADDRINUSE:
            code = Errc::unavailable;
            break;
        default:
            break;
    }
    return Error(code, std::generic_category().message(number)).in(context);
}

}  // namespace kpropgw
