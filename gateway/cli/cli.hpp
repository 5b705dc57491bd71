#pragma once

namespace kpropgw::cli {

/// The command line: stdout is data, stderr is talk. Returns the exit status (sysexits.h): 0, 64 usage, 65 bad data,
/// 66 no such input, 69 unavailable, 70 our fault, 74 stdout cannot be written, 75 try again, 77 refused,
/// 78 configuration.
int run(int argc, char** argv);

}  // namespace kpropgw::cli
