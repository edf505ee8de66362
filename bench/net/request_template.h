#pragma once

#include "bench/api/api_dialect.h"
#include "scenarios/scenario.h"

#include <string>
#include <string_view>

namespace streamgauge::net {

/// The HTTP/1.1 request of one target with everything filled in that is the same each time.
class RequestTemplate {
  public:
    /// Headers of the scenario override those of the dialect, which override our own. `reuse` false asks the
    /// server to close.
    RequestTemplate(const scenarios::Target& target, const api::ApiDialect& dialect, bool reuse);

    /// The whole request. `request_id` goes out as X-Request-Id unless the scenario sets that header.
    std::string fill(std::string_view request_id, std::string_view body) const;

  private:
    std::string head_;  ///< request line and fixed fields
    bool own_request_id_ = false;
};

}  // namespace streamgauge::net
