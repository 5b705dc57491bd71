#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

#include "base/file.hpp"

namespace kpropgw::testing {

/// Both ends close at exec, so no other program that is started meanwhile holds them.
struct Pipe {
    Pipe();

    File read_end;
    File write_end;
};

/// Starts a program, found in PATH, in a process group of its own, and returns its pid. -1 stands for /dev/null.
/// Throws std::runtime_error.
pid_t spawn(const std::vector<std::string>& command, int input, int output, int errors);

}  // namespace kpropgw::testing
