#pragma once

#include <stdexcept>

namespace streamgauge::cli {

/// Something the user gave cannot be used. The message is one sentence that names the thing and the way out.
/// Ends the program with exit_code::usage.
class UsageError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace streamgauge::cli
