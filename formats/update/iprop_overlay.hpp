#pragma once
#include <deque>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "formats/record.hpp"
#include "formats/update/iprop_update.hpp"

namespace kpropgw::formats {

/// Where the texts of records live that no line holds. Wiped when it goes and when it is cleared.
class RecordTexts {
public:
    /// The view is valid until clear().
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)).text; }
    void clear() { texts_.clear(); }

private:
    std::deque<SecretText> texts_;
};

/// Makes of `held`, nullptr where there is no record of that name, and of an update, which is no deletion, the record
/// that kpropd would store (MIT kdb_convert.c:ulog_conv_2dbentry; krb5_db_update_tl_data: tl-data go by their type, a
/// new type goes first). `into` has views into `held`'s line and into `texts`; its name is what the update sets, which
/// may be another than update.name.
///
/// corrupt where MIT would abort, cut off or store what cannot be read again: a new record without its name, another
/// base length than 38, tl-data that are an argument for the back end.
Result<void> overlay(const IpropUpdate& update, const Principal* held, RecordTexts& texts, Principal& into);

/// How krb5_db_update_tl_data puts an item into a list: over the first of its type, else before all others.
void put_tl_data(std::vector<TlData>& list, const TlData& item);

}  // namespace kpropgw::formats
