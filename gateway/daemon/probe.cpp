#include "gateway/daemon/probe.hpp"

#include <fmt/format.h>

namespace kpropgw::daemon {
namespace {

using outbound::Probed;

std::string stale_text(const core::Proof::Stale& stale, Serial level) {
    if (stale.lacks.serial > level) return fmt::format("it has confirmed {} only", level.value);
    return "its database was loaded, and its KDC answers from another: is krb5kdc of the same realm and database?";
}

}  // namespace

control::ProbeAnswer to_answer(const std::string& host, const Probed& probed, Serial level) {
    control::ProbeAnswer answer;
    answer.host = host;
    if (probed.asked) {
        answer.principal = probed.asked->name;
        answer.registry_kvno = probed.asked->kvno;
        if (probed.answer.known) answer.kvno = probed.answer.kvno;
        answer.enctype = probed.answer.enctype;
        answer.transport = probed.answer.transport == krb::Transport::udp ? "udp" : "tcp";
        answer.ms = static_cast<std::uint64_t>(probed.took.count());
    }
    if (const auto proven = probed.proof.proven(); proven && *proven > Serial{}) answer.serial = proven->value;
    if (probed.failure) {
        answer.outcome = "failed";
        answer.text = probed.failure->text();
    } else if (!probed.asked) {
        answer.outcome = "unproven";
        answer.text = "no change in the journal shows in tickets; change a key, or name a --principal";
    } else if (const auto& stale = probed.proof.stale()) {
        const bool ahead = stale->seen && stale->lacks.kvno && *stale->seen > *stale->lacks.kvno;
        answer.outcome = ahead ? "differs" : "stale";
        if (stale->lacks.serial > Serial{}) {
            answer.lacks = stale->lacks.serial.value;
            answer.since = stale->lacks.time;
        }
        answer.text = ahead ? "its KDC has a newer key than the registry: something else changes its database"
                            : stale_text(*stale, level);
    } else {
        answer.outcome = "serves";
    }
    return answer;
}

}  // namespace kpropgw::daemon
