#pragma once
// iprop as MIT's own libraries have it: libkdb5 exports the functions that turn it into XDR, but no header declares
// them. The structs follow lib/kdb/iprop.x.
#include <gssrpc/rpc.h>

#include <cstdint>

extern "C" {

struct kdbe_time_t {
    std::uint32_t seconds;
    std::uint32_t useconds;
};

struct kdb_last_t {
    std::uint32_t last_sno;
    kdbe_time_t last_time;
};

struct utf8str_t {
    u_int length;
    char* value;
};

struct kdb_incr_update_t {
    utf8str_t princ_name;
    std::uint32_t entry_sno;
    kdbe_time_t time;
    struct {
        u_int length;
        void* value;
    } update;
    bool_t deleted;
    bool_t commit;
    struct {
        u_int length;
        utf8str_t* value;
    } kdcs_seen_by;
    utf8str_t futures;
};

struct kdb_incr_result_t {
    kdb_last_t lastentry;
    struct {
        u_int length;
        kdb_incr_update_t* value;
    } updates;
    int ret;
};

struct kdb_fullresync_result_t {
    kdb_last_t lastentry;
    int ret;
};

bool_t xdr_kdb_last_t(XDR*, kdb_last_t*);
bool_t xdr_kdb_incr_result_t(XDR*, kdb_incr_result_t*);
bool_t xdr_kdb_fullresync_result_t(XDR*, kdb_fullresync_result_t*);
bool_t xdr_kdb_incr_update_t(XDR*, kdb_incr_update_t*);
}

namespace kpropgw::testing {

/// libgssrpc takes such functions without their arguments' types; g++ lets any function pass by way of void().
template <class Function>
xdrproc_t as_xdrproc(Function* function) {
    return reinterpret_cast<xdrproc_t>(reinterpret_cast<void (*)()>(function));
}

template <class T>
caddr_t as_pointer(T& value) {
    return reinterpret_cast<caddr_t>(&value);
}

}  // namespace kpropgw::testing
