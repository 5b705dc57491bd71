#include "gateway/metrics/process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace kpropgw::metrics {
namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::optional<double> open_descriptors() {
    std::error_code code;
    std::filesystem::directory_iterator each("/proc/self/fd", code);
    double count = -1;  // the directory itself is open for as long as it is read
    for (const std::filesystem::directory_iterator end; !code && each != end; each.increment(code))
        ++count;
    return code ? std::nullopt : std::optional(count);
}

}  // namespace

void add_process(Exposition& exposition, Time started) {
    exposition.add(catalogue::process_start, std::chrono::duration<double>(started.time_since_epoch()).count());
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0) {
        exposition.add(catalogue::process_cpu, seconds(usage.ru_utime) + seconds(usage.ru_stime));
    }
    std::uint64_t all_pages = 0;
    std::uint64_t resident_pages = 0;
    if (std::ifstream("/proc/self/statm") >> all_pages >> resident_pages) {
        exposition.add(catalogue::process_memory,
                       static_cast<double>(resident_pages) * static_cast<double>(::sysconf(_SC_PAGESIZE)));
    }
    if (const auto count = open_descriptors()) exposition.add(catalogue::process_descriptors, *count);
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        exposition.add(catalogue::process_descriptor_limit, static_cast<double>(limit.rlim_cur));
    }
}

}  // namespace kpropgw::metrics
