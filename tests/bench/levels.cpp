// Notes in a store that secondaries hold all that it holds, as if each had confirmed a full dump:
//     bench-levels STORE HOST...
// Prints the position that they may then claim: serial, seconds, microseconds. No gateway may run on the store.
#include <cstdio>

#include "gateway/outbound/wire_position.hpp"
#include "gateway/store/lmdb_store.hpp"

int main(int count, char** words) {
    using namespace kpropgw;
    if (count < 3) return 64;
    const auto store = store::open_lmdb(words[1]).value();
    const store::Summary registry = store->snapshot().value()->summary();
    std::vector<store::SecondaryRow> rows;
    for (int i = 2; i < count; ++i) {
        store::SecondaryRow row;
        row.host = words[i];
        row.level = registry.serial;
        row.level_time = registry.serial_time;
        rows.push_back(row);
    }
    store->save(rows).value();
    const auto at = outbound::wire_position(registry.serial, registry.serial_time);
    std::printf("%u %u %u\n", at.serial, at.seconds, at.microseconds);
}
