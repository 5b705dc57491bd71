// Who may order and who may look. What other users get is asked by children that become them, for which root is needed.
#include "gateway/control/access.hpp"

#include <gmock/gmock.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "gateway/control/client.hpp"
#include "tests/control/fixture.hpp"

namespace kpropgw::control {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr uid_t somebody = 65534;
constexpr gid_t readers_group = 1;  // "daemon", which is on every machine
constexpr auto readers_name = "daemon";

enum Outcome { unforeseen, answered, denied_by_the_system, denied_as_nobody, denied_as_reader, conflict };

Outcome outcome_of(const Error& error) {
    if (error.code() == Errc::conflict) return conflict;
    if (error.code() != Errc::denied) return unforeseen;
    if (error.text() == "only the gateway's own user and root may order") return denied_as_nobody;
    if (error.text().ends_with("may look: status, journal")) return denied_as_reader;
    return error.text().ends_with("members of [status] readers look") ? denied_by_the_system : unforeseen;
}

class ControlAccess : public Folder {
protected:
    void SetUp() override {
        if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
        std::filesystem::permissions(directory_, std::filesystem::perms(0755));
    }

    /// What happens to a user of these groups, the first of which is its own.
    Outcome as_somebody(const std::vector<gid_t>& groups, const std::function<Outcome()>& ask) {
        const pid_t child = ::fork();
        if (child == 0) {
            const gid_t own = groups.front();
            if (::setgroups(groups.size(), groups.data()) != 0 || ::setresgid(own, own, own) != 0 ||
                ::setresuid(somebody, somebody, somebody) != 0) {
                ::_exit(99);
            }
            ::_exit(ask());
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? static_cast<Outcome>(WEXITSTATUS(status)) : unforeseen;
    }
    Outcome looking(const std::vector<gid_t>& groups) {
        return as_somebody(groups, [this] {
            const auto status = fetch_status(path_);
            return status ? answered : outcome_of(status.error());
        });
    }
    Outcome ordering(const std::vector<gid_t>& groups) {
        return as_somebody(groups, [this] {
            const auto done = order_skip(path_, {"kdc1", 42});
            return done ? answered : outcome_of(done.error());
        });
    }
    mode_t mode() const {
        struct stat found {};
        EXPECT_EQ(::stat(path_.c_str(), &found), 0);
        return found.st_mode & 07777;
    }

    FakeOrders orders_;
};

TEST(ControlAccessRules, RootAndTheOwnUserOrderReadersLook) {
    EXPECT_EQ(access_of({1000, {}}, 1000, {}), Access::order);
    EXPECT_EQ(access_of({0, {}}, 1000, {}), Access::order);
    EXPECT_EQ(access_of({1001, {7}}, 1000, {}), Access::none);
    EXPECT_EQ(access_of({1001, {7}}, 1000, 8), Access::none);
    EXPECT_EQ(access_of({1001, {7, 8}}, 1000, 8), Access::look);
    EXPECT_EQ(access_of({1000, {8}}, 0, 8), Access::look);
    EXPECT_EQ(access_of({1000, {8}}, 1000, 8), Access::order);
}

TEST(ControlAccessRules, AGroupIsFoundByItsName) {
    EXPECT_EQ(find_group(readers_name).value(), readers_group);
    const auto none = find_group("no-such-group");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code(), Errc::not_found);
    EXPECT_EQ(none.error().text(), "group \"no-such-group\" is not known here: groupadd --system no-such-group");
}

TEST(ControlAccessRules, APeerIsWhoeverConnected) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    const auto peer = peer_of(ends[0]);
    ASSERT_TRUE(peer) << peer.error();
    EXPECT_EQ(peer->uid, ::geteuid());
    EXPECT_THAT(peer->groups, Contains(::getegid()));
    ::close(ends[0]);
    ::close(ends[1]);
    EXPECT_FALSE(peer_of(-1));
}

TEST_F(ControlAccess, WithoutReadersNobodyElseIsLetIn) {
    const Running running(path_, orders_);
    EXPECT_EQ(mode(), 0600u);
    EXPECT_EQ(looking({somebody}), denied_by_the_system);
    EXPECT_EQ(looking({0}), denied_by_the_system);
    // An operator who opens the file has not said who may.
    ASSERT_EQ(::chmod(path_.c_str(), 0666), 0);
    EXPECT_EQ(looking({somebody}), denied_as_nobody);
    EXPECT_EQ(ordering({somebody}), denied_as_nobody);
}

TEST_F(ControlAccess, ReadersLookAndAreToldWhoMayOrder) {
    const Running running(path_, orders_, {}, readers_name);
    ASSERT_TRUE(running.started()) << running.started().error();
    EXPECT_EQ(mode(), 0660u);
    EXPECT_EQ(looking({readers_group}), answered) << "by its own group";
    EXPECT_EQ(looking({somebody, 4, readers_group}), answered) << "by another of its groups";
    EXPECT_EQ(ordering({readers_group}), denied_as_reader);
    EXPECT_EQ(looking({somebody}), denied_by_the_system);
    ASSERT_EQ(::chmod(path_.c_str(), 0666), 0);
    EXPECT_EQ(looking({somebody}), denied_as_reader) << "as everyone who is neither";
    EXPECT_TRUE(fetch_status(path_)) << "root";
    EXPECT_TRUE(order_skip(path_, {"kdc1", 42})) << "root";
}

TEST_F(ControlAccess, ManyGroupsAreAllLookedAt) {
    const Running running(path_, orders_, {}, readers_name);
    std::vector<gid_t> groups;
    for (gid_t group = 2000; group < 2200; ++group)
        groups.push_back(group);
    groups.push_back(readers_group);
    EXPECT_EQ(looking(groups), answered);
}

TEST_F(ControlAccess, AFolderThatIsMadeLetsReadersThrough) {
    path_ = directory_ + "/run/control.sock";
    const Running running(path_, orders_, {}, readers_name);
    ASSERT_TRUE(running.started()) << running.started().error();
    EXPECT_EQ(looking({readers_group}), answered);
    EXPECT_EQ(looking({somebody}), denied_by_the_system);
}

TEST_F(ControlAccess, AGroupThatTheGatewayIsNotInIsSaidAtTheStart) {
    ASSERT_EQ(::chown(directory_.c_str(), somebody, static_cast<gid_t>(-1)), 0);
    EXPECT_EQ(as_somebody({somebody},
                          [this] {
                              FakeOrders orders;
                              const Running running(path_, orders, {}, readers_name);
                              const bool said = !running.started() &&
                                                running.started().error().code() == Errc::denied &&
                                                running.started().error().text().ends_with("a member of that group");
                              return said ? answered : unforeseen;
                          }),
              answered);
}

TEST_F(ControlAccess, AGroupThatIsNoneIsSaidAtTheStart) {
    const Running running(path_, orders_, {}, "no-such-group");
    ASSERT_FALSE(running.started());
    EXPECT_THAT(running.started().error().text(), HasSubstr("[status] readers: group \"no-such-group\" is not known"));
}

}  // namespace
}  // namespace kpropgw::control
