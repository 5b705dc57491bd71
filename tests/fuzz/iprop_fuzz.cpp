#include <cstdlib>
#include <string>

#include "gateway/wire/iprop_changes.hpp"

using namespace kpropgw::wire;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_arguments(std::string_view bytes) {
    if (const auto position = parse_iprop_position(bytes)) require(iprop_position(*position) == bytes);
    if (const auto version = parse_ipropx_version(bytes)) require(ipropx_version(*version) == bytes);
    if (const auto request = parse_changes_request(bytes)) require(changes_request(*request) == bytes);
}

void read_results(std::string_view bytes) {
    if (const auto result = parse_resync_result(bytes)) require(resync_result(*result) == bytes);
    if (const auto received = parse_updates_result(bytes)) {
        UpdatesResult again;
        if (received->count == 1) {
            again.add(received->updates);
            require(std::move(again).finish(received->status, received->last).text == bytes);
        }
        require(received->count <= bytes.size() && received->updates.size() + 20 == bytes.size());
    }
    if (const auto received = parse_changes_result(bytes)) {
        ChangesResult again;
        for (const WireChange& change : received->changes)
            again.add(change);
        const auto written = std::move(again).finish(received->status, received->last);
        require(written.text.size() == bytes.size());
        require(parse_changes_result(written.text)->changes.size() == received->changes.size());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string bytes(data, data + size);
    read_arguments(bytes);
    read_results(bytes);
    return 0;
}
