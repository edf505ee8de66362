#pragma once

#include "scenarios/scenario.h"

#include <memory>

struct ssl_ctx_st;

namespace streamgauge::net {

/// What all TLS connections to one target share: the trusted certificates, our own certificate and the
/// protocol settings.
class TlsContext {
  public:
    /// Throws std::runtime_error with one sentence when the CA file or our own certificate cannot be used.
    explicit TlsContext(const scenarios::TlsOptions& options);

    ssl_ctx_st* native() const { return context_.get(); }
    bool verifies() const { return verifies_; }
    /// Whether there is a certificate to show to a server that asks for one.
    bool has_certificate() const { return has_certificate_; }

  private:
    struct Free {
        void operator()(ssl_ctx_st* context) const;
    };
    std::unique_ptr<ssl_ctx_st, Free> context_;
    bool verifies_;
    bool has_certificate_;
};

}  // namespace streamgauge::net
