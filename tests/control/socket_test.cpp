#include "gateway/control/socket.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>

#include <fstream>

#include "gateway/control/client.hpp"
#include "tests/control/fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;

namespace {

class ControlSocketTest : public Folder {
protected:
    FakeOrders orders_;
};

TEST_F(ControlSocketTest, ASecondGatewayIsRefusedAndTheFirstGoesOn) {
    const Running first(path_, orders_);
    {
        const Running second(path_, orders_);
        ASSERT_FALSE(second.started());
        EXPECT_EQ(second.started().error().code(), Errc::conflict);
        EXPECT_EQ(second.started().error().text(), path_ + ": another kpropgw is running");
    }
    EXPECT_TRUE(fetch_status(path_));
}

TEST_F(ControlSocketTest, TheNameOfADeadGatewayIsTakenOver) {
    {
        auto dead = ControlSocket::listen(path_);
        ASSERT_TRUE(dead);
        // A crash leaves the name: a second link to it outlives the first, which goes with the object.
        std::filesystem::create_hard_link(path_, directory_ + "/left");
    }
    std::filesystem::rename(directory_ + "/left", path_);
    EXPECT_FALSE(fetch_status(path_));
    const Running running(path_, orders_);
    ASSERT_TRUE(running.started()) << running.started().error();
    EXPECT_TRUE(fetch_status(path_));
}

TEST_F(ControlSocketTest, AFileThatIsNoSocketIsLeftAlone) {
    std::ofstream(path_) << "precious";
    const auto socket = ControlSocket::listen(path_);
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().text(), path_ + ": is there and no socket; remove it or set another \"control\"");
    EXPECT_EQ(std::filesystem::file_size(path_), 8u);
}

TEST_F(ControlSocketTest, ANameThatAnotherHasTakenSinceIsNotRemoved) {
    {
        const auto socket = ControlSocket::listen(path_);
        ASSERT_TRUE(socket);
        std::filesystem::rename(path_, directory_ + "/elsewhere");
        std::ofstream(path_) << "another's";
    }
    EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(ControlSocketTest, TheLastFolderIsMadeForThisUserAlone) {
    const std::string path = directory_ + "/run/control.sock";
    const auto socket = ControlSocket::listen(path);
    ASSERT_TRUE(socket) << socket.error();
    EXPECT_EQ(std::filesystem::status(directory_ + "/run").permissions(), std::filesystem::perms::owner_all);
    const auto deeper = ControlSocket::listen(directory_ + "/no/such/control.sock");
    ASSERT_FALSE(deeper);
    EXPECT_EQ(deeper.error().code(), Errc::not_found);
}

TEST_F(ControlSocketTest, TwoThatStartAtOnceDoNotBothWin) {
    const File folder(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ASSERT_EQ(::flock(folder.descriptor(), LOCK_EX), 0);
    const auto socket = ControlSocket::listen(path_);
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().text(), directory_ + ": locked, another kpropgw is starting; try again");
}

TEST_F(ControlSocketTest, ANameThatIsTooLongIsSaidToBe) {
    const std::string path = directory_ + "/" + std::string(120, 'x');
    EXPECT_THAT(ControlSocket::listen(path).error().text(),
                testing::EndsWith("too long a name for a unix socket; at most 107"));
    EXPECT_THAT(fetch_status(path).error().text(), testing::EndsWith("too long a name for a unix socket"));
}

}  // namespace
