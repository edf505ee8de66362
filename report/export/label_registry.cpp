#include "report/export/label_registry.h"

#include "report/summary/label_values.h"

#include <algorithm>

namespace streamgauge::report {

void LabelRegistry::admit(std::vector<std::string>& values) {
    if (known_.empty()) return;
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < std::min(values.size(), known_.size()); ++i) {
        auto& known = known_[i];
        if (values[i] == no_label_value || known.contains(values[i])) continue;
        if (known.size() < most_label_values) {
            known.insert(values[i]);
        } else {
            values[i] = other_label_value;
        }
    }
}

}  // namespace streamgauge::report
