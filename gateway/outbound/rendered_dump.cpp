#include "gateway/outbound/rendered_dump.hpp"

#include "base/secret.hpp"
#include "formats/dump/writer.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/outbound/wire_position.hpp"

namespace kpropgw::outbound {
namespace {

using formats::DumpVersion;
using formats::DumpWriter;

Error unreadable(const Error& error) {
    return error.in("a record of the store cannot be read");
}

Result<void> write(DumpWriter& writer, SecretText& line, formats::Principal& record) {
    bool as_written = false;
    if (auto ok = formats::parse_principal(line.text, record, &as_written); !ok) return unreadable(ok.error());
    return writer.write(record, as_written ? line.text : std::string_view());
}

Result<void> write(DumpWriter& writer, SecretText& line, formats::Policy& record) {
    if (auto ok = formats::parse_policy(line.text, DumpVersion::v7, record); !ok) return unreadable(ok.error());
    return writer.write(record);
}

template <class Record>
Result<void> write_all(store::Snapshot& snapshot, store::Kind kind, DumpWriter& writer) {
    auto cursor = snapshot.records(kind);
    if (!cursor) return cursor.error();
    Record record;
    SecretText line;
    for (;;) {
        const auto more = (*cursor)->next();
        if (!more) return more.error();
        if (!*more) return {};
        const auto held = (*cursor)->line();
        if (!held) return held.error();
        line.text.assign(*held);
        if (auto ok = write(writer, line, record); !ok) return ok;
    }
}

}  // namespace

Result<RenderedDump> render(store::Store& store, DumpVersion version) {
    auto snapshot = store.snapshot();
    if (!snapshot) return snapshot.error();
    auto file = File::create_nameless(store.directory());
    if (!file) return file.error();
    std::uint64_t size = 0;
    const auto put = [&](std::string_view piece) {
        size += piece.size();
        return file->write_all(piece);
    };
    DumpWriter writer(put, {version, false});
    const store::Summary& summary = (*snapshot)->summary();
    writer.begin(log_position(summary.serial, summary.serial_time));
    if (auto ok = write_all<formats::Principal>(**snapshot, store::Kind::principal, writer); !ok) return ok.error();
    if (auto ok = write_all<formats::Policy>(**snapshot, store::Kind::policy, writer); !ok) return ok.error();
    if (auto ok = writer.finish(); !ok) return ok.error();
    return RenderedDump{std::move(*file), size, summary.serial, summary.serial_time, version};
}

boost::asio::awaitable<Result<std::shared_ptr<const RenderedDump>>> RenderedDumps::obtain(DumpVersion version,
                                                                                          Serial serial) {
    Slot& slot = slots_[version];
    for (;;) {
        if (auto dump = slot.dump.lock(); dump && dump->serial >= serial) co_return dump;
        if (!slot.rendering) break;
        co_await rendered_.wait();
    }
    slot.rendering = true;
    auto fresh = co_await net::offload(workers_, [&] { return render(store_, version); });
    slot.rendering = false;
    rendered_.notify();
    if (!fresh) co_return fresh.error();
    auto dump = std::make_shared<const RenderedDump>(std::move(*fresh));
    slot.dump = dump;
    co_return dump;
}

}  // namespace kpropgw::outbound
