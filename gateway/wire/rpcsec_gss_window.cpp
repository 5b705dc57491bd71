#include "gateway/wire/rpcsec_gss_window.hpp"

namespace kpropgw::wire {

bool SequenceWindow::take(std::uint32_t sequence) {
    if (!any_ || sequence > newest_) {
        const std::uint32_t step = any_ ? sequence - newest_ : size;
        seen_ = step < size ? seen_ << step : 0;
        seen_ |= 1;
        newest_ = sequence;
        any_ = true;
        return true;
    }
    const std::uint32_t below = newest_ - sequence;
    if (below >= size || (seen_ >> below & 1) != 0) return false;
    seen_ |= std::uint32_t{1} << below;
    return true;
}

}  // namespace kpropgw::wire
