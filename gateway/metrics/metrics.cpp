#include "gateway/metrics/metrics.hpp"

#include "gateway/metrics/counted.hpp"

namespace kpropgw::metrics {
namespace {

double seconds(Metrics::Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

double number(std::uint64_t count) {
    return static_cast<double>(count);
}

}  // namespace

Metrics::Metrics() : counted_(std::make_unique<Counted>()) {}
Metrics::~Metrics() = default;

void Metrics::dump_sent(std::string_view role, std::uint64_t bytes) {
    if (auto* out = counted_->of(role)) out->bytes.Increment(number(bytes));
}

void Metrics::dump_confirmed(std::string_view role, Duration took) {
    auto* out = counted_->of(role);
    if (out == nullptr) return;
    out->confirmed.Increment();
    out->duration.Observe(seconds(took));
}

void Metrics::dump_failed(std::string_view role, const Error& why) {
    if (auto* out = counted_->of(role)) out->failed.Increment();
    counted_->failed("propagation", why);
}

void Metrics::resync_granted() {
    counted_->resyncs.Increment();
}

void Metrics::updates_sent(std::uint64_t bytes) {
    counted_->update_bytes.Increment(number(bytes));
}

void Metrics::updates_confirmed() {
    counted_->updates_confirmed.Increment();
}

void Metrics::update_refused() {
    counted_->updates_failed.Increment();
}

void Metrics::follower_refused(const Error& why) {
    counted_->followers_refused.Increment();
    counted_->failed("follower", why);
}

void Metrics::confirmed_after(std::string_view role, Duration delay) {
    if (auto* out = counted_->of(role)) out->delay.Observe(seconds(delay));
}

void Metrics::push_taken(std::uint64_t bytes, Duration took) {
    counted_->pushes_taken.Increment();
    counted_->push_bytes.Increment(number(bytes));
    counted_->push_duration.Observe(seconds(took));
    counted_->dump_held.Set(0);
}

void Metrics::push_refused(const Error& why) {
    counted_->pushes_refused.Increment();
    counted_->failed("push", why);
}

void Metrics::dump_held() {
    counted_->dump_held.Set(1);
}

void Metrics::changes_taken(std::uint64_t added, std::uint64_t changed, std::uint64_t removed) {
    counted_->added.Increment(number(added));
    counted_->changed.Increment(number(changed));
    counted_->removed.Increment(number(removed));
}

void Metrics::source_failed(const Error& why) {
    counted_->failed("source", why);
}

void Metrics::control_request(unsigned status) {
    const unsigned digit = status / 100;
    if (digit < counted_->requests.size() && counted_->requests.at(digit) != nullptr) {
        counted_->requests.at(digit)->Increment();
    }
}

Metrics::Follower::Follower(Metrics& metrics) : metrics_(metrics) {
    metrics_.counted_->followers.Increment();
}

Metrics::Follower::~Follower() {
    metrics_.counted_->followers.Decrement();
}

}  // namespace kpropgw::metrics
