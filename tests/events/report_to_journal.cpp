// Reports two events to the systemd journal, for tests/events/journal.
#include <cstdio>

#include "gateway/events/log.hpp"
#include "gateway/events/report.hpp"

int main() {
    using namespace kpropgw;
    if (auto ok = events::start_log("warning", events::Destination::journal); !ok) {
        std::fprintf(stderr, "%s\n", ok.error().text().c_str());
        return 1;
    }
    events::report(events::serving, {{"realm", "KPROPGW.TEST"}});
    events::report(events::push_refused, {{"peer", "192.0.2.7"}},
                   Error(Errc::denied, "two\nlines").because(causes::not_the_primary));
    return 0;
}
