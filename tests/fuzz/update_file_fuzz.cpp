#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

#include "formats/update/update_reader.hpp"
#include "formats/update/update_writer.hpp"

using namespace kpropgw;
using namespace kpropgw::formats;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

ReadBytes pieces_of(const char* data, std::size_t size, std::size_t piece) {
    return [=, done = std::size_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({into.size(), size - done, piece});
        if (count > 0) std::memcpy(into.data(), data + done, count);
        done += count;
        return count;
    };
}

/// Writes again what was read; "" when the file was refused.
std::string rewrite(const char* data, std::size_t size, std::size_t piece) {
    auto reader = UpdateReader::open(pieces_of(data, size, piece), "fuzz", {.line = 1u << 16});
    if (!reader) {
        require(reader.error().text().starts_with("fuzz:"));
        return "";
    }
    std::string out;
    UpdateWriter writer([&out](std::string_view text) -> Result<void> {
        out += text;
        return {};
    });
    for (;;) {
        const auto update = reader->next();
        if (!update) {
            require(update.error().text().starts_with("fuzz:"));
            return "";
        }
        Result<void> written;
        switch (*update) {
            case UpdateReader::Update::put_principal:
                written = writer.put(reader->principal());
                break;
            case UpdateReader::Update::put_policy:
                written = writer.put(reader->policy());
                break;
            case UpdateReader::Update::delete_principal:
                written = writer.remove(RecordKind::principal, reader->name());
                break;
            case UpdateReader::Update::delete_policy:
                written = writer.remove(RecordKind::policy, reader->name());
                break;
            case UpdateReader::Update::end:
                require(writer.finish().has_value());
                return out;
        }
        require(written.has_value());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::string once = rewrite(text.data(), text.size(), 1 + size % 97);
    if (once.empty()) return 0;
    require(rewrite(once.data(), once.size(), once.size()) == once);
    return 0;
}
