#include <cstdlib>
#include <string>

#include "gateway/wire/rpc.hpp"

using namespace kpropgw::wire;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// What is read of a call is written again as it stood, except for what stands in padding.
void read_call(std::string_view record) {
    const auto call = parse_rpc_call(record);
    if (!call) {
        require(call.error().text().starts_with("RPC call: byte "));
        return;
    }
    if (call->version != rpc_version) return;
    require(call->credential.body.size() <= most_authentication_bytes);
    require(record.starts_with(call->head) && record.ends_with(call->arguments));
    std::string again = rpc_call_head(*call);
    require(again.size() == call->head.size());
    write_rpc_auth(again, call->verifier);
    again += call->arguments;
    require(again.size() == record.size());
    require(parse_rpc_call(again)->head == rpc_call_head(*call));
}

void read_reply(std::string_view record) {
    const auto reply = parse_rpc_reply(record);
    if (!reply) {
        require(reply.error().text().starts_with("RPC reply: byte "));
        return;
    }
    const std::string again = rpc_reply(*reply);
    require(again.size() == record.size());
    require(rpc_reply(*parse_rpc_reply(again)) == again);
    require(!to_text(reply->refusal).empty() && !to_text(reply->status).empty());
}

}  // namespace

/// A record, read as a call and as a reply; its first bytes as a mark too.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string record(data, data + size);
    read_call(record);
    read_reply(record);
    if (size >= 4) {
        const std::array<char, 4> bytes{record[0], record[1], record[2], record[3]};
        const auto mark = parse_record_mark(bytes, size);
        if (mark) require(mark->length <= size && record_mark(*mark) == bytes);
    }
    return 0;
}
