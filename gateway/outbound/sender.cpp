#include "gateway/outbound/sender.hpp"

#include <fmt/format.h>

#include <boost/asio/this_coro.hpp>

#include "gateway/events/catalogue.hpp"
#include "gateway/krb/initiator.hpp"
#include "gateway/net/frames.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/wire/kprop.hpp"

namespace kpropgw::outbound {
namespace {

namespace asio = boost::asio;

class Sender {
public:
    Sender(const asio::any_io_executor& loop, const Target& target, const RenderedDump& dump, const SenderSetup& setup,
           Transfer& transfer)
        : stream_(loop),
          target_(target),
          dump_(dump),
          setup_(setup),
          transfer_(transfer),
          deadline_(setup.config.idle_timeout) {
        transfer_ = {0, dump.size};
    }

    asio::awaitable<Sent> run() {
        if (auto ok = co_await connect(stream_, target_.kpropd, deadline_, target_.patience); !ok)
            co_return failed(ok.error());
        auto session = co_await authenticate();
        if (!session) co_return failed(session.error());
        if (auto ok = co_await send_all(*session); !ok) {
            const bool hung_up = is_hang_up(ok.error());
            // What the peer said before it went is a better reason than "broken pipe".
            auto last = co_await net::read_frame(stream_, wire::max_safe_frame, std::chrono::seconds(1));
            if (last && wire::is_error_message(last->bytes)) {
                co_return failed(krb::read_error_message(last->bytes).in("it says"));
            }
            if (hung_up && transfer_.sent == 0) co_return failed(closed_unread());
            co_return failed(perhaps_not_listed(ok.error()));
        }
        if (target_.on_all_sent) target_.on_all_sent();
        co_return co_await confirmation(*session);
    }

private:
    asio::awaitable<Result<krb::Session>> authenticate() {
        const auto local = net::local_address(stream_);
        auto initiated = co_await net::offload(setup_.workers, [&] {
            return krb::initiate(target_.kpropd.host, setup_.config.keytab, setup_.identity, target_.session_enctype,
                                 local);
        });
        if (!initiated) co_return initiated.error();
        if (auto ok = co_await net::write_frame(stream_, wire::sendauth_version, deadline_); !ok) co_return ok.error();
        if (auto ok = co_await net::write_frame(stream_, wire::application_version, deadline_); !ok)
            co_return ok.error();
        auto reply = co_await net::read_byte(stream_, deadline_);
        if (!reply) co_return reply.error();
        if (*reply != static_cast<char>(wire::VersionReply::accepted)) {
            co_return Error(Errc::unavailable, "it does not speak kprop5_01: no kpropd listens on that port")
                .because(causes::not_a_kpropd);
        }
        if (auto ok = co_await net::write_frame(stream_, initiated->ap_req, deadline_); !ok) co_return ok.error();
        auto accepted = co_await read(deadline_);
        if (!accepted) co_return accepted.error();
        auto ap_rep = co_await read(deadline_);
        if (!ap_rep) co_return ap_rep.error();
        if (auto ok = initiated->session.read_ap_rep(*ap_rep); !ok) co_return ok.error();
        co_return std::move(initiated->session);
    }

    asio::awaitable<Result<void>> send_all(krb::Session& session) {
        auto size = session.make_safe(wire::size_message(dump_.size));
        if (!size) co_return size.error();
        if (auto ok = co_await net::write_frame(stream_, *size, deadline_); !ok) co_return ok.error();
        if (auto ok = session.start_chain(); !ok) co_return ok.error();
        const auto block_deadline =
            deadline_ + std::chrono::seconds(wire::block_size / std::max<std::uint64_t>(1, target_.min_rate));
        Secret block(wire::block_size);
        while (transfer_.sent < dump_.size) {
            std::size_t bytes = 0;
            auto message = co_await net::offload(setup_.workers, [&]() -> Result<std::string> {
                auto count = dump_.file.read_at(transfer_.sent, block.writable());
                if (!count) return count.error();
                bytes = *count;
                if (bytes == 0) return Error(Errc::internal, "the rendered dump is shorter than its size");
                return session.make_private(block.reveal().substr(0, bytes));
            });
            if (!message) co_return message.error();
            if (auto ok = co_await net::write_frame(stream_, *message, block_deadline); !ok) {
                co_return ok.error().in(fmt::format("at byte {} of {}", transfer_.sent, dump_.size));
            }
            transfer_.sent += bytes;
        }
        co_return Result<void>();
    }

    asio::awaitable<Sent> confirmation(krb::Session& session) {
        auto frame = co_await net::read_frame(stream_, wire::max_safe_frame, setup_.config.load_timeout);
        if (!frame && is_hang_up(frame.error())) co_return failed(closed_unread());
        if (!frame) co_return failed(perhaps_not_listed(frame.error()));
        if (frame->closed) {
            // Acknowledged bytes that kpropd had not read would have come back as a reset, not as an end.
            if (net::unacknowledged(stream_) == 0) co_return Sent{Ending::closed_after_all};
            co_return failed(closed_unread());
        }
        if (wire::is_error_message(frame->bytes)) {
            const Error said = krb::read_error_message(frame->bytes).in("it says");
            co_return failed(said.cause().empty() ? said.because(causes::load_failed) : said);
        }
        auto data = session.read_safe(frame->bytes);
        if (!data) co_return failed(data.error().in("its confirmation"));
        auto size = wire::parse_size_message(*data);
        if (!size) co_return failed(size.error().in("its confirmation"));
        if (*size != dump_.size) {
            co_return failed(Error(Errc::corrupt, fmt::format("it confirmed {} bytes of {}", *size, dump_.size)));
        }
        stream_.close();
        co_return Sent{Ending::confirmed};
    }

    /// A message of the peer's where an end of the connection or a KRB-ERROR is a refusal.
    asio::awaitable<Result<std::string>> read(std::chrono::milliseconds deadline) {
        auto frame = co_await net::read_frame(stream_, wire::max_authentication_frame, deadline);
        if (!frame) co_return frame.error();
        if (frame->closed)
            co_return Error(Errc::unavailable, "it closed the connection during authentication; its log says why")
                .because(causes::kpropd_ended);
        if (wire::is_error_message(frame->bytes)) {
            co_return krb::read_error_message(frame->bytes).in("it refuses our ticket");
        }
        co_return std::move(frame->bytes);
    }

    /// Right after a failure of the stream: a deadline of ours would have closed it on this side.
    bool is_hang_up(const Error& error) { return error.code() == Errc::unavailable && stream_.socket().is_open(); }

    Error closed_unread() const {
        return perhaps_not_listed(Error(Errc::denied, "it closed the connection before it read the dump"));
    }

    /// A kpropd that does not list the gateway closes the connection without a word.
    Error perhaps_not_listed(const Error& error) const {
        if (!error.cause().empty()) return error;
        const std::string advice =
            fmt::format("; does its kpropd.acl hold host/{}@{}?", setup_.identity.host, setup_.identity.realm);
        return Error(error.code(), error.text() + advice).because(causes::gateway_not_in_kpropd_acl);
    }

    static Sent failed(const Error& error) { return {Ending::failed, error}; }

    net::Stream stream_;
    const Target& target_;
    const RenderedDump& dump_;
    const SenderSetup& setup_;
    Transfer& transfer_;
    std::chrono::milliseconds deadline_;
};

}  // namespace

asio::awaitable<Sent> send_dump(const Target& target, const RenderedDump& dump, const SenderSetup& setup,
                                Transfer& transfer) {
    Sender sender(co_await asio::this_coro::executor, target, dump, setup, transfer);
    co_return co_await sender.run();
}

}  // namespace kpropgw::outbound
