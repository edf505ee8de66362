#include "bench/micro/end_to_end/output.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace streamgauge::micro {
namespace {

std::vector<double> values_of(const Series& series, Figure figure) {
    std::vector<double> values;
    for (const auto& repetition : series.repetitions)
        values.push_back(repetition.figures[figure]);
    return values;
}

std::size_t disturbed_of(const Series& series) {
    return static_cast<std::size_t>(std::count_if(series.repetitions.begin(), series.repetitions.end(),
                                                  [](const auto& one) { return one.disturbed; }));
}

/// Tokens per CPU-second against those of the first series, round by round.
std::vector<double> shares_of(const Series& series, const Series& first) {
    std::vector<double> shares;
    for (std::size_t round = 0; round < series.repetitions.size(); ++round) {
        shares.push_back(series.repetitions[round].figures[Figure::tokens_per_cpu_second] /
                         first.repetitions[round].figures[Figure::tokens_per_cpu_second]);
    }
    return shares;
}

std::string short_number(double value) {
    const double size = std::abs(value);
    if (size >= 10'000) return fmt::format("{:.0f}", value);
    if (size >= 100) return fmt::format("{:.0f}", value);
    if (size >= 10) return fmt::format("{:.1f}", value);
    return fmt::format("{:.2f}", value);
}

std::string cell(const Measurement& measurement) {
    if (measurement.repetitions == 0) return "-";
    if (measurement.min == measurement.max) return short_number(measurement.value);
    return fmt::format("{} ({} .. {})", short_number(measurement.value), short_number(measurement.min),
                       short_number(measurement.max));
}

void print_row(std::string_view name, std::string_view unit, const std::vector<Measurement>& columns) {
    if (std::all_of(columns.begin(), columns.end(), [](const auto& one) { return one.repetitions == 0; }))
        return;
    fmt::print("  {:<28} {:<4}", name, unit);
    for (const auto& column : columns)
        fmt::print(" {:>34}", cell(column));
    fmt::print("\n");
}

boost::json::object to_json(const Measurement& measurement) {
    return {{"name", measurement.name},
            {"unit", measurement.unit},
            {"value", measurement.value},
            {"min", measurement.min},
            {"max", measurement.max},
            {"repetitions", measurement.repetitions},
            {"disturbed", measurement.disturbed}};
}

}  // namespace

std::string_view name_of(Transport transport) {
    switch (transport) {
        case Transport::cleartext:
            return "cleartext";
        case Transport::tls:
            return "tls";
        case Transport::gzip:
            break;
    }
    return "gzip";
}

Measurement summarize(std::string name, std::string_view unit, std::vector<double> values) {
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    Measurement result{std::move(name), std::string{unit}, 0, 0, 0, values.size(), 0};
    if (values.empty()) return result;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    result.value = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    result.min = values.front();
    result.max = values.back();
    return result;
}

std::vector<Measurement> measurements_of(const Comparison& comparison) {
    std::vector<Measurement> all;
    const auto add = [&all](Measurement measurement, std::size_t disturbed) {
        if (measurement.repetitions == 0) return;
        measurement.disturbed = disturbed;
        all.push_back(std::move(measurement));
    };
    for (const auto& series : comparison.series) {
        const auto prefix = fmt::format("{}/{}/{}/", comparison.load.name, name_of(comparison.load.transport),
                                        name_of(series.client));
        for (std::size_t i = 0; i < figure_count; ++i) {
            const auto figure = static_cast<Figure>(i);
            const auto [name, unit] = text_of(figure);
            add(summarize(prefix + std::string{name}, unit, values_of(series, figure)), disturbed_of(series));
        }
        if (const auto& first = comparison.series.front(); &series != &first) {
            add(summarize(fmt::format("{}ratio_to_{}", prefix, name_of(first.client)), "1",
                          shares_of(series, first)),
                disturbed_of(series) + disturbed_of(first));
        }
    }
    return all;
}

void print_table(const Comparison& comparison) {
    const auto& load = comparison.load;
    fmt::print("{} {}: {} streams, {:.0f} tokens/s, {} tokens each, window {} ms{}\n", load.name,
               name_of(load.transport), load.streams, load.tokens_per_second, load.tokens(),
               load.window / 1ms,
               load.nap > 0ns ? fmt::format(", asleep {} ms at a time", load.nap / 1ms) : "");
    fmt::print("  {:<28} {:<4}", "median (least .. greatest)", "");
    for (const auto& series : comparison.series)
        fmt::print(" {:>34}", name_of(series.client));
    fmt::print("\n");
    std::vector<Measurement> shares;
    for (const auto& series : comparison.series)
        shares.push_back(summarize({}, {}, shares_of(series, comparison.series.front())));
    print_row("tokens per CPU-s, ratio", "", shares);
    for (std::size_t i = 0; i < figure_count; ++i) {
        const auto figure = static_cast<Figure>(i);
        std::vector<Measurement> columns;
        for (const auto& series : comparison.series)
            columns.push_back(summarize({}, {}, values_of(series, figure)));
        const auto [name, unit] = text_of(figure);
        print_row(name, unit == "1" ? "" : unit, columns);
    }
    for (const auto& series : comparison.series) {
        const auto disturbed = disturbed_of(series);
        if (disturbed > 0) {
            fmt::print("  disturbed: in {} of {} repetitions of {} the server was over 1 ms late\n",
                       disturbed, series.repetitions.size(), name_of(series.client));
        }
    }
    fmt::print("\n");
    std::fflush(stdout);
}

void print_lines(const std::vector<Measurement>& measurements) {
    for (const auto& measurement : measurements) {
        fmt::print("  {:<60} {} {}\n", measurement.name, cell(measurement),
                   measurement.unit == "1" ? "" : measurement.unit);
    }
    fmt::print("\n");
    std::fflush(stdout);
}

void write_json(const std::filesystem::path& file, const std::vector<Measurement>& measurements) {
    boost::json::array all;
    for (const auto& measurement : measurements)
        all.push_back(to_json(measurement));
    std::ofstream out{file};
    out << boost::json::serialize(boost::json::object{{"measurements", std::move(all)}}) << '\n';
    if (!out.flush()) throw std::runtime_error{fmt::format("cannot write {}", file.string())};
}

}  // namespace streamgauge::micro
