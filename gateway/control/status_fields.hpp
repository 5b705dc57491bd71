#pragma once
// Private to gateway/control: the fields of status, one list for writing and reading them. Their names are part of the
// API and do not change (docs/status.md).
#include <concepts>
#include <type_traits>

#include "gateway/control/status.hpp"

namespace kpropgw::control {

template <class T, class Known>
concept is_a = std::same_as<std::remove_const_t<T>, Known>;

template <is_a<Reach> T, class Visit>
void each_field(T& reach, Visit&& visit) {
    visit("serial", reach.serial);
    visit("behind", reach.behind);
    visit("behind_since", reach.behind_since);
}

template <is_a<SecondaryStatus> T, class Visit>
void each_field(T& secondary, Visit&& visit) {
    visit("host", secondary.host);
    visit("port", secondary.port);
    visit("role", secondary.role);
    visit("state", secondary.state);
    visit("dump_version", secondary.dump_version);
    visit("level", secondary.level);
    visit("behind", secondary.behind);
    visit("behind_since", secondary.behind_since);
    visit("sent", secondary.sent);
    visit("proven", secondary.proven);
    visit("kdc_problem", secondary.kdc_problem);
    visit("last_success", secondary.last_success);
    visit("last_failure", secondary.last_failure);
    visit("last_error", secondary.last_error);
    visit("last_cause", secondary.last_cause);
    visit("next_try", secondary.next_try);
    visit("sending", secondary.sending);
    visit("sent_bytes", secondary.sent_bytes);
    visit("total_bytes", secondary.total_bytes);
    visit("frozen", secondary.frozen);
}

template <is_a<SourceStatus> T, class Visit>
void each_field(T& source, Visit&& visit) {
    visit("kind", source.kind);
    visit("name", source.name);
    visit("position", source.position);
    visit("last_asked", source.last_asked);
    visit("last_change", source.last_change);
    visit("last_error", source.last_error);
    visit("last_cause", source.last_cause);
}

template <is_a<Status> T, class Visit>
void each_field(T& status, Visit&& visit) {
    visit("realm", status.realm);
    visit("gateway", status.gateway);
    visit("version", status.version);
    visit("started", status.started);
    visit("serial", status.serial);
    visit("journal_low", status.journal_low);
    visit("journal_bytes", status.journal_bytes);
    visit("principals", status.principals);
    visit("policies", status.policies);
    visit("source", status.source);
    visit("primary", status.primary);
    visit("last_push", status.last_push);
    visit("last_push_from", status.last_push_from);
    visit("last_refusal", status.last_refusal);
    visit("held_dump", status.held_dump);
    visit("acl_problem", status.acl_problem);
    visit("now", status.now);
    visit("secondaries", status.secondaries);
}

}  // namespace kpropgw::control
