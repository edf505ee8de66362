#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace streamgauge::report {

/// The values of each label that a run tells apart: the first most_label_values that come, to whichever
/// worker. Decided before a request goes into its row, so that a run read again from its rows tells the same
/// ones apart. Any thread; asked once a request, and only in a run with labels.
class LabelRegistry {
  public:
    explicit LabelRegistry(std::size_t labels) : known_(labels) {}

    /// Replaces each value that came too late by `(other)`. `values` are those of one request, in the order
    /// of the scenario's labels.
    void admit(std::vector<std::string>& values);

  private:
    std::mutex mutex_;
    std::vector<std::set<std::string, std::less<>>> known_;  ///< by label
};

}  // namespace streamgauge::report
