#include "gateway/core/evidence.hpp"

#include <algorithm>

namespace kpropgw::core {
namespace {

// MIT kdb.h: KRB5_KDB_DISALLOW_ALL_TIX, KRB5_KDB_REQUIRES_HW_AUTH, KRB5_KDB_DISALLOW_SVR.
constexpr std::int32_t gets_no_ticket = 0x00000040 | 0x00000100 | 0x00001000;

}  // namespace

std::optional<std::uint32_t> ticket_kvno(const formats::Principal& service, Time now) {
    if ((service.attributes & gets_no_ticket) != 0 || service.keys.empty()) return std::nullopt;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    if (service.expiration != 0 && service.expiration <= seconds) return std::nullopt;
    const auto newest = std::max_element(service.keys.begin(), service.keys.end(),
                                         [](const formats::Key& a, const formats::Key& b) { return a.kvno < b.kvno; });
    return newest->kvno;
}

void EvidenceLog::add(Evidence evidence) {
    forget(evidence.name);
    entries_.push_front(std::move(evidence));
    if (entries_.size() > most) entries_.pop_back();
}

void EvidenceLog::forget(std::string_view name) {
    entries_.remove_if([&](const Evidence& entry) { return entry.name == name; });
}

void Proof::saw(const Evidence& evidence, SeenKvno seen) {
    ++asked_;
    if (seen == evidence.kvno) {
        proven_ = evidence.serial;
    } else {
        stale_ = {evidence, seen};
    }
}

}  // namespace kpropgw::core
