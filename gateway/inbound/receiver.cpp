#include "gateway/inbound/receiver.hpp"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include "gateway/config/values.hpp"
#include "gateway/core/push_permission.hpp"
#include "gateway/events/hint.hpp"
#include "gateway/events/report.hpp"
#include "gateway/krb/acceptor.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/wire/kprop.hpp"

namespace kpropgw::inbound {
namespace {

namespace asio = boost::asio;

/// A push that the gateway does not end under, if it can help it.
class UnderWay {
public:
    explicit UnderWay(std::size_t& count) : count_(count) { ++count_; }
    ~UnderWay() { --count_; }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;

private:
    std::size_t& count_;
};

class Receiver {
public:
    Receiver(net::Stream stream, const Door& door)
        : stream_(std::move(stream)),
          door_(door),
          peer_(net::peer_address(stream_)),
          deadline_(door.config.idle_timeout) {}

    asio::awaitable<void> run() {
        auto outcome = co_await converse();
        if (!outcome) co_await refuse(outcome.error());
        co_await net::close_gently(stream_, drain_deadline);
    }

private:
    static constexpr std::chrono::seconds drain_deadline{30};

    asio::awaitable<Result<void>> converse() {
        auto versions = co_await exchange_versions();
        if (!versions) co_return versions.error();
        auto session = co_await authenticate();
        if (!session) co_return session.error();
        const UnderWay push(door_.receiving);
        auto size = co_await read_size(*session);
        if (!size) co_return size.error();
        auto dump = co_await read_dump(*session, *size);
        if (!dump) co_return dump.error();
        auto taken = co_await net::offload(door_.workers,
                                           [&] { return store::take_in(door_.store, *dump, origin(), door_.clock); });
        if (!taken) {
            const Errc code = taken.error().code();
            if (code == Errc::invalid_input || code == Errc::corrupt) {
                door_.metrics.dump_held();
                door_.held(peer_.to_string(), events::with_hint(taken.error()));
            }
            co_return taken.error();
        }
        door_.metrics.push_taken(*size, std::chrono::steady_clock::now() - begun_);
        events::report(events::push_taken, {{"peer", peer_.to_string()},
                                            {"from", host_},
                                            {"serial", taken->serial.value},
                                            {"records", taken->records},
                                            {"added", taken->added},
                                            {"changed", taken->changed},
                                            {"removed", taken->removed},
                                            {"refreshed", taken->refreshed}});
        door_.taken(*taken, host_);
        auto confirmation = session->make_safe(wire::size_message(*size));
        if (!confirmation) co_return confirmation.error();
        if (auto ok = co_await net::write_frame(stream_, *confirmation, deadline_); !ok) {
            // The registry has it; only the pusher does not know, and will push the same again.
            events::report(events::push_unconfirmed, {{"peer", peer_.to_string()}}, ok.error());
        }
        co_return Result<void>();
    }

    /// A dump of iprop that a primary sends us as its replica says where in its log it stands.
    store::Origin origin() const {
        const config::Source& source = door_.config.source;
        const bool followed = source.kind == config::Source::Kind::iprop;
        return {"dump", host_, door_.identity.realm, followed ? config::to_text(source) : ""};
    }

    asio::awaitable<Result<void>> exchange_versions() {
        can_answer_ = false;
        auto sendauth = co_await read(wire::max_version_frame);
        if (!sendauth) co_return sendauth.error();
        auto application = co_await read(wire::max_version_frame);
        if (!application) co_return application.error();
        auto reply = wire::VersionReply::accepted;
        if (*application != wire::application_version) reply = wire::VersionReply::bad_application_version;
        if (*sendauth != wire::sendauth_version) reply = wire::VersionReply::bad_sendauth_version;
        const char byte = static_cast<char>(reply);
        if (auto ok = co_await net::write_raw(stream_, {&byte, 1}, deadline_); !ok) co_return ok.error();
        if (reply != wire::VersionReply::accepted) {
            co_return Error(Errc::denied, "the peer does not speak kprop5_01 by sendauth: it is no kprop")
                .because(causes::not_a_kprop);
        }
        can_answer_ = true;
        co_return Result<void>();
    }

    asio::awaitable<Result<krb::Session>> authenticate() {
        auto request = co_await read(wire::max_authentication_frame);
        if (!request) co_return request.error();
        const auto local = net::local_address(stream_);
        auto accepted = co_await net::offload(
            door_.workers, [&] { return krb::accept(*request, door_.config.keytab, door_.identity, local); });
        if (!accepted) co_return accepted.error();
        auto host = core::plan_push(door_.acl(), accepted->client, door_.identity.realm);
        if (!host) co_return host.error();
        host_ = *host;
        if (auto ok = co_await check_peer_address(); !ok) co_return ok.error();
        if (auto ok = co_await net::write_frame(stream_, "", deadline_); !ok) co_return ok.error();
        if (auto ok = co_await net::write_frame(stream_, accepted->ap_rep, deadline_); !ok) co_return ok.error();
        co_return std::move(accepted->session);
    }

    asio::awaitable<Result<void>> check_peer_address() {
        if (door_.config.dns_check == config::DnsCheck::off) co_return Result<void>();
        const auto names = co_await net::offload(door_.workers, [&] { return door_.resolver.names_of(peer_); });
        auto ok = core::check_address(host_, peer_.to_string(), names);
        if (!ok && door_.config.dns_check == config::DnsCheck::warn) {
            events::report(events::push_address, {{"peer", peer_.to_string()}}, ok.error());
            co_return Result<void>();
        }
        co_return ok;
    }

    asio::awaitable<Result<std::uint64_t>> read_size(krb::Session& session) {
        auto message = co_await read(wire::max_safe_frame);
        if (!message) co_return message.error();
        auto data = session.read_safe(*message);
        if (!data) co_return data.error().in("database size");
        auto size = wire::parse_size_message(*data);
        if (!size) co_return size.error();
        if (*size == 0) {
            co_return Error(Errc::invalid_input, "the dump is empty; dump the registry anew")
                .because(causes::dump_incomplete);
        }
        if (*size > door_.config.max_dump) {
            co_return Error(Errc::invalid_input,
                            fmt::format("a dump of {} bytes exceeds the gateway's max_dump of {} bytes", *size,
                                        door_.config.max_dump))
                .because(causes::dump_too_big);
        }
        struct statvfs disk {};
        if (::statvfs(door_.store.directory().c_str(), &disk) == 0 && disk.f_bavail * disk.f_frsize < *size) {
            co_return Error(Errc::unavailable,
                            fmt::format("the gateway's disk has {} bytes free, the dump has {}; make room in {}",
                                        disk.f_bavail * disk.f_frsize, *size, door_.store.directory()))
                .because(causes::disk_full);
        }
        if (auto ok = session.start_chain(); !ok) co_return ok.error();
        co_return *size;
    }

    asio::awaitable<Result<File>> read_dump(krb::Session& session, std::uint64_t size) {
        auto file = File::create_nameless(door_.store.directory());
        if (!file) co_return file.error();
        std::uint64_t received = 0;
        while (received < size) {
            auto message = co_await read(wire::max_private_frame);
            if (!message) co_return message.error().in(fmt::format("after {} of {} bytes", received, size));
            auto block = co_await net::offload(door_.workers, [&]() -> Result<std::size_t> {
                auto data = session.read_private(*message);
                if (!data) return data.error();
                if (data->size() > size - received)
                    return Error(Errc::invalid_input, "more bytes came than were announced");
                if (data->size() == 0) return Error(Errc::invalid_input, "an empty block came");
                if (auto ok = file->write_all(data->reveal()); !ok) return ok.error();
                return data->size();
            });
            if (!block) co_return block.error().in(fmt::format("the block at byte {}", received));
            received += *block;
        }
        co_return std::move(*file);
    }

    /// The next message; a KRB-ERROR in its place is the peer's own refusal.
    asio::awaitable<Result<std::string>> read(std::size_t limit) {
        auto frame = co_await net::read_frame(stream_, limit, deadline_);
        if (!frame) co_return frame.error();
        if (frame->closed) {
            can_answer_ = false;
            co_return Error(Errc::unavailable, "the peer closed the connection before the dump was whole")
                .because(causes::push_broken_off);
        }
        if (wire::is_error_message(frame->bytes)) {
            can_answer_ = false;
            const std::string said = krb::read_error_message(frame->bytes).text();
            co_return Error(Errc::unavailable, "the peer gave up: " + said).because(causes::push_broken_off);
        }
        co_return std::move(frame->bytes);
    }

    asio::awaitable<void> refuse(const Error& why) {
        door_.metrics.push_refused(why);
        events::report(events::push_refused, {{"peer", peer_.to_string()}}, why);
        door_.refused(peer_.to_string(), events::with_hint(why));
        if (!can_answer_) co_return;
        const auto message = krb::make_error_message(why.text(), door_.identity);
        if (!message) {
            events::report(events::push_refusal_unsent, {{"peer", peer_.to_string()}}, message.error());
            co_return;
        }
        if (auto ok = co_await net::write_frame(stream_, *message, deadline_); !ok) {
            events::report(events::push_refusal_unsent, {{"peer", peer_.to_string()}}, ok.error());
        }
    }

    net::Stream stream_;
    const Door& door_;
    asio::ip::address peer_;
    std::chrono::milliseconds deadline_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    std::string host_;         ///< the Primary that authenticated
    bool can_answer_ = false;  ///< the peer reads KRB-ERRORs now
};

}  // namespace

asio::awaitable<void> receive_push(net::Stream stream, const Door& door) {
    Receiver receiver(std::move(stream), door);
    co_await receiver.run();
}

}  // namespace kpropgw::inbound
