#pragma once

#include "scenarios/scenario.h"

#include <memory>

struct ssl_ctx_st;

namespace streamgauge::net {

/// What all TLS connections to one target share: the trusted certificates and the protocol settings.
class TlsContext {
  public:
    /// Throws std::runtime_error with one sentence when the CA file cannot be used.
    explicit TlsContext(const scenarios::TlsOptions& options);

    ssl_ctx_st* native() const { return context_.get(); }
    bool verifies() const { return verifies_; }

  private:
    struct Free {
        void operator()(ssl_ctx_st* context) const;
    };
    std::unique_ptr<ssl_ctx_st, Free> context_;
    bool verifies_;
};

}  // namespace streamgauge::net
