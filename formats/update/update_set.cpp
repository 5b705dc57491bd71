#include "formats/update/update_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "formats/update/twice.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::size_t usual_block = 1u << 20;

bool comes_before(const HeldUpdate& a, const HeldUpdate& b) {
    return std::tie(a.kind, a.name, a.line) < std::tie(b.kind, b.name, b.line);
}

RecordKind kind_of(UpdateReader::Update update) {
    return update == UpdateReader::Update::put_principal || update == UpdateReader::Update::delete_principal
               ? RecordKind::principal
               : RecordKind::policy;
}

bool puts(UpdateReader::Update update) {
    return update == UpdateReader::Update::put_principal || update == UpdateReader::Update::put_policy;
}

}  // namespace

std::string_view UpdateSet::keep(std::string_view text) {
    if (blocks_.empty() || blocks_.back().size() - used_ < text.size()) {
        blocks_.emplace_back(std::max(usual_block, text.size()));
        used_ = 0;
    }
    char* const at = blocks_.back().writable().data() + used_;
    std::ranges::copy(text, at);
    used_ += text.size();
    return {at, text.size()};
}

Result<UpdateSet> UpdateSet::read(ReadBytes source, const std::string& file, std::size_t limit) {
    auto reader = UpdateReader::open(std::move(source), file);
    if (!reader) return reader.error();
    UpdateSet set(file);
    std::size_t held = 0;
    for (;;) {
        const auto update = reader->next();
        if (!update) return update.error();
        if (*update == UpdateReader::Update::end) break;
        const std::string_view record = puts(*update) ? reader->record() : std::string_view();
        held += reader->name().size() + record.size() + sizeof(HeldUpdate);
        if (held > limit) {
            return Error(Errc::invalid_input, fmt::format("{}:{}: the updates exceed the limit of {} MiB of memory",
                                                          file, reader->line(), limit >> 20));
        }
        set.updates_.push_back({kind_of(*update), set.keep(reader->name()), set.keep(record), reader->line(), false});
    }
    std::sort(set.updates_.begin(), set.updates_.end(), comes_before);
    const auto twice = std::adjacent_find(set.updates_.begin(), set.updates_.end(), [](const auto& a, const auto& b) {
        return a.kind == b.kind && a.name == b.name;
    });
    if (twice != set.updates_.end()) {
        return stands_twice(file, (twice + 1)->line, twice->line, twice->kind, twice->name);
    }
    return set;
}

HeldUpdate* UpdateSet::find(RecordKind kind, std::string_view name) {
    const HeldUpdate wanted{kind, name, {}, 0, false};
    const auto found = std::lower_bound(updates_.begin(), updates_.end(), wanted, comes_before);
    return found != updates_.end() && found->kind == kind && found->name == name ? &*found : nullptr;
}

}  // namespace kpropgw::formats
