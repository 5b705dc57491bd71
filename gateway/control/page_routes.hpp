#pragma once
// Private to gateway/control: what each request of the page is answered with.
#include "gateway/control/page_server.hpp"
#include "gateway/control/routes.hpp"

namespace kpropgw::control {

//   GET /healthz       200, "ok": the loop runs
//   GET /readyz        200 or 503, readiness.hpp
//   GET /metrics       200, PageSource::metrics
//   GET /v1/status     200, a Status

/// By the table above. 405 for any method but GET and HEAD.
Response answer_page(const PageSource& source, const Request& request);

}  // namespace kpropgw::control
