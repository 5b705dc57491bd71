#include "gateway/wire/rpc.hpp"

#include <gtest/gtest.h>

#include <random>

#include "wire/mutations.hpp"

namespace kpropgw::wire {
namespace {

using namespace std::string_view_literals;

constexpr auto null_call =
    "\0\0\0\7"
    "\0\0\0\0"
    "\0\0\0\2"
    "\0\1\x88\x47"
    "\0\0\0\1"
    "\0\0\0\0"
    "\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0\0"sv;

TEST(RpcRecord, TheMarkIsALengthAndABitForTheLastFragment) {
    EXPECT_EQ(record_mark({0x102, true}), (std::array<char, 4>{'\x80', 0, 1, 2}));
    EXPECT_EQ(record_mark({0x102, false}), (std::array<char, 4>{0, 0, 1, 2}));
    const auto mark = parse_record_mark({0, 0, 1, 2}, 0x102).value();
    EXPECT_EQ(mark.length, 0x102u);
    EXPECT_FALSE(mark.is_last);
    EXPECT_TRUE(parse_record_mark({'\x80', 0, 0, 0}, 0).value().is_last);
}

TEST(RpcRecord, AFragmentIsLimitedBeforeItIsAllocated) {
    EXPECT_EQ(parse_record_mark({'\xff', '\xff', '\xff', '\xff'}, 1024).error().text(),
              "an RPC fragment of 2147483647 bytes exceeds what its record may have, which is 1024 bytes more");
    EXPECT_FALSE(parse_record_mark({0, 0, 0, 0}, 1024)) << "would be read for ever";
}

TEST(RpcCall, OfNullWithoutAuthenticationIsTenWords) {
    RpcCall call;
    call.xid = 7;
    call.program = 100423;
    call.program_version = 1;
    std::string record = rpc_call_head(call);
    write_rpc_auth(record, {});
    EXPECT_EQ(record, null_call);

    const auto parsed = parse_rpc_call(record).value();
    EXPECT_EQ(parsed.xid, 7u);
    EXPECT_EQ(parsed.program, 100423u);
    EXPECT_EQ(parsed.program_version, 1u);
    EXPECT_EQ(parsed.procedure, 0u);
    EXPECT_EQ(parsed.credential.flavor, AuthFlavor::none);
    EXPECT_EQ(parsed.arguments, "");
    EXPECT_EQ(parsed.head, null_call.substr(0, 32));
}

TEST(RpcCall, HeadIsWhatASignatureIsOver) {
    RpcCall call;
    call.credential = {AuthFlavor::rpcsec_gss, "abcde"};
    std::string record = rpc_call_head(call);
    const std::string head = record;
    write_rpc_auth(record, {AuthFlavor::rpcsec_gss, "signature"});
    record += "arguments";
    const auto parsed = parse_rpc_call(record).value();
    EXPECT_EQ(parsed.head, head);
    EXPECT_EQ(parsed.credential.body, "abcde");
    EXPECT_EQ(parsed.verifier.body, "signature");
    EXPECT_EQ(parsed.arguments, "arguments");
}

TEST(RpcCall, OfAnotherRpcVersionGivesItsXidAndNoMore) {
    std::string record(null_call);
    record[11] = 3;
    const auto parsed = parse_rpc_call(record).value();
    EXPECT_EQ(parsed.xid, 7u);
    EXPECT_EQ(parsed.version, 3u);
    EXPECT_EQ(parsed.program, 0u);
}

TEST(RpcCall, TruncatedOrAReplyOrWithTooMuchAuthenticationIsRefused) {
    for (std::size_t length = 0; length < null_call.size(); ++length)
        EXPECT_FALSE(parse_rpc_call(null_call.substr(0, length))) << length;
    std::string reply(null_call);
    reply[7] = 1;
    EXPECT_EQ(parse_rpc_call(reply).error().text(), "RPC call: byte 8: it is not a call");
    RpcCall call;
    const std::string much(401, 'x');
    call.credential.body = much;
    std::string record = rpc_call_head(call);
    write_rpc_auth(record, {});
    EXPECT_EQ(parse_rpc_call(record).error().text(), "RPC call: byte 32: credential has 401 bytes, the limit is 400");
}

TEST(RpcReply, OfSuccessCarriesVerifierAndResults) {
    RpcReply reply;
    reply.xid = 9;
    reply.verifier = {AuthFlavor::rpcsec_gss, "mic"};
    reply.results = "\0\0\0\4"sv;
    const std::string record = rpc_reply(reply);
    EXPECT_EQ(record, "\0\0\0\x09\0\0\0\1\0\0\0\0\0\0\0\6\0\0\0\3mic\0\0\0\0\0\0\0\0\4"sv);
    const auto parsed = parse_rpc_reply(record).value();
    EXPECT_EQ(parsed.xid, 9u);
    EXPECT_EQ(parsed.kind, RpcReply::Kind::accepted);
    EXPECT_EQ(parsed.verifier.body, "mic");
    EXPECT_EQ(parsed.status, AcceptStatus::success);
    EXPECT_EQ(parsed.results, "\0\0\0\4"sv);
}

TEST(RpcReply, EveryOtherKindIsReadAsItWasWritten) {
    RpcReply mismatch;
    mismatch.kind = RpcReply::Kind::version_mismatch;
    mismatch.lowest = mismatch.highest = 2;
    EXPECT_EQ(rpc_reply(mismatch), "\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\2\0\0\0\2"sv);
    EXPECT_EQ(parse_rpc_reply(rpc_reply(mismatch)).value().highest, 2u);
    for (const std::uint32_t number : {1u, 2u, 3u, 4u, 5u, 6u, 7u, 13u, 14u, 99u}) {
        RpcReply denied;
        denied.kind = RpcReply::Kind::denied;
        denied.refusal = static_cast<AuthStatus>(number);
        const std::string record = rpc_reply(denied);
        const auto parsed = parse_rpc_reply(record).value();
        EXPECT_EQ(parsed.kind, RpcReply::Kind::denied);
        EXPECT_EQ(parsed.refusal, denied.refusal);
        EXPECT_EQ(rpc_reply(parsed), record);
    }
    for (const std::uint32_t number : {0u, 1u, 2u, 3u, 4u, 5u}) {
        RpcReply accepted;
        accepted.status = static_cast<AcceptStatus>(number);
        accepted.lowest = 1;
        accepted.highest = 4;
        const std::string record = rpc_reply(accepted);
        EXPECT_EQ(parse_rpc_reply(record).value().status, accepted.status);
        EXPECT_EQ(rpc_reply(parse_rpc_reply(record).value()), record);
        for (std::size_t length = 0; length < record.size(); ++length)
            EXPECT_FALSE(parse_rpc_reply(record.substr(0, length))) << number << " " << length;
        EXPECT_EQ(parse_rpc_reply(record + "more").has_value(), number == 0) << number;
    }
}

TEST(RpcReply, WithANumberThatRfc5531DoesNotHaveIsRefused) {
    EXPECT_FALSE(parse_rpc_reply("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv)) << "a call";
    EXPECT_FALSE(parse_rpc_reply("\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0\0"sv)) << "state 2";
    EXPECT_FALSE(parse_rpc_reply("\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\6"sv)) << "accept status 6";
    EXPECT_FALSE(parse_rpc_reply("\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\2\0\0\0\0"sv)) << "denial 2";
}

TEST(Rpc, WhatIsReadOfChangedBytesIsTheSameWhenWrittenAndReadAgain) {
    RpcReply reply;
    reply.verifier = {AuthFlavor::rpcsec_gss, "12345678"};
    reply.results = "results";
    const std::string original = rpc_reply(reply);
    for_each_mutation(original, [](const std::string& changed) {
        const auto parsed = parse_rpc_reply(changed);
        if (parsed) {
            EXPECT_EQ(rpc_reply(parse_rpc_reply(rpc_reply(*parsed)).value()), rpc_reply(*parsed));
        }
        const auto call = parse_rpc_call(changed);
        if (call && call->version == rpc_version) {
            EXPECT_TRUE(changed.starts_with(call->head));
        }
    });
}

}  // namespace
}  // namespace kpropgw::wire
