#include "gateway/net/rpc_records.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "gateway/wire/rpc.hpp"

namespace kpropgw::net {
namespace {

using boost::system::error_code;

constexpr std::size_t growth = std::size_t{1} << 20;
constexpr std::size_t most_fragment_bytes = 0x7fffffff;

/// Reads a fragment of `length` bytes to the end of `into`.
asio::awaitable<error_code> read_fragment(Stream& stream, std::size_t length, std::string& into) {
    error_code code;
    const std::size_t end = into.size() + length;
    while (into.size() < end && !code) {
        const std::size_t filled = into.size();
        into.resize(std::min(end, filled + growth));
        co_await asio::async_read(stream, asio::buffer(into.data() + filled, into.size() - filled),
                                  asio::redirect_error(asio::use_awaitable, code));
    }
    co_return code;
}

}  // namespace

asio::awaitable<Result<Record>> read_record(Stream& stream, std::size_t limit, std::chrono::milliseconds deadline) {
    stream.expires_after(deadline);
    Record record;
    for (bool is_first = true;; is_first = false) {
        std::array<char, 4> header{};
        error_code code;
        const std::size_t got =
            co_await asio::async_read(stream, asio::buffer(header), asio::redirect_error(asio::use_awaitable, code));
        if (code == asio::error::eof && got == 0 && is_first) {
            record.closed = true;
            co_return record;
        }
        if (code) co_return stream_failure(code, "reading", deadline);
        const auto mark = wire::parse_record_mark(header, limit - record.bytes.size());
        if (!mark) co_return mark.error();
        code = co_await read_fragment(stream, mark->length, record.bytes);
        if (code) co_return stream_failure(code, "reading", deadline);
        if (mark->is_last) co_return record;
    }
}

asio::awaitable<Result<void>> write_record(Stream& stream, std::string_view bytes, std::chrono::milliseconds deadline) {
    if (bytes.size() > most_fragment_bytes) co_return Error(Errc::internal, "an RPC record above 2 GiB");
    stream.expires_after(deadline);
    const std::array<char, 4> header = wire::record_mark({bytes.size(), true});
    const std::array<asio::const_buffer, 2> parts{asio::buffer(header), asio::buffer(bytes)};
    error_code code;
    co_await asio::async_write(stream, parts, asio::redirect_error(asio::use_awaitable, code));
    if (code) co_return stream_failure(code, "sending", deadline);
    co_return Result<void>();
}

}  // namespace kpropgw::net
