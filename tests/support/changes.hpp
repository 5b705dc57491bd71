#pragma once
#include <string>
#include <vector>

#include "support/realm.hpp"

namespace kpropgw::testing {

/// One kind of change that an administrator makes, as commands of kadmin.local; or of kdb5_util, or samples/realm's
/// new-master-key, where the first word says so.
struct KindOfChange {
    std::string name;
    std::vector<std::vector<std::string>> commands;
};

/// Every kind that there is, each made to principals and policies of samples/realm (30 of userNNNNN), in an order in
/// which each leaves what the next needs. The last ones roll the master key over.
const std::vector<KindOfChange>& kinds_of_change();

/// Makes it on the primary. Throws std::runtime_error.
void make(const KindOfChange& change, const Realm& realm);

}  // namespace kpropgw::testing
