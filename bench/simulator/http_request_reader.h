#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

/// A request as it was read, as far as the server looks at it.
struct HttpRequest {
    std::string method;
    std::string path;  ///< of the target, without the query
    std::string body;
    std::string behaviour;  ///< X-Streamgauge-Behaviour
    std::string authorization;
    std::string accept_encoding;
    bool keep_alive = true;
    bool http11 = true;
};

/// Reads requests off a connection's bytes, one after the other: header up to 64 KiB, body up to 16 MiB. No
/// I/O.
class HttpRequestReader {
  public:
    enum class State {
        need_more,
        want_continue,  ///< the client waits for `100 Continue` before it sends the body; reported once
        complete,       ///< take() gives the request
        failed,         ///< error_status() and error(); no more requests can be read
    };

    HttpRequestReader();
    ~HttpRequestReader();

    /// Reads on in `input` and removes what it used; bytes of the next request stay.
    State feed(std::string& input);
    /// The request that is complete. The reader is ready for the next.
    HttpRequest take();

    unsigned error_status() const { return error_status_; }
    const std::string& error() const { return error_; }

  private:
    struct Parser;

    State fail(unsigned status, std::string message);

    std::unique_ptr<Parser> parser_;  ///< null between requests, so that an idle connection is small
    bool continue_reported_ = false;
    unsigned error_status_ = 0;
    std::string error_;
};

/// Whether an Accept-Encoding value takes `coding` with a weight above 0 (RFC 9110, section 12.5.3).
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace streamgauge::simulator
