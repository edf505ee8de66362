#pragma once

#include "bench/api/api_dialect.h"
#include "bench/net/request_template.h"
#include "bench/net/tls_context.h"
#include "bench/net/tls_session_store.h"
#include "scenarios/scenario.h"

#include <cstdint>
#include <memory>
#include <string>

namespace streamgauge::net {

/// All a worker needs to talk to one target.
struct Endpoint {
    std::uint32_t index = 0;  ///< into Scenario::targets
    std::string host;         ///< what is dialled
    std::uint16_t port = 0;
    std::string server_name;                    ///< verified, and sent as SNI
    std::shared_ptr<const TlsContext> tls;      ///< null: cleartext; shared by the workers
    std::shared_ptr<TlsSessionStore> sessions;  ///< null: each connection shakes hands in full
    std::unique_ptr<api::ApiDialect> dialect;
    std::unique_ptr<RequestTemplate> request;
};

}  // namespace streamgauge::net
