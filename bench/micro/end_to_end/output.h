#pragma once

#include "bench/micro/end_to_end/comparison.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::micro {

/// One measured thing over its repetitions, as it goes into the JSON file.
struct Measurement {
    std::string name;  ///< `drain/cleartext/streamgauge/tokens_per_cpu_second`
    std::string unit;
    double value = 0;  ///< median
    double min = 0;
    double max = 0;
    std::size_t repetitions = 0;
    std::size_t disturbed = 0;  ///< repetitions in which the server was late
};

std::string_view name_of(Transport transport);

/// Median, least and greatest of `values`, which is not empty; NaNs are left out. Gives `repetitions` 0 when
/// nothing is left.
Measurement summarize(std::string name, std::string_view unit, std::vector<double> values);

/// All figures of a comparison, and streamgauge's share of the floor's tokens per CPU-second, taken in each
/// round of repetitions.
std::vector<Measurement> measurements_of(const Comparison& comparison);

/// A table for people, to stdout.
void print_table(const Comparison& comparison);
/// Measurements one a line, to stdout.
void print_lines(const std::vector<Measurement>& measurements);

/// Throws std::runtime_error when the file cannot be written.
void write_json(const std::filesystem::path& file, const std::vector<Measurement>& measurements);

}  // namespace streamgauge::micro
