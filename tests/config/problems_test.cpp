// What is wrong with a file, asserted whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/fixture.hpp"

using testing::ElementsAre;

namespace kpropgw::config {
namespace {

class ConfigProblems : public ConfigFile {};

TEST_F(ConfigProblems, EveryProblemIsReportedInOneRun) {
    EXPECT_THAT(
        problems(R"([gatway]
    realm = X
[gateway]
    acl_fil = a
    dns_check = maybe
    host = two names
    listen = localhost:754
    max_connections = 0
    max_dump = 64KB
    min_rate = { 
    }
    prop_intervall = 5m
    realm = A@B
    retry_max = 1s
    source = iprop:
    store = postgresql:db
    keytab = a ; the key
    load_timeout = 8d
    idle_timeout = 500ms
    zzz = 1
[log]
    level = warn
[secondary]
    kdc2 = { dump = r14 }
    kdc3 = yes
    kdc4 = {
        dumb = r13
    }
)"),
        ElementsAre(": [gateway] acl_fil: key is not known; did you mean \"acl_file\"?",
                    ": [gateway] dns_check: \"maybe\" is not available; allowed: require, warn, off",
                    ": [gateway] host: \"two names\" is not one name; no blank, \"@\" or \"/\" is allowed",
                    ": [gateway] idle_timeout: \"500ms\" is not a duration; write whole seconds, or a number "
                    "with s, m, h or d",
                    ": [gateway] keytab: \"a ; the key\" holds a comment; put it on a line of its own",
                    ": [gateway] listen: \"localhost:754\" is not an address and port; write \"[::]:754\", "
                    "\"0.0.0.0:754\" or \"127.0.0.1:7754\"",
                    ": [gateway] load_timeout: \"8d\" is out of range; 1s to 7d is allowed",
                    ": [gateway] max_connections: \"0\" is out of range; 1 to 65536 is allowed",
                    ": [gateway] max_dump: \"64KB\" is not a size; write bytes, or a number with K, M, G or T",
                    ": [gateway] min_rate: takes a value, not a section in braces",
                    ": [gateway] prop_intervall: key is not known; did you mean \"prop_interval\"?",
                    ": [gateway] realm: \"A@B\" is not one name; no blank, \"@\" or \"/\" is allowed",
                    ": [gateway] source: \"iprop:\" is not a source; write kprop, iprop:HOST, iprop:HOST:PORT or "
                    "ulog:FILE",
                    ": [gateway] store: \"postgresql:db\" is not a store; write lmdb:DIRECTORY",
                    ": [gateway] zzz: key is not known",
                    ": [gatway]: section \"gatway\" is not known; did you mean \"gateway\"?",
                    ": [log] level: \"warn\" is not available; allowed: debug, info, warning, error",
                    ::testing::StartsWith(": [secondary] kdc2 dump: "),
                    ": [secondary] kdc3: \"yes\" is not of the form \"{ dump = r13, min_rate = 64K }\"",
                    ": [secondary] kdc4 dumb: key is not known; did you mean \"dump\"?",
                    ": [gateway] retry_min: 5s is more than retry_max, which is 1s"));
}

TEST_F(ConfigProblems, AKeyOrAHostThatStandsTwiceIsRefused) {
    EXPECT_THAT(problems("[gateway]\nrealm = A\nrealm = B\n[secondary]\nkdc = { dump = r13 }\nKDC = { dump = r18 }\n"),
                ElementsAre(": [gateway] realm: is set more than once", ": [secondary] kdc: is set more than once"));
}

TEST_F(ConfigProblems, AMissingFileIsOneProblem) {
    EXPECT_THAT(
        config::read(directory_ + "/none.conf").problems,
        ElementsAre(directory_ + "/none.conf: there is no such file; name the right one by -c FILE or KPROPGW_CONFIG"));
    EXPECT_THAT(config::read(directory_).problems, ElementsAre(directory_ + ": is a directory, not a file"));
}

TEST_F(ConfigProblems, ASyntaxErrorNamesItsLine) {
    EXPECT_THAT(problems("# first\n[gateway]\n    realm = X\n    nonsense\n    host = y\n[log]\n"),
                ElementsAre(":4: no \"=\" after the name; write \"key = value\" below a \"[section]\""));
    EXPECT_THAT(problems("[gateway\n"), ElementsAre(":1: a section is written \"[name]\" on a line of its own"));
    EXPECT_THAT(problems("[gateway]\nrealm = X\n}\n"), ElementsAre(":3: a \"}\" that closes nothing"));
    EXPECT_THAT(problems("[secondary]\nkdc = {\n dump = r13\n\n[log]\n"),
                ElementsAre(":5: a \"[section]\" inside of braces; close them by \"}\" first"));
    EXPECT_THAT(problems("[gateway]\nrealm =\nhost = y\n"),
                ElementsAre(":3: no value; write \"key = value\", or \"key = {\" with a \"}\" below"));
    EXPECT_THAT(problems("[gateway]\nrealm = X\nnonsense"), ElementsAre(testing::StartsWith(":3: no \"=\"")));
}

TEST_F(ConfigProblems, WhatLibkrb5WouldPassOverIsAProblem) {
    EXPECT_THAT(problems("# a comment\n\n  realm = X\n[gateway]\n"),
                ElementsAre(":3: stands before the first \"[section]\""));
    EXPECT_THAT(problems("realm = X"), ElementsAre(":1: stands before the first \"[section]\""));
    EXPECT_THAT(problems("[secondary]\nkdc = {\n    dump = r13\n"),
                ElementsAre(": a \"{\" is open at the end; close it by \"}\" on a line of its own"));
}

}  // namespace
}  // namespace kpropgw::config
