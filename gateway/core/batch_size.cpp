#include "gateway/core/batch_size.hpp"

#include <algorithm>

namespace kpropgw::core {
namespace {

/// A connection that broke by chance is no reason yet.
constexpr unsigned failures_of_a_batch = 2;
constexpr unsigned failures_of_one_update = 3;
/// kpropd waits up to 300 s before it connects again: few steps from 5,000 updates to one.
constexpr std::uint64_t narrowing = 16;

}  // namespace

void BatchSize::sent(Serial after, Serial last) {
    batch_ = Batch{after, last};
}

void BatchSize::claimed(Serial claim, bool started_over) {
    if (!batch_) return;
    const Batch batch = *batch_;
    batch_.reset();
    if (started_over || claim <= batch.after) return failed(batch);
    failures_ = 0;
    refused_.reset();
    most_ = most_ > unlimited / narrowing ? unlimited : most_ * narrowing;
}

void BatchSize::skipped() {
    failures_ = 0;
    refused_.reset();
}

void BatchSize::failed(const Batch& batch) {
    ++failures_;
    const std::uint64_t size = batch.last.value - batch.after.value;
    if (size <= 1) {
        if (failures_ >= failures_of_one_update) refused_ = batch.last;
    } else if (failures_ >= failures_of_a_batch) {
        most_ = std::max<std::uint64_t>(size / narrowing, 1);
        failures_ = 0;
    }
}

}  // namespace kpropgw::core
