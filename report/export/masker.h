#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {

/// Replaces secrets by `***` wherever they recur: servers echo keys in errors. Knows each secret as it is, as
/// a URL writes it, as JSON escapes it and in base64, alone or within longer text (`user:password`).
class Masker {
  public:
    explicit Masker(const std::vector<std::string>& secrets);

    std::string mask(std::string_view text) const;
    bool empty() const { return needles_.empty(); }

  private:
    std::vector<std::string> needles_;  ///< longest first
};

}  // namespace streamgauge::report
