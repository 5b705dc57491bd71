#include "gateway/outbound/rendered_dump.hpp"

#include "base/secret.hpp"
#include "formats/dump/header.hpp"
#include "gateway/net/offload.hpp"

namespace kpropgw::outbound {
namespace {

using formats::DumpVersion;

constexpr std::size_t write_at = 256 * 1024;

/// Collects lines and writes them in large pieces.
class Output {
public:
    explicit Output(File& file) : file_(file) { text_.reserve(2 * write_at); }
    ~Output() { wipe(text_); }
    std::string& text() { return text_; }
    Result<void> flush(std::size_t above) {
        if (text_.size() <= above) return {};
        written_ += text_.size();
        auto ok = file_.write_all(text_);
        text_.clear();
        return ok;
    }
    std::uint64_t written() const { return written_; }

private:
    File& file_;
    std::string text_;
    std::uint64_t written_ = 0;
};

template <class Record, class Parse, class Append>
Result<void> render_kind(store::Snapshot& snapshot, store::Kind kind, Output& out, Parse parse, Append append) {
    auto cursor = snapshot.records(kind);
    if (!cursor) return cursor.error();
    Record record;
    std::string line;
    for (;;) {
        auto more = (*cursor)->next();
        if (!more) return more.error();
        if (!*more) break;
        line.assign((*cursor)->line());
        if (auto ok = parse(line, record); !ok) return ok.error().in("a record of the store cannot be read");
        append(out.text(), record);
        if (auto ok = out.flush(write_at); !ok) return ok;
    }
    wipe(line);
    return {};
}

}  // namespace

Result<RenderedDump> render(store::Store& store, DumpVersion version) {
    auto snapshot = store.snapshot();
    if (!snapshot) return snapshot.error();
    auto file = File::create_nameless(store.directory());
    if (!file) return file.error();
    Output out(*file);
    out.text() = formats::header_line(version);
    auto ok = render_kind<formats::Principal>(
        **snapshot, store::Kind::principal, out,
        [](std::string& line, formats::Principal& into) { return formats::parse_principal(line, into); },
        [&](std::string& text, const formats::Principal& record) { formats::append_principal(text, record, version); });
    if (!ok) return ok.error();
    ok = render_kind<formats::Policy>(
        **snapshot, store::Kind::policy, out,
        [](std::string& line, formats::Policy& into) { return formats::parse_policy(line, DumpVersion::v7, into); },
        [&](std::string& text, const formats::Policy& record) { formats::append_policy(text, record, version); });
    if (!ok) return ok.error();
    if (ok = out.flush(0); !ok) return ok.error();
    return RenderedDump{std::move(*file), out.written(), (*snapshot)->summary().serial, version};
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
