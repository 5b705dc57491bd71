#include <gmock/gmock.h>
#include <sysexits.h>

#include "tests/cli/program.hpp"

using ::testing::HasSubstr;

namespace kpropgw::cli {
namespace {

class ConfigCommand : public Program {
protected:
    /// Files that will all do.
    std::string good() {
        write("kpropd.acl", "kdc1.example.com Primary\nkdc2.example.com Replace\n");
        write("kpropd.ktf", "");
        return write("kpropgw.conf", settings);
    }

    static constexpr const char* settings =
        "[gateway]\nacl_file = kpropd.acl\nkeytab = kpropd.ktf\nstore = lmdb:store\ncontrol = run/control.sock\n"
        "[secondary]\nkdc2.example.com = { dump = r13 }\n";
};

TEST_F(ConfigCommand, CheckSaysWhatWillDo) {
    const std::string file = good();
    const auto finished = run({"config", "check", "-c", file});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output, file + ": no errors\n" +                                                //
                                   "acl_file " + directory_ + "/kpropd.acl: 2 servers, no errors\n" +  //
                                   "keytab " + directory_ + "/kpropd.ktf: readable\n" +                //
                                   "store " + directory_ + "/store: can be made\n" +                   //
                                   "control " + directory_ + "/run: can be made\n");
    EXPECT_FALSE(std::filesystem::exists(directory_ + "/store"));
    std::filesystem::create_directory(directory_ + "/store");
    EXPECT_THAT(run({"config", "check", "-c", file}).output, HasSubstr("/store: writable\n"));
}

TEST_F(ConfigCommand, CheckKnowsTheGroupThatMayLook) {
    good();
    const std::string file = write("kpropgw.conf", std::string(settings) + "[status]\nreaders = no-such-group\n");
    const auto finished = run({"config", "check", "-c", file});
    EXPECT_EQ(finished.status, EX_CONFIG);
    EXPECT_EQ(finished.errors, file +
                                   ": [status] readers: group \"no-such-group\" is not known here: groupadd --system "
                                   "no-such-group\n");
    write("kpropgw.conf", std::string(settings) + "[status]\nreaders = daemon\n");
    EXPECT_THAT(run({"config", "check", "-c", file}).output, HasSubstr("readers daemon: group 1\n"));
}

TEST_F(ConfigCommand, CheckReportsEveryFileThatWillNotDo) {
    const std::string file = good();
    std::filesystem::remove(directory_ + "/kpropd.ktf");
    write("kpropd.acl", "kdc1.example.com Primray\n");
    write("store", "a file");
    write("run", "a file");
    const auto finished = run({"config", "check", "-c", file});
    EXPECT_EQ(finished.status, EX_CONFIG);
    EXPECT_EQ(finished.output, file + ": no errors\n");
    EXPECT_THAT(finished.errors, HasSubstr("kpropd.acl:1:18: error: "));
    EXPECT_THAT(finished.errors, HasSubstr(file + ": [gateway] keytab: " + directory_ + "/kpropd.ktf: No such file"));
    EXPECT_THAT(finished.errors, HasSubstr(file + ": [gateway] store: " + directory_ + "/store: Not a directory"));
    EXPECT_THAT(finished.errors, HasSubstr(file + ": [gateway] control: " + directory_ + "/run: Not a directory"));
}

TEST_F(ConfigCommand, OneFileThatWillNotDoIsEnoughForStatus78) {
    const std::string file = good();
    for (const std::string name : {"kpropd.acl", "kpropd.ktf", "store", "run"}) {
        good();
        std::filesystem::remove(directory_ + "/" + name);
        if (name == "store" || name == "run") write(name, "a file");
        EXPECT_EQ(run({"config", "check", "-c", file}).status, EX_CONFIG) << name;
        std::filesystem::remove(directory_ + "/" + name);
    }
}

TEST_F(ConfigCommand, CheckReadsTheListInItsCodePage) {
    good();
    std::filesystem::copy_file(KPROPGW_SOURCE_DIR "/samples/kpropd.acl.ibm-1047", directory_ + "/ebcdic.acl");
    const std::string file = write("kpropgw.conf",
                                   "[gateway]\nacl_file = ebcdic.acl\nacl_codepage = 1047\nkeytab = "
                                   "kpropd.ktf\nstore = lmdb:store\ncontrol = control.sock\n");
    EXPECT_EQ(run({"config", "check", "-c", file}).status, EX_OK);
    write("kpropgw.conf", "[gateway]\nacl_file = ebcdic.acl\nacl_codepage = IBM-104\nkeytab = kpropd.ktf\n");
    const auto finished = run({"config", "check", "-c", file});
    EXPECT_EQ(finished.status, EX_CONFIG);
    EXPECT_THAT(finished.errors, HasSubstr("\"IBM-104\""));
}

TEST_F(ConfigCommand, CheckFindsASecondaryThatIsNoServer) {
    const std::string file = good();
    write("kpropgw.conf", std::string(settings) + "kdc9.example.com = { dump = r13 }\n");
    const auto finished = run({"config", "check", "-c", file});
    EXPECT_EQ(finished.status, EX_CONFIG);
    EXPECT_EQ(finished.errors,
              file + ": [secondary] kdc9.example.com: is no server of " + directory_ + "/kpropd.acl\n");
}

TEST_F(ConfigCommand, ProblemsEndEveryCommandThatNeedsTheFileWith78) {
    const std::string file = write("kpropgw.conf", "[gateway]\nprop_intervall = 5m\nlisten = here\n");
    const std::string expected = file +
                                 ": [gateway] listen: \"here\" is not an address and port; write \"[::]:754\", "
                                 "\"0.0.0.0:754\" or \"127.0.0.1:7754\"\n" +
                                 file +
                                 ": [gateway] prop_intervall: key is not known; did you mean \"prop_interval\"?\n";
    for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
             {"config", "check"}, {"config", "show"}, {"serve"}, {"status"}, {"display", "prop"}, {"prop", "--all"}}) {
        std::vector<std::string> arguments = command;
        arguments.insert(arguments.end(), {"-c", file});
        const auto finished = run(arguments);
        EXPECT_EQ(finished.status, EX_CONFIG) << command[0];
        EXPECT_EQ(finished.errors, expected) << command[0];
        EXPECT_EQ(finished.output, "") << command[0];
    }
}

TEST_F(ConfigCommand, ShowPrintsAFileThatIsReadBackTheSame) {
    const auto first = run({"config", "show", "-c", good()});
    ASSERT_EQ(first.status, EX_OK) << first.errors;
    EXPECT_THAT(first.output, HasSubstr("    acl_file = " + directory_ + "/kpropd.acl\n"));
    const std::string again = write("again.conf", first.output);
    const auto second = run({"config", "show", "-c", again});
    const auto after_name = [](const std::string& text) { return text.substr(text.find('\n')); };
    EXPECT_EQ(after_name(second.output), after_name(first.output));
}

TEST_F(ConfigCommand, TheEnvironmentNamesTheFile) {
    const auto finished = shell("KPROPGW_CONFIG=" + good() + " $kpropgw config check");
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
}

}  // namespace
}  // namespace kpropgw::cli
