#include "report/export/json_fields.h"

namespace streamgauge::report::json_fields {
namespace {

struct StoredHistogram {
    double relative_error = 0.001;
    std::int64_t min_ns = 0, max_ns = 0;
    double sum_ns = 0, sum_squares_ns2 = 0;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> bins;
};

template <typename Fields>
void list_fields(Fields& fields, StoredHistogram& stored) {
    fields("relative_error", stored.relative_error);
    fields("min_ns", stored.min_ns);
    fields("max_ns", stored.max_ns);
    fields("sum_ns", stored.sum_ns);
    fields("sum_squares_ns2", stored.sum_squares_ns2);
    fields("bins", stored.bins);
}

}  // namespace

json::value write_histogram(const Histogram& histogram) {
    const auto moments = histogram.moments();
    return write_fields(StoredHistogram{histogram.relative_error(), moments.min_ns, moments.max_ns,
                                        moments.sum_ns, moments.sum_squares_ns2, histogram.bins()});
}

bool read_histogram(const json::value& json, Histogram& histogram) {
    if (!json.is_object()) return false;
    StoredHistogram stored;
    read_fields(json.get_object(), stored);
    if (!(stored.relative_error >= 0.0001 && stored.relative_error <= 0.25)) return false;
    histogram = Histogram::restore(stored.relative_error, stored.bins,
                                   {stored.min_ns, stored.max_ns, stored.sum_ns, stored.sum_squares_ns2});
    return true;
}

}  // namespace streamgauge::report::json_fields
