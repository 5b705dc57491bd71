#pragma once
#include <optional>
#include <vector>

#include "acl/acl.hpp"
#include "formats/record.hpp"

namespace kpropgw::core {

/// The dump versions to offer a secondary, first to last, going on only after the one sign that means "this version
/// does not load": everything was sent, then the peer closed without an answer.
/// - Update: ipropx, or as MIT 1.8 to 1.10 load it where that was learned; never one after the other, since what 1.8
///   fails to load leaves files behind that make every later load fail
/// - a pinned version is the only one, whatever else the role
/// - Compat is 4 and never another
/// - Replace and Manual: what was learned before, then older ones, else 7, 6, 5; 4 is never a step of theirs
/// When every version ends with that sign, the version is not the cause and nothing is to be learned.
std::vector<formats::DumpVersion> versions_to_offer(acl::Role role, std::optional<formats::DumpVersion> pinned,
                                                    std::optional<formats::DumpVersion> learned);

}  // namespace kpropgw::core
