#include "support/realm.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "base/file.hpp"
#include "support/pipe.hpp"

namespace kpropgw::testing {
namespace {

const std::string script = std::string{KPROPGW_SOURCE_DIR} + "/samples/realm";

std::filesystem::path new_directory() {
    // Short, for the path of a unix socket has at most 107 characters.
    std::string path = (std::filesystem::temp_directory_path() / "kpropgw-e2e.XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error(path + ": " + std::strerror(errno));
    return path;
}

}  // namespace

/// A shell, not our child and in no group of ours, that ends the realm when it reads the end of its stdin: the
/// destructor closes that, and so does the kernel when we are killed.
class Realm::Guardian {
public:
    explicit Guardian(const std::filesystem::path& directory) {
        Pipe input;
        Pipe output;
        const auto pid = spawn({"setsid", "--fork", "sh", "-c", R"(cat >/dev/null; "$0" "$1" stop; rm -rf "$1")",
                                script, directory.string()},
                               input.read_end.descriptor(), output.write_end.descriptor(), STDERR_FILENO);
        ::waitpid(pid, nullptr, 0);
        ours_ = std::move(input.write_end);
        its_ = std::move(output.read_end);
    }

    ~Guardian() {
        ours_ = File{};
        std::array<char, 256> bytes;
        while (::read(its_.descriptor(), bytes.data(), bytes.size()) > 0)
            continue;
    }

private:
    File ours_;
    File its_;
};

Realm::Realm(unsigned principals, bool iprop)
    : directory_(new_directory()), guardian_(std::make_unique<Guardian>(directory_)) {
    std::vector<std::string> create{"create", "--principals", std::to_string(principals)};
    if (iprop) create.push_back("--iprop");
    must(create);
    must({"start"});
}

Realm::~Realm() = default;

std::string Realm::host_name(std::string_view host) {
    return std::string{host} + ".kpropgw.test";
}

std::string Realm::address_of(std::string_view host) const {
    std::ifstream hosts{directory_ / "hosts"};
    for (std::string address, full, alias; hosts >> address >> full >> alias;)
        if (alias == host) return address;
    throw std::runtime_error("no host " + std::string{host});
}

std::string Realm::port_of(std::string_view host) const {
    const std::string line = must({"port", std::string{host}});
    return line.substr(0, line.find('\n'));
}

Finished Realm::attempt(const std::vector<std::string>& command) const {
    std::vector<std::string> words{script, directory_.string()};
    words.insert(words.end(), command.begin(), command.end());
    return run(words);
}

std::string Realm::must(const std::vector<std::string>& command) const {
    auto finished = attempt(command);
    if (!finished.ok()) throw std::runtime_error(describe(command, finished));
    return std::move(finished.output);
}

Finished Realm::run_as(std::string_view host, const std::vector<std::string>& command) const {
    std::vector<std::string> words{"run", std::string{host}};
    words.insert(words.end(), command.begin(), command.end());
    return attempt(words);
}

void Realm::kadmin(const std::vector<std::string>& command) const {
    std::vector<std::string> words{"kadmin"};
    words.insert(words.end(), command.begin(), command.end());
    must(words);
}

std::string Realm::dump_of(std::string_view host, std::string_view version) const {
    const auto file = (directory_ / "dump-of.").string() + std::string{host};
    must({"dump-of", std::string{host}, std::string{version}, file});
    return read_file(file, std::size_t{1} << 30).value();
}

bool Realm::gets_ticket(std::string_view host, std::string_view principal, std::string_view password) const {
    return attempt({"kinit-at", std::string{host}, std::string{principal}, std::string{password}}).ok();
}

}  // namespace kpropgw::testing
