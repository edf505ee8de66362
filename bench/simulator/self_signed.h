#pragma once

#include <string>

namespace streamgauge::simulator {

/// Files of a throw-away certificate.
struct CertificateFiles {
    std::string authority;    ///< `ca.pem`: what a client has to trust
    std::string certificate;  ///< `server.pem`
    std::string key;          ///< `server.key`, readable by the owner alone
};

/// Makes a certificate authority and a server certificate for `localhost`, 127.0.0.1 and ::1, valid for 30
/// days, and writes both into `folder`, which is created if it is missing. The authority's key is thrown
/// away. Throws std::runtime_error when a file cannot be written.
CertificateFiles write_self_signed(const std::string& folder);

}  // namespace streamgauge::simulator
