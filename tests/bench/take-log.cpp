// Takes what stands in a primary's update log behind a dump (kdb5_util dump -i1) into a new store, as a follower does:
//     bench-take-log STORE DUMP LOG REALM BATCH
// A transaction has BATCH updates at most. Prints how many there were and the seconds that they took, reading the log
// and the wait for the disk included, the dump not.
#include <array>
#include <chrono>
#include <cstdio>
#include <string>

#include "formats/dump/header.hpp"
#include "gateway/inbound/log_file.hpp"
#include "gateway/store/intake.hpp"
#include "gateway/store/lmdb_store.hpp"

namespace kpropgw {
namespace {

using std::chrono::steady_clock;

formats::LogPosition position_of(const File& dump) {
    std::array<char, formats::header_room> beginning;
    const auto count = dump.read_at(0, beginning).value();
    return formats::read_header({beginning.data(), count}).value().position.value();
}

void take(store::Store& store, std::span<const formats::LogEntry> entries, const store::Origin& origin) {
    std::vector<formats::IpropUpdate> updates(entries.size());
    std::vector<store::ArrivingChange> changes;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        formats::decode_iprop_update(entries[i].update, updates[i]).value();
        changes.push_back({store::Kind::principal, store::ArrivingChange::Update{&updates[i]}});
    }
    const formats::LogPosition& at = entries.back().at;
    store::take_changes(store, changes, origin, {origin.source, at.serial, at.seconds, at.microseconds}, system_clock())
        .value();
}

void run(const std::string& directory, const std::string& dump_path, const std::string& log_path,
         const store::Origin& origin, std::size_t batch) {
    const auto store = store::open_lmdb(directory).value();
    const auto dump = File::open_for_reading(dump_path).value();
    const auto log = inbound::LogFile::open(log_path).value();
    store::take_in(*store, dump, origin, system_clock()).value();
    formats::LogPosition here = position_of(dump);
    std::size_t taken = 0;
    const auto began = steady_clock::now();
    for (;;) {
        const auto found = log.read_behind(here).value();
        if (found.plan.step == core::FollowStep::nothing) break;
        if (found.plan.step == core::FollowStep::full) throw std::runtime_error(std::string(found.plan.why));
        for (std::span<const formats::LogEntry> left(found.entries); !left.empty();) {
            const auto now = left.first(std::min(batch, left.size()));
            take(*store, now, origin);
            left = left.subspan(now.size());
        }
        taken += found.entries.size();
        here = found.last();
    }
    std::printf("%zu %.6f\n", taken, std::chrono::duration<double>(steady_clock::now() - began).count());
    const auto changes = store->snapshot().value()->summary().serial.value - 1;
    if (changes < taken) std::fprintf(stderr, "bench-take-log: only %zu of them were changes\n", std::size_t{changes});
}

}  // namespace
}  // namespace kpropgw

int main(int count, char** words) {
    if (count != 6) return 64;
    try {
        kpropgw::run(words[1], words[2], words[3], {"the log", "primary", words[4], std::string("ulog:") + words[3]},
                     std::stoul(words[5]));
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "bench-take-log: %s\n", problem.what());
        return 1;
    }
}
