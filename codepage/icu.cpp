#include "codepage/icu.hpp"

#include <unicode/ucnv.h>

namespace kpropgw::codepage {
namespace {

/// Not UCNV_FROM_U_CALLBACK_STOP: that one leaves out characters that are invisible (U+200B and its like) in silence.
void stop(const void*, UConverterFromUnicodeArgs*, const UChar*, std::int32_t, UChar32, UConverterCallbackReason,
          UErrorCode*) {}

}  // namespace

void CloseIcuConverter::operator()(UConverter* converter) const {
    ucnv_close(converter);
}

Result<IcuConverter> open_icu_converter(const std::string& icu_name) {
    UErrorCode status = U_ZERO_ERROR;
    IcuConverter converter(ucnv_open(icu_name.c_str(), &status));
    if (U_SUCCESS(status)) {
        ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
        ucnv_setFromUCallBack(converter.get(), stop, nullptr, nullptr, nullptr, &status);
    }
    if (U_FAILURE(status)) return Error(Errc::internal, "ICU " + icu_name + ": " + u_errorName(status));
    return converter;
}

}  // namespace kpropgw::codepage
