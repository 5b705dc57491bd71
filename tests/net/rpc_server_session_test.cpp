// What a peer can do wrong on one connection, with contexts of a real KDC: RFC 2203 says what becomes of it.
#include "gateway/net/rpc_server_session.hpp"

#include <gtest/gtest.h>

#include "support/inside_realm.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;
using net::RpcServerSession;
using wire::AcceptStatus;
using wire::AuthStatus;
using wire::GssProcedure;
using wire::GssService;

constexpr std::uint32_t program = 100423;
constexpr auto service = "kiprop/gw.kpropgw.test@KPROPGW.TEST";
constexpr auto caller = "kiprop/kdc1.kpropgw.test@KPROPGW.TEST";

class SessionOfAServer : public ::testing::Test {
protected:
    /// A call's record with an RPCSEC_GSS credential.
    std::string head(const wire::GssCredential& credential, std::uint32_t procedure = 0) const {
        const std::string body = wire::gss_credential(credential);
        wire::RpcCall call;
        call.xid = 77;
        call.program = program;
        call.program_version = 1;
        call.procedure = procedure;
        call.credential = {wire::AuthFlavor::rpcsec_gss, body};
        return wire::rpc_call_head(call);
    }

    /// Makes another context; it becomes the one that signed() uses.
    void establish() {
        context_.emplace(krb::GssContext::initiator(keytab_, caller, service).value());
        const auto first = context_->step("");
        std::string record = head({GssProcedure::init, 0, GssService::privacy, ""});
        wire::write_rpc_auth(record, {});
        record += wire::gss_init_arguments(first.token);
        const auto reply = reply_to(record);
        const auto parsed = wire::parse_rpc_reply(reply).value();
        const auto result = wire::parse_gss_init_result(parsed.results).value();
        ASSERT_EQ(result.major, wire::gss_complete);
        ASSERT_EQ(context_->step(result.token).state, krb::GssStep::State::established);
        EXPECT_EQ(result.window, 32u);
        EXPECT_TRUE(context_->verify_mic(wire::signed_number(result.window), parsed.verifier.body));
        handle_ = result.handle;
    }

    std::string signed_call(const wire::GssCredential& credential, std::string_view arguments,
                            std::uint32_t procedure = 1) {
        std::string record = head(credential, procedure);
        const std::string mic = context_->make_mic(record).value();
        wire::write_rpc_auth(record, {wire::AuthFlavor::rpcsec_gss, mic});
        wire::append_private_body(record, context_->wrap(wire::gss_data(credential.sequence, arguments)).value());
        return record;
    }
    std::string data_call(std::uint32_t sequence, std::string_view arguments = "args") {
        return signed_call({GssProcedure::data, sequence, GssService::privacy, handle_}, arguments);
    }

    RpcServerSession::Step step(std::string_view record) { return session_.step(record, now_); }
    std::string reply_to(std::string_view record) {
        auto result = step(record);
        const auto* reply = std::get_if<RpcServerSession::Reply>(&result);
        EXPECT_NE(reply, nullptr);
        return reply == nullptr ? "" : reply->record;
    }
    RpcServerSession::Ticket ticket_of(std::string_view record) {
        const auto result = step(record);
        const auto* call = std::get_if<RpcServerSession::Call>(&result);
        EXPECT_NE(call, nullptr);
        return call == nullptr ? RpcServerSession::Ticket{} : call->ticket;
    }
    AuthStatus denial_of(std::string_view record) {
        const auto reply = reply_to(record);
        const auto parsed = wire::parse_rpc_reply(reply).value();
        EXPECT_EQ(parsed.kind, wire::RpcReply::Kind::denied);
        EXPECT_EQ(parsed.xid, 77u);
        return parsed.refusal;
    }

    InsideRealm realm_;
    std::string keytab_ = realm_.add_keytab("kiprop/kdc1.kpropgw.test");
    RpcServerSession session_{{realm_.add_keytab("kiprop/gw.kpropgw.test"), program, 1}};
    Time now_ = system_clock().now();
    std::optional<krb::GssContext> context_;
    std::string handle_;
};

TEST_F(SessionOfAServer, GivesACallAndSignsAndEncryptsItsAnswer) {
    establish();
    const auto result = step(data_call(5, "arguments"));
    const auto& call = std::get<RpcServerSession::Call>(result);
    EXPECT_EQ(call.procedure, 1u);
    EXPECT_EQ(call.arguments.reveal(), "arguments");
    EXPECT_EQ(session_.peers_of(call.ticket)->initiator, caller);

    const std::string record = session_.answer(call.ticket, "results").value();
    EXPECT_EQ(record.find("results"), record.npos);
    const auto reply = wire::parse_rpc_reply(record).value();
    EXPECT_EQ(reply.xid, 77u);
    EXPECT_TRUE(context_->verify_mic(wire::signed_number(5), reply.verifier.body));
    const auto body = context_->unwrap(wire::parse_private_body(reply.results).value()).value();
    EXPECT_EQ(wire::parse_gss_data(body.data.reveal(), 5).value(), "results");

    const std::string unavailable = session_.answer(call.ticket, AcceptStatus::procedure_unavailable).value();
    const auto parsed = wire::parse_rpc_reply(unavailable).value();
    EXPECT_EQ(parsed.status, AcceptStatus::procedure_unavailable);
    EXPECT_TRUE(context_->verify_mic(wire::signed_number(5), parsed.verifier.body));
    EXPECT_EQ(wire::parse_rpc_reply(RpcServerSession::refuse(call.ticket, AuthStatus::failed)).value().refusal,
              AuthStatus::failed);
}

TEST_F(SessionOfAServer, DiscardsReplaysAndWhatIsBelowTheWindow) {
    establish();
    const std::string first = data_call(100);
    ticket_of(first);
    EXPECT_TRUE(std::holds_alternative<RpcServerSession::Discard>(step(first)));
    ticket_of(data_call(69));
    EXPECT_TRUE(std::holds_alternative<RpcServerSession::Discard>(step(data_call(69))));
    EXPECT_TRUE(std::holds_alternative<RpcServerSession::Discard>(step(data_call(68))));
    ticket_of(data_call(101));
}

TEST_F(SessionOfAServer, AForgedHeaderNeitherPassesNorMovesTheWindow) {
    establish();
    ticket_of(data_call(1));
    std::string forged = data_call(2);
    forged[43] = '\x7f';  // the sequence number's last byte: 24 bytes of call, 8 of flavor and length, 12 of credential
    EXPECT_EQ(denial_of(forged), AuthStatus::gss_credential_problem);
    ticket_of(data_call(2));
    std::string unsigned_one = head({GssProcedure::data, 3, GssService::privacy, handle_}, 1);
    wire::write_rpc_auth(unsigned_one, {});
    EXPECT_EQ(denial_of(unsigned_one), AuthStatus::gss_credential_problem);
}

TEST_F(SessionOfAServer, AnUnknownOrHalfMadeContextIsACredentialProblem) {
    establish();
    EXPECT_EQ(denial_of(signed_call({GssProcedure::data, 1, GssService::privacy, "xxxx"}, "")),
              AuthStatus::gss_credential_problem);
    EXPECT_EQ(denial_of(signed_call({GssProcedure::data, 1, GssService::privacy, ""}, "")),
              AuthStatus::gss_credential_problem);
    std::string record = head({GssProcedure::continue_init, 0, GssService::privacy, handle_});
    wire::write_rpc_auth(record, {});
    EXPECT_EQ(denial_of(record + wire::gss_init_arguments("token")), AuthStatus::gss_credential_problem);
}

TEST_F(SessionOfAServer, SequenceNumbersEndAndSoDoTickets) {
    establish();
    ticket_of(data_call(wire::sequence_end - 1));
    EXPECT_EQ(denial_of(data_call(wire::sequence_end)), AuthStatus::gss_context_problem);
    establish();
    now_ += 72h;
    EXPECT_EQ(denial_of(data_call(1)), AuthStatus::gss_context_problem);
    now_ -= 72h;
    ticket_of(data_call(1));
}

TEST_F(SessionOfAServer, ArgumentsThatDoNotBelongToTheHeaderAreGarbage) {
    establish();
    const auto status_of = [&](const std::string& record) {
        return wire::parse_rpc_reply(reply_to(record)).value().status;
    };
    const auto with_body = [&](std::uint32_t sequence, std::string_view body) {
        std::string record = head({GssProcedure::data, sequence, GssService::privacy, handle_}, 1);
        wire::write_rpc_auth(record, {wire::AuthFlavor::rpcsec_gss, context_->make_mic(record).value()});
        return record += body;
    };
    std::string other;
    wire::append_private_body(other, context_->wrap(wire::gss_data(9, "args")).value());
    EXPECT_EQ(status_of(with_body(1, other)), AcceptStatus::garbage_arguments) << "of another call";
    EXPECT_EQ(status_of(with_body(2, "")), AcceptStatus::garbage_arguments);
    std::string clear;
    wire::append_private_body(clear, wire::gss_data(3, "args"));
    EXPECT_EQ(status_of(with_body(3, clear)), AcceptStatus::garbage_arguments) << "not encrypted";
    ticket_of(with_body(9, other));
}

TEST_F(SessionOfAServer, AContextEndsWhenItIsDestroyedAndWhenThereAreTooMany) {
    establish();
    const auto ticket = ticket_of(data_call(1));
    const auto reply =
        wire::parse_rpc_reply(reply_to(signed_call({GssProcedure::destroy, 2, GssService::privacy, handle_}, "", 0)));
    EXPECT_EQ(reply.value().status, AcceptStatus::success);
    EXPECT_EQ(denial_of(data_call(3)), AuthStatus::gss_credential_problem);
    EXPECT_EQ(session_.answer(ticket, "late").error().code(), Errc::conflict);
    EXPECT_EQ(session_.peers_of(ticket), nullptr);

    establish();
    const auto old_handle = handle_;
    auto old_context = std::move(context_);
    for (int i = 0; i < 4; ++i)
        establish();
    ticket_of(data_call(1));
    std::swap(old_context, context_);
    handle_ = old_handle;
    EXPECT_EQ(denial_of(data_call(1)), AuthStatus::gss_credential_problem);
}

TEST_F(SessionOfAServer, ACallOfAnotherProgramIsAnsweredSigned) {
    establish();
    const auto call_of = [&](std::uint32_t other_program, std::uint32_t version, std::uint32_t sequence) {
        const std::string body = wire::gss_credential({GssProcedure::data, sequence, GssService::privacy, handle_});
        wire::RpcCall call;
        call.program = other_program;
        call.program_version = version;
        call.credential = {wire::AuthFlavor::rpcsec_gss, body};
        std::string record = wire::rpc_call_head(call);
        wire::write_rpc_auth(record, {wire::AuthFlavor::rpcsec_gss, context_->make_mic(record).value()});
        return record;
    };
    EXPECT_EQ(wire::parse_rpc_reply(reply_to(call_of(100424, 1, 1))).value().status, AcceptStatus::program_unavailable);
    const auto record = reply_to(call_of(program, 2, 2));
    const auto reply = wire::parse_rpc_reply(record).value();
    EXPECT_EQ(reply.status, AcceptStatus::program_mismatch);
    EXPECT_EQ(reply.lowest, 1u);
    EXPECT_TRUE(context_->verify_mic(wire::signed_number(2), reply.verifier.body));
}

}  // namespace
}  // namespace kpropgw::testing
