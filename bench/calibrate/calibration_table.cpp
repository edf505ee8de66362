#include "bench/calibrate/calibration_table.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <cmath>
#include <cstdint>

namespace streamgauge::calibrate {

namespace {

namespace json = boost::json;

/// Microseconds below 10 ms, milliseconds above.
std::string short_time(nanoseconds time) {
    const auto count = static_cast<double>(time.count());
    if (std::abs(count) < 99.95e3) return fmt::format("{:.1f} us", count / 1e3);
    if (std::abs(count) < 10e6) return fmt::format("{:.0f} us", count / 1e3);
    return fmt::format("{:.0f} ms", count / 1e6);
}

json::object figures_json(const ErrorFigures& figures) {
    return {{"samples", figures.samples},
            {"mean_ns", figures.mean.count()},
            {"p99_ns", figures.p99.count()},
            {"max_ns", figures.max.count()}};
}

json::object row_json(const CalibrationRow& row) {
    json::object object{{"streams", row.step.streams},
                        {"tokens_per_second_due", row.step.tokens_per_second},
                        {"tokens_per_second", row.tokens_per_second},
                        {"ttft_error", figures_json(row.ttft)},
                        {"ttft_error_user_stamp", figures_json(row.ttft_user)},
                        {"token_error", figures_json(row.tokens)},
                        {"client_lag_p99_ns", row.client_lag_p99.count()},
                        {"send_lag_p99_ns", row.send_lag_p99.count()},
                        {"client_cores", row.client_cores},
                        {"server_cores", row.server_cores},
                        {"uncertain_share", row.uncertain_share},
                        {"streams_failed", row.failed}};
    const auto fault = row.fault();
    object["honest"] = fault.empty();
    if (!fault.empty()) object["fault"] = fault;
    return object;
}

constexpr auto loopback =
    "Client and server share this machine, so the path has no network card and no driver: on a real\n"
    "network the kernel stamps a packet when the driver hands it over, later by what the card holds back.\n";

}  // namespace

std::string table_heading() {
    return fmt::format(
        "{:>7} {:>9}   {:^29} {:>9} {:>9} {:>9}  {:^13}\n"
        "{:>7} {:>9}   {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  {:>6} {:>6}\n",
        "", "", "TTFT error", "user", "token", "client", "CPU of", "streams", "tokens/s", "mean", "p99",
        "max", "stamp p99", "error p99", "lag p99", "client", "server");
}

std::string table_line(const CalibrationRow& row) {
    auto line = fmt::format("{:>7} {:>9.0f}   {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  {:>5.0f}% {:>5.0f}%\n",
                            row.step.streams, row.tokens_per_second, short_time(row.ttft.mean),
                            short_time(row.ttft.p99), short_time(row.ttft.max), short_time(row.ttft_user.p99),
                            short_time(row.tokens.p99), short_time(row.client_lag_p99),
                            row.client_cores * 100, row.server_cores * 100);
    if (const auto fault = row.fault(); !fault.empty())
        line += fmt::format("{:>7} not honest: {}\n", "", fault);
    return line;
}

const CalibrationRow* highest_honest(std::span<const CalibrationRow> rows) {
    const CalibrationRow* highest = nullptr;
    for (const auto& row : rows) {
        if (!row.fault().empty()) break;
        highest = &row;
    }
    return highest;
}

std::string table_ending(std::span<const CalibrationRow> rows) {
    const auto* highest = highest_honest(rows);
    if (highest == nullptr) {
        return "This machine is too busy to measure even the smallest load. Free its cores and try again.\n";
    }
    return fmt::format(
               "Up to {:.0f} tokens/s over {} streams this client's times are right: TTFT within {} and "
               "token\n"
               "times within {} at p99, with one half of the cores for each side.\n",
               highest->tokens_per_second, highest->step.streams, short_time(highest->ttft.p99),
               short_time(highest->tokens.p99)) +
           loopback;
}

std::string calibration_json(std::span<const CalibrationRow> rows) {
    json::array steps;
    for (const auto& row : rows)
        steps.push_back(row_json(row));
    json::object object{{"version", STREAMGAUGE_VERSION}, {"steps", std::move(steps)}};
    if (const auto* highest = highest_honest(rows)) {
        object["honest_up_to"] = {{"streams", highest->step.streams},
                                  {"tokens_per_second", highest->tokens_per_second}};
    }
    object["path"] = "loopback: no network card and no driver";
    return json::serialize(object) + "\n";
}

}  // namespace streamgauge::calibrate
