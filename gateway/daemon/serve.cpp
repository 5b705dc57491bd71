#include "gateway/daemon/serve.hpp"

#include <sys/prctl.h>
#include <sysexits.h>

#include <cstdio>

#include "base/nearest.hpp"
#include "gateway/daemon/descriptors.hpp"
#include "gateway/daemon/gateway.hpp"
#include "gateway/events/log.hpp"
#include "gateway/store/lmdb_store.hpp"

namespace kpropgw::daemon {
namespace {

int fail(int status, const std::string& text) {
    std::fprintf(stderr, "kpropgw: %s\n", text.c_str());
    return status;
}

/// The registry's keys pass through this process: its memory must never become a file.
void forbid_core_dumps() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

}  // namespace

int serve(const config::Config& config) {
    forbid_core_dumps();
    const auto log_to = config.log_to == "journal" ? events::Destination::journal : events::Destination::standard_error;
    if (auto ok = events::start_log(config.log_level, log_to); !ok) return fail(EX_CONFIG, ok.error().text());
    raise_descriptor_limit(config);
    auto identity = krb::identify(config.realm, config.host);
    if (!identity) return fail(EX_CONFIG, identity.error().text());
    identity->host = to_lower(identity->host);
    if (auto ok = krb::check_keytab(config.keytab, *identity); !ok) return fail(EX_CONFIG, ok.error().text());
    AclFile acl(config.acl_file, config.acl_codepage, identity->host);
    if (auto ok = acl.load(); !ok) return fail(EX_CONFIG, ok.error().text());
    auto store = store::open_lmdb(config.store_directory);
    if (!store) return fail(exit_status(store.error().code()), store.error().text());
    Gateway gateway(config, std::move(*identity), std::move(acl), std::move(*store));
    if (auto ok = gateway.run(); !ok) return fail(exit_status(ok.error().code()), ok.error().text());
    return EX_OK;
}

}  // namespace kpropgw::daemon
