#include <gmock/gmock.h>
#include <sysexits.h>

#include <chrono>

#include "tests/cli/dnsmasq.hpp"
#include "tests/cli/program.hpp"

using ::testing::ContainsRegex;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

namespace kpropgw::cli {
namespace {

class AclResolve : public Program {
protected:
    testing::Finished check(const std::string& list) const {
        return run({"acl", "check", write("kpropd.acl", list), "--resolve", "--server", dns().address()});
    }

    static const Dnsmasq& dns() {
        static const Dnsmasq server({
            "--local=/example.com/",
            "--local=/2.0.192.in-addr.arpa/",
            "--local=/127.in-addr.arpa/",
            "--host-record=kdc1.example.com,192.0.2.1",
            "--host-record=kdc2.example.com,192.0.2.2,2001:db8::2",
            "--cname=alias.example.com,kdc1.example.com",
            "--address=/other.example.com/192.0.2.1",
            "--address=/nameless.example.com/192.0.2.8",
            "--address=/several.example.com/192.0.2.9",
            "--ptr-record=9.2.0.192.in-addr.arpa,several.example.com",
            "--ptr-record=9.2.0.192.in-addr.arpa,web.example.com",
            "--address=/loop.example.com/127.0.1.1",
            "--txt-record=text.example.com,no address",
        });
        return server;
    }
};

TEST_F(AclResolve, HostsThatLeadThereAndBackAreGood) {
    const auto finished = check("kdc1.example.com Primary\nKDC2.example.com Replace\n");
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.errors, "");
    EXPECT_THAT(finished.output, EndsWith(": 2 servers, no errors\n"));
}

TEST_F(AclResolve, AHostThatDoesNotResolveIsBadData) {
    const auto finished =
        check("kdc1.example.com Primary\n; a comment\n  kdc9.example.com Replace\ntext.example.com Manual\n");
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_EQ(finished.output, "");
    EXPECT_THAT(finished.errors,
                HasSubstr("kpropd.acl:3:3: error: \"kdc9.example.com\" does not resolve: the name is not "
                          "known\n  kdc9.example.com Replace\n  ^~~~~~~~~~~~~~~~\n"));
    EXPECT_THAT(finished.errors,
                HasSubstr(":4:1: error: \"text.example.com\" does not resolve: the name has no address\n"));
    EXPECT_THAT(finished.errors, EndsWith(": 3 servers, 2 errors\n"));
}

TEST_F(AclResolve, WhatLeadsElsewhereIsAWarning) {
    const auto finished = check(
        "kdc1.example.com Primary\nalias.example.com Replace\nother.example.com Replace\nnameless.example.com Replace\n"
        "several.example.com Replace\nloop.example.com Replace\n");
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    for (const char* text :
         {":2:1: warning: \"alias.example.com\" is an alias; write \"kdc1.example.com\", the primary name of the "
          "host\n",
          ":3:1: warning: 192.0.2.1, the address of \"other.example.com\", is \"kdc1.example.com\" in DNS; ",
          ":4:1: warning: 192.0.2.8, the address of \"nameless.example.com\", has no name in DNS; ",
          ":6:1: warning: \"loop.example.com\" resolves to 127.0.1.1, where every host reaches itself; "})
        EXPECT_THAT(finished.errors, HasSubstr(text));
    EXPECT_THAT(finished.errors, ContainsRegex(":5:1: warning: 192.0.2.9, the address of \"several.example.com\", "
                                               "has several names in DNS, .*web.example.com"));
    EXPECT_THAT(finished.output, EndsWith(": 6 servers, no errors, 5 warnings\n"));
}

TEST_F(AclResolve, ManyHostsAreAskedForAtOnce) {
    std::string list = "kdc1.example.com Primary\n";
    for (int i = 0; i < 500; ++i)
        list += "none" + std::to_string(i) + ".example.com Replace\n";
    const auto finished = check(list);
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_THAT(finished.errors, EndsWith(": 501 servers, 500 errors\n"));
    EXPECT_THAT(finished.errors, Not(HasSubstr("in time")));
}

TEST_F(AclResolve, TheOwnEntryIsFoundByThePrimaryNameOfTheHost) {
    const std::string file = write("kpropd.acl", "kdc1.example.com Primary\n");
    const auto finished =
        run({"acl", "check", file, "--resolve", "--server", dns().address(), "--host", "alias.example.com"});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_THAT(finished.errors, HasSubstr(":1:1: warning: \"kdc1.example.com\" is this host: "));
    const auto absent =
        run({"acl", "check", file, "--resolve", "--server", dns().address(), "--host", "gw.example.com"});
    EXPECT_EQ(absent.status, EX_OK);
    EXPECT_EQ(absent.errors, "");
}

TEST_F(AclResolve, ADnsServerThatDoesNotAnswerIsUnavailableInTime) {
    const SilentServer silent;
    const auto start = std::chrono::steady_clock::now();
    const auto finished =
        run({"acl", "check", write("kpropd.acl", "kdc1.example.com Primary\nkdc2.example.com Update\n"), "--resolve",
             "--server", silent.address(), "--timeout", "1"});
    EXPECT_EQ(finished.status, EX_UNAVAILABLE);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    EXPECT_THAT(finished.errors, HasSubstr("\"kdc1.example.com\" does not resolve: no answer from DNS in time\n"));
    EXPECT_THAT(finished.errors, HasSubstr("\"kdc2.example.com\" does not resolve: no answer from DNS in time\n"));
}

TEST_F(AclResolve, AFileWithErrorsIsNotLookedUp) {
    const auto finished = check("kdc1.example.com Primray\nkdc9.example.com Replace\n");
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_THAT(finished.errors, HasSubstr("kpropd.acl: hosts are looked up when no errors are left\n"));
    EXPECT_THAT(finished.errors, Not(HasSubstr("kdc9")));
}

TEST_F(AclResolve, AServerThatIsNoAddressIsToldSo) {
    const std::string file = write("kpropd.acl", "kdc1.example.com Primary\n");
    const auto finished = run({"acl", "check", file, "--resolve", "--server", "not an address"});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_EQ(finished.errors, "kpropgw: \"not an address\" is not ADDRESS or ADDRESS:PORT of a DNS server\n");
    EXPECT_EQ(run({"acl", "check", file, "--server", "127.0.0.1"}).status, EX_USAGE);
}

}  // namespace
}  // namespace kpropgw::cli
