#pragma once

#include "bench/calibrate/calibration.h"

#include <span>
#include <string>

namespace streamgauge::calibrate {

/// Two lines of headings, with line ends. Every line of the table fits 100 columns.
std::string table_heading();
/// One load as a line; where its figures are not to be trusted a second line says why.
std::string table_line(const CalibrationRow& row);
/// What the table says in sentences: up to which load, and what it leaves out.
std::string table_ending(std::span<const CalibrationRow> rows);

/// The same for machines: `steps`, each with its figures in nanoseconds, and `honest_up_to`.
std::string calibration_json(std::span<const CalibrationRow> rows);

/// The last load before the first that failed; null when there is none.
const CalibrationRow* highest_honest(std::span<const CalibrationRow> rows);

}  // namespace streamgauge::calibrate
