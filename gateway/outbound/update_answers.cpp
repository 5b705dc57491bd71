#include "gateway/outbound/update_answers.hpp"

#include <algorithm>

#include "gateway/events/report.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/outbound/change_batch.hpp"

namespace kpropgw::outbound {

namespace asio = boost::asio;
using wire::IpropStatus;

namespace {

class UpdatesQuestion : public Question {
public:
    using Question::Question;

private:
    asio::awaitable<Answer> make(Serial after, Serial last) override {
        core::BatchSize& size = secondary_->following().batch_size();
        auto batch = co_await shared_.batches.obtain(
            {after, last, size.most(), secondary_->row().skipped, secondary_->is_before_1_11()});
        if (secondary_->frozen()) co_return nullptr;
        if (!batch && batch.error().code() == Errc::not_found) co_return nullptr;
        if (!batch) co_return busy(batch.error());
        if ((*batch)->count == 0) {
            co_return (*batch)->only_by_dump ? full("the next change has more than an update may have") : nullptr;
        }
        size.sent(after, (*batch)->last);
        secondary_->note_sent((*batch)->last);
        shared_.metrics.updates_sent((*batch)->result.text.size());
        events::report(events::updates_sent, {{"secondary", secondary_->entry().host},
                                              {"after", after.value},
                                              {"last", (*batch)->last.value},
                                              {"count", (*batch)->count}});
        co_return Answer(*batch, &(*batch)->result);
    }

    SecretText bare(IpropStatus status, const wire::IpropPosition& last) const override {
        return wire::UpdatesResult(0).finish(status, last);
    }
};

class ChangesQuestion : public Question {
public:
    ChangesQuestion(Shared& shared, std::shared_ptr<Secondary> secondary, const wire::ChangesRequest& request)
        : Question(shared, std::move(secondary), request.last,
                   std::min(shared.setup.config.update_hold, std::chrono::seconds(request.hold_seconds))),
          most_bytes_(std::min<std::uint64_t>(shared.setup.config.update_batch, request.most_bytes)) {}

private:
    asio::awaitable<Answer> make(Serial after, Serial /*last*/) override {
        auto batch = co_await net::offload(shared_.setup.workers,
                                           [&] { return read_changes(shared_.store, after, most_bytes_); });
        if (secondary_->frozen()) co_return nullptr;
        if (!batch && batch.error().code() == Errc::not_found) co_return nullptr;
        if (!batch) co_return busy(batch.error());
        if (batch->count == 0) co_return nullptr;
        secondary_->note_sent(batch->last);
        shared_.metrics.updates_sent(batch->result.text.size());
        co_return std::make_shared<const SecretText>(std::move(batch->result));
    }

    SecretText bare(IpropStatus status, const wire::IpropPosition& last) const override {
        return wire::ChangesResult(0).finish(status, last);
    }

    void adapt(core::UpdateStanding& standing) const override {
        standing.policy_changed = standing.dump_only = Serial{};
        standing.refused.reset();
    }

    std::uint64_t most_bytes_;
};

}  // namespace

asio::awaitable<Question::Answer> get_updates(Shared& shared, std::shared_ptr<Secondary> secondary,
                                              wire::IpropPosition claim) {
    UpdatesQuestion question(shared, std::move(secondary), claim, shared.setup.config.update_hold);
    co_return co_await question.answer();
}

asio::awaitable<Question::Answer> get_changes(Shared& shared, std::shared_ptr<Secondary> secondary,
                                              wire::ChangesRequest request) {
    ChangesQuestion question(shared, std::move(secondary), request);
    co_return co_await question.answer();
}

std::string full_resync(Secondary& secondary) {
    if (secondary.frozen()) return no_resync();
    secondary.grant_full();
    return wire::resync_result({{}, IpropStatus::ok});
}

SecretText no_updates() {
    return wire::UpdatesResult(0).finish(IpropStatus::busy, {});
}

SecretText no_changes() {
    return wire::ChangesResult(0).finish(IpropStatus::busy, {});
}

std::string no_resync() {
    return wire::resync_result({{}, IpropStatus::busy});
}

}  // namespace kpropgw::outbound
