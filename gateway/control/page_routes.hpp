#pragma once
// Private to gateway/control: what each request of the page is answered with.
#include <chrono>
#include <optional>
#include <string>

#include "gateway/control/history.hpp"
#include "gateway/control/page_server.hpp"
#include "gateway/control/routes.hpp"

namespace kpropgw::control {

/// What the page's answers are made of. On the loop.
class PageState {
public:
    explicit PageState(PageSource source) : source_(std::move(source)) {}

    /// Looks at the secondaries for the history.
    void sample();
    /// Takes what the events since the last call say of propagations into the history.
    void read_events();
    /// A Status as JSON, at most half a second old, so that many who look cost no more than one.
    const Result<std::string>& status();

    const PageSource& source() const { return source_; }
    /// What /v1/history answers. A host that came into the file since the last sample is sampled first.
    Result<std::string> history(std::string_view host);

private:
    PageSource source_;
    History history_;
    std::optional<Result<std::string>> status_;
    std::chrono::steady_clock::time_point made_;
    std::chrono::steady_clock::time_point sampled_;
    std::uint64_t read_ = 0;  ///< number of the last event
};

//   GET /              200, the page; what it is made of below a folder that changes with it (page_files.hpp)
//   GET /healthz       200, "ok": the loop runs
//   GET /readyz        200 or 503, readiness.hpp
//   GET /metrics       200, PageSource::metrics
//   GET /v1/status     200, a Status
//   GET /v1/history?host=HOST  200, history.hpp
//   GET /v1/events     200, event_stream.hpp; GET alone, by the server itself

/// By the table above. 405 for any method but GET and HEAD.
Response answer_page(PageState& state, const Request& request);

}  // namespace kpropgw::control
