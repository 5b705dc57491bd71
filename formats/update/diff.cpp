#include "formats/update/diff.hpp"

#include "formats/dump/version.hpp"
#include "formats/update/match.hpp"
#include "formats/update/record_at.hpp"

namespace kpropgw::formats {
namespace {

/// What is left of a record after a dump of that version.
void drop_what_cannot_travel(Principal& principal, DumpVersion version) {
    const Layout& layout = layout_of(version);
    if (!layout.kadm_data) std::erase_if(principal.tl, [](const TlData& item) { return item.type == tl_kadm_data; });
    if (!layout.logins) principal.last_success = principal.last_failed = 0;
    if (!layout.logins) principal.fail_auth_count = 0;
}

void drop_what_cannot_travel(Policy& policy, DumpVersion version) {
    keep_what_cannot_travel(policy, Policy{}, version);
}

/// A pair of records of one name, each from its dump.
template <class Record>
class Comparison {
public:
    Comparison(DumpVersion old_version, DumpVersion new_version)
        : old_version_(old_version), new_version_(new_version) {}

    Difference judge(const Record& old, const Record& now) {
        if (old_version_ == new_version_) return compare(old, now);
        old_ = old;
        new_ = now;
        for (const DumpVersion version : {old_version_, new_version_}) {
            drop_what_cannot_travel(old_, version);
            drop_what_cannot_travel(new_, version);
        }
        return compare(old_, new_);
    }

    /// After it old() and now() have all that either has.
    void fill_in(const Record& old, const Record& now) {
        old_ = old;
        new_ = now;
        keep_what_cannot_travel(new_, old, new_version_);
        keep_what_cannot_travel(old_, now, old_version_);
    }
    const Record& old() const { return old_; }
    const Record& now() const { return new_; }

private:
    DumpVersion old_version_;
    DumpVersion new_version_;
    Record old_;  // kept for their capacity
    Record new_;
};

class Teller {
public:
    Teller(const DumpFile& old, const DumpFile& now, DiffResult& result, const DiffOptions& options,
           DifferenceSink& sink)
        : old_(old, result.old_version),
          new_(now, result.new_version),
          principals_(result.old_version, result.new_version),
          policies_(result.old_version, result.new_version),
          result_(result),
          options_(options),
          sink_(sink) {}

    Result<void> tell(const Pair& pair) {
        RecordKind kind{};
        for (auto [place, records] : {std::pair(pair.old_place, &old_), std::pair(pair.new_place, &new_)}) {
            if (place == nowhere) continue;
            const auto read = records->read(place);
            if (!read) return read.error();
            kind = *read;
        }
        const bool was = pair.old_place != nowhere;
        const bool is = pair.new_place != nowhere;
        if (kind == RecordKind::principal) {
            return tell(principals_, was ? &old_.principal() : nullptr, is ? &new_.principal() : nullptr,
                        [this](auto old, auto now) { return sink_.principal(old, now); });
        }
        return tell(policies_, was ? &old_.policy() : nullptr, is ? &new_.policy() : nullptr,
                    [this](auto old, auto now) { return sink_.policy(old, now); });
    }

private:
    template <class Record, class Tell>
    Result<void> tell(Comparison<Record>& comparison, const Record* old, const Record* now, const Tell& tell_sink) {
        if (old && now) {
            const Difference difference = comparison.judge(*old, *now);
            if (difference == Difference::none) return {};
            if (difference == Difference::unimportant && options_.ignore_logins) return {};
            comparison.fill_in(*old, *now);
            old = &comparison.old();
            now = &comparison.now();
        }
        ++result_.differences;
        return tell_sink(old, now);
    }

    RecordAt old_;
    RecordAt new_;
    Comparison<Principal> principals_;
    Comparison<Policy> policies_;
    DiffResult& result_;
    const DiffOptions& options_;
    DifferenceSink& sink_;
};

}  // namespace

std::vector<std::string> not_compared(DumpVersion a, DumpVersion b) {
    const Layout& one = layout_of(a);
    const Layout& other = layout_of(b);
    std::vector<std::string> names;
    if (one.kadm_data != other.kadm_data) names.push_back("policy references and password histories of principals");
    if (one.logins != other.logins) names.push_back("login times and failures of principals");
    if (one.lockout != other.lockout) names.push_back("lockout rules of policies");
    if (one.newer_policy != other.newer_policy) {
        names.push_back("attributes, ticket lifetimes, key types and tl-data of policies");
    }
    return names;
}

Result<DiffResult> diff(const DumpFile& old, const DumpFile& now, const HashKey& key, const DiffOptions& options,
                        DifferenceSink& sink) {
    DiffResult result;
    const auto old_header = header_of(old);
    if (!old_header) return old_header.error();
    const auto new_header = header_of(now);
    if (!new_header) return new_header.error();
    result.old_version = old_header->version;
    result.new_version = new_header->version;

    auto sorted = match_sorted(old, now);
    if (!sorted) return sorted.error();
    result.sorted = sorted->has_value();
    auto pairs =
        result.sorted ? Result<std::vector<Pair>>(std::move(**sorted)) : match_by_hash(old, now, key, options.in_order);
    if (!pairs) return pairs.error();

    Teller teller(old, now, result, options, sink);
    for (const Pair& pair : *pairs) {
        if (const auto ok = teller.tell(pair); !ok) return ok.error();
    }
    return result;
}

}  // namespace kpropgw::formats
