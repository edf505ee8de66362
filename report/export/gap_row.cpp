#include "report/export/gap_row.h"

#include "report/export/json_line.h"

namespace streamgauge::report {

std::string gap_row(const GapKey& key, const GapCounts& counts, const RunNames& names) {
    JsonLine line;
    line.field("target", std::string_view(names.targets.at(key.target)));
    line.field("phase", std::string_view(names.phases.at(key.phase)));
    line.field("start_ns", counts.start.count());
    line.field("relative_error", counts.gaps.relative_error());
    const auto moments = counts.gaps.moments();
    line.field("min_ns", moments.min_ns);
    line.field("max_ns", moments.max_ns);
    line.field("sum_ns", moments.sum_ns);
    line.field("sum_squares_ns2", moments.sum_squares_ns2);
    std::vector<std::int64_t> bins;
    for (const auto& [bin, count] : counts.gaps.bins()) {
        bins.push_back(bin);
        bins.push_back(static_cast<std::int64_t>(count));
    }
    line.field("bins", bins);
    return std::move(line).finish();
}

std::optional<GapRow> parse_gap_row(JsonLineReader& line, const RunNames& names) {
    const auto target = index_of(names.targets, line.text("target").value_or(""));
    const auto phase = index_of(names.phases, line.text("phase").value_or(""));
    const auto start = line.integer("start_ns");
    const auto error = line.number("relative_error");
    const auto least = line.integer("min_ns"), most = line.integer("max_ns");
    const auto sum = line.number("sum_ns"), squares = line.number("sum_squares_ns2");
    const auto flat = line.integers("bins");
    if (!target || !phase || !start || !error || !least || !most || !sum || !squares || !flat) {
        return std::nullopt;
    }
    if (flat->size() % 2 != 0 || *error < 0.0001 || *error > 0.25) return std::nullopt;

    std::vector<std::pair<std::uint32_t, std::uint64_t>> bins;
    for (std::size_t i = 0; i < flat->size(); i += 2) {
        if ((*flat)[i] < 0 || (*flat)[i] > UINT32_MAX || (*flat)[i + 1] < 0) return std::nullopt;
        bins.emplace_back(static_cast<std::uint32_t>((*flat)[i]), static_cast<std::uint64_t>((*flat)[i + 1]));
    }
    const std::chrono::nanoseconds from(*start);
    const auto second = std::chrono::floor<std::chrono::seconds>(from).count();
    return GapRow{{*target, *phase, second},
                  {from, Histogram::restore(*error, bins, {*least, *most, *sum, *squares})}};
}

}  // namespace streamgauge::report
