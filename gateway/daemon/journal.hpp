#pragma once
#include "gateway/control/journal.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::daemon {

/// The part of the journal that was asked for, without its records. Blocks.
Result<control::JournalPage> read_journal(store::Store& store, const control::JournalQuery& query);

}  // namespace kpropgw::daemon
