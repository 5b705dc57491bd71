#include "gateway/net/rpc_client.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>

#include "gateway/events/catalogue.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/net/rpc_records.hpp"

namespace kpropgw::net {
namespace {

using asio::ip::tcp;
using wire::AcceptStatus;
using wire::GssProcedure;
using wire::RpcReply;

/// Beside the results' bytes: the reply's head, a verifier, what encryption adds.
constexpr std::size_t most_bytes_around_results = 4096;

/// Nothing when the call was executed.
std::optional<Error> failure_of(const RpcReply& reply) {
    switch (reply.kind) {
        case RpcReply::Kind::denied:
            return Error(Errc::denied, "the server refuses the call: " + to_text(reply.refusal));
        case RpcReply::Kind::version_mismatch:
            return Error(Errc::not_found, "the server does not speak version 2 of RPC");
        case RpcReply::Kind::accepted:
            break;
    }
    switch (reply.status) {
        case AcceptStatus::success:
            return std::nullopt;
        case AcceptStatus::program_unavailable:
        case AcceptStatus::program_mismatch:
        case AcceptStatus::procedure_unavailable:
            return Error(Errc::not_found, "the server does not have it: " + to_text(reply.status))
                .because(causes::source_serves_no_iprop);
        case AcceptStatus::garbage_arguments:
            return Error(Errc::invalid_input, "the server cannot read the arguments: " + to_text(reply.status));
        case AcceptStatus::system_error:
            break;
    }
    return Error(Errc::unavailable, "the server could not execute the call: " + to_text(reply.status));
}

Result<void> check_verifier(krb::GssContext& context, const wire::RpcAuth& verifier, std::uint32_t number) {
    if (verifier.flavor != wire::AuthFlavor::rpcsec_gss) return Error(Errc::denied, "the server's reply is not signed");
    auto ok = context.verify_mic(wire::signed_number(number), verifier.body);
    if (!ok) return ok.error().in("the server's reply");
    return {};
}

}  // namespace

RpcClient::RpcClient(const asio::any_io_executor& loop, asio::thread_pool& workers, RpcTarget target)
    : stream_(loop), workers_(&workers), target_(std::move(target)) {}

asio::awaitable<Result<void>> RpcClient::connect(std::chrono::milliseconds deadline) {
    if (auto ok = co_await open(deadline); !ok) co_return ok.error();
    co_return co_await establish(deadline);
}

asio::awaitable<Result<void>> RpcClient::open(std::chrono::milliseconds deadline) {
    boost::system::error_code code;
    tcp::resolver resolver(stream_.get_executor());
    const auto found =
        co_await resolver.async_resolve(target_.host, std::to_string(target_.port), tcp::resolver::numeric_service,
                                        asio::redirect_error(asio::use_awaitable, code));
    if (code) {
        co_return Error(Errc::unavailable, fmt::format("its name does not resolve: {}", code.message()))
            .because(causes::name_not_resolved);
    }
    stream_.expires_after(deadline);
    co_await stream_.async_connect(found, asio::redirect_error(asio::use_awaitable, code));
    if (code) {
        const Error error = stream_failure(code, fmt::format("connecting to port {}", target_.port), deadline);
        co_return code == asio::error::connection_refused ? error.because(causes::source_not_listening) : error;
    }
    co_return Result<void>();
}

asio::awaitable<Result<void>> RpcClient::establish(std::chrono::milliseconds deadline) {
    auto context = co_await offload(
        *workers_, [&] { return krb::GssContext::initiator(target_.keytab, target_.client, target_.service); });
    if (!context) co_return context.error();
    context_.emplace(std::move(*context));

    auto step = co_await offload(*workers_, [&] { return context_->step(""); });
    for (auto procedure = GssProcedure::init;; procedure = GssProcedure::continue_init) {
        if (step.state == krb::GssStep::State::refused) co_return step.error;
        const std::string body = wire::gss_credential({procedure, 0, wire::GssService::privacy, handle_});
        std::string record = head(0, body);
        wire::write_rpc_auth(record, {});
        record += wire::gss_init_arguments(step.token);
        const auto answer = co_await exchange(record, deadline);
        if (!answer) co_return answer.error();
        const auto reply = parse(*answer);
        if (!reply) co_return reply.error();
        if (auto failed = failure_of(*reply)) co_return failed->in(token_size(step.token));
        const auto result = wire::parse_gss_init_result(reply->results);
        if (!result) co_return result.error();
        handle_ = result->handle;

        const bool has_token = !result->token.empty();
        // The token of a refusal becomes the error's text.
        if (has_token) step = co_await offload(*workers_, [&] { return context_->step(result->token); });
        if (step.state == krb::GssStep::State::refused) co_return step.error;
        if (result->major == wire::gss_complete) co_return check_new_context(*reply, result->window);
        if (result->major != wire::gss_continue_needed) {
            co_return Error(Errc::denied, fmt::format("the server refuses our ticket: GSS-API status {:#x}, minor {}",
                                                      result->major, result->minor));
        }
        if (!has_token) co_return Error(Errc::corrupt, "the server asks for more and gives nothing to answer");
    }
}

Result<void> RpcClient::check_new_context(const RpcReply& reply, std::uint32_t window) {
    if (!context_->is_established()) return Error(Errc::corrupt, "the server ends authentication too early");
    if (!context_->peers().is_private) return Error(Errc::denied, "the context has no confidentiality");
    if (handle_.empty()) return Error(Errc::corrupt, "the server gives its context no handle");
    return check_verifier(*context_, reply.verifier, window);
}

std::string RpcClient::token_size(std::string_view token) {
    if (token.size() <= wire::most_token_bytes_of_mit) return "authentication";
    return fmt::format("authentication, with a token of {} bytes where MIT takes {}", token.size(),
                       wire::most_token_bytes_of_mit);
}

asio::awaitable<Result<Secret>> RpcClient::call(std::uint32_t procedure, std::string_view arguments,
                                                std::chrono::milliseconds deadline) {
    return transact(GssProcedure::data, procedure, arguments, deadline);
}

asio::awaitable<Result<Secret>> RpcClient::transact(GssProcedure gss_procedure, std::uint32_t procedure,
                                                    std::string_view arguments, std::chrono::milliseconds deadline) {
    if (!context_ || !context_->is_established()) co_return Error(Errc::conflict, "there is no connection");
    if (++sequence_ >= wire::sequence_end) co_return Error(Errc::conflict, "the context is out of sequence numbers");
    const auto record = co_await offload(*workers_, [&] { return make_call(gss_procedure, procedure, arguments); });
    if (!record) co_return record.error();
    const auto answer = co_await exchange(*record, deadline);
    if (!answer) co_return answer.error();
    co_return co_await offload(*workers_, [&] { return read_results(*answer); });
}

Result<std::string> RpcClient::make_call(GssProcedure gss_procedure, std::uint32_t procedure,
                                         std::string_view arguments) {
    const std::string body = wire::gss_credential({gss_procedure, sequence_, wire::GssService::privacy, handle_});
    std::string record = head(procedure, body);
    const auto mic = context_->make_mic(record);
    if (!mic) return mic.error();
    wire::write_rpc_auth(record, {wire::AuthFlavor::rpcsec_gss, *mic});
    const SecretText data(wire::gss_data(sequence_, arguments));
    const auto encrypted = context_->wrap(data.text);
    if (!encrypted) return encrypted.error();
    wire::append_private_body(record, *encrypted);
    return record;
}

Result<Secret> RpcClient::read_results(std::string_view record) {
    const auto reply = parse(record);
    if (!reply) return reply.error();
    if (reply->kind == RpcReply::Kind::accepted) {
        if (auto ok = check_verifier(*context_, reply->verifier, sequence_); !ok) return ok.error();
    }
    if (auto failed = failure_of(*reply)) return *failed;
    const auto encrypted = wire::parse_private_body(reply->results);
    if (!encrypted) return encrypted.error();
    auto data = context_->unwrap(*encrypted);
    if (!data) return data.error();
    if (!data->was_encrypted) return Error(Errc::denied, "the server's results are not encrypted");
    const auto results = wire::parse_gss_data(data->data.reveal(), sequence_);
    if (!results) return results.error();
    return Secret(*results);
}

std::string RpcClient::head(std::uint32_t procedure, std::string_view credential) {
    wire::RpcCall call;
    call.xid = ++xid_;
    call.program = target_.program;
    call.program_version = target_.version;
    call.procedure = procedure;
    call.credential = {wire::AuthFlavor::rpcsec_gss, credential};
    return wire::rpc_call_head(call);
}

Result<RpcReply> RpcClient::parse(std::string_view record) const {
    auto reply = wire::parse_rpc_reply(record);
    if (reply && reply->xid != xid_) return Error(Errc::corrupt, "the server's reply is one to another call");
    return reply;
}

asio::awaitable<Result<std::string>> RpcClient::exchange(std::string_view record, std::chrono::milliseconds deadline) {
    if (auto ok = co_await write_record(stream_, record, deadline); !ok) co_return ok.error();
    auto answer = co_await read_record(stream_, target_.most_reply_bytes + most_bytes_around_results, deadline);
    if (!answer) co_return answer.error();
    if (answer->closed) co_return Error(Errc::unavailable, "the server closed the connection instead of answering");
    co_return std::move(answer->bytes);
}

asio::awaitable<void> RpcClient::close(std::chrono::milliseconds deadline) {
    if (stream_.socket().is_open() && context_ && context_->is_established()) {
        [[maybe_unused]] const auto destroyed = co_await transact(GssProcedure::destroy, 0, "", deadline);
    }
    context_.reset();
    stream_.close();
}

void RpcClient::cancel() {
    stream_.cancel();
}

}  // namespace kpropgw::net
