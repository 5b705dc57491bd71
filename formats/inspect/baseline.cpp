#include "formats/inspect/baseline.hpp"

#include "formats/inspect/tl_contents.hpp"

namespace kpropgw::formats {

Result<Baseline> read_baseline(DumpReader& reader) {
    Baseline baseline;
    TlContents contents;
    for (;;) {
        const auto record = reader.next();
        if (!record) {
            if (!reader.can_go_on()) return record.error();
            continue;
        }
        if (*record == DumpReader::Record::end) return baseline;
        if (*record != DumpReader::Record::principal) continue;
        const Principal& principal = reader.principal();
        ++baseline.principals;
        if (baseline.master_keys || !is_master_key_name(principal.name)) continue;
        contents.read(principal);
        baseline.master_keys = master_keys_of({principal, contents, reader.line()});
    }
}

}  // namespace kpropgw::formats
