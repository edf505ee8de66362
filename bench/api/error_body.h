#pragma once

#include <string>
#include <string_view>

namespace streamgauge::api {

/// The message inside the JSON body of an error response: `{"error":{"message"}}`, `{"error":"..."}`,
/// `{"message"}` or `{"detail"}`, cleaned and bounded by clean_text(). Empty when it holds none.
std::string message_in_error_body(std::string_view body);

}  // namespace streamgauge::api
