#pragma once

#include <stdexcept>

namespace streamgauge::cli {

/// This machine cannot do what was asked, though nothing is wrong with the question. The message is one
/// sentence that names what is missing and the way out. Ends the program with exit_code::not_measurable.
class RigError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace streamgauge::cli
