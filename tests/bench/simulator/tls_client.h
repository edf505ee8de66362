#pragma once

#include <cstdint>
#include <string>

namespace streamgauge::simulator {

/// What a TLS client saw.
struct TlsExchange {
    bool trusted = false;  ///< the handshake succeeded with the CA file and the name
    std::string protocol;  ///< agreed by ALPN
    std::string answer;    ///< all bytes up to the end
    std::string error;
};

/// Connects to 127.0.0.1, trusts `authority_file` alone, expects a certificate for `name` (a host name or an
/// IP address), sends `request` and reads to the end.
TlsExchange exchange_over_tls(std::uint16_t port, const std::string& authority_file, const std::string& name,
                              const std::string& request);

}  // namespace streamgauge::simulator
