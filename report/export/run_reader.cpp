#include "report/export/run_reader.h"

#include "report/export/baseline.h"
#include "report/export/gap_row.h"
#include "report/export/request_row.h"
#include "report/export/run_folder.h"
#include "report/export/run_header.h"
#include "report/export/summary_json.h"
#include "report/export/timeline_row.h"
#include "report/summary/run_aggregate.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace streamgauge::report {
namespace {

namespace fs = std::filesystem;

/// Goes through the lines of a file. A last line without its end was cut off when the run was killed and does
/// not count.
class Lines {
  public:
    explicit Lines(const fs::path& file) : in_(file, std::ios::binary) {
        if (!in_) throw RunFolderError(fmt::format("cannot read {}", file.string()));
    }

    bool next(std::string& line) {
        if (!std::getline(in_, line)) return false;
        if (in_.eof()) cut_off_ = !line.empty();
        return !in_.eof();
    }
    bool cut_off() const { return cut_off_; }

  private:
    std::ifstream in_;
    bool cut_off_ = false;
};

std::string first_line(Lines& lines) {
    std::string line;
    lines.next(line);
    return line;
}

void count_damage(LoadedRun& run, std::uint64_t damaged, const fs::path& file) {
    if (damaged == 0) return;
    run.damaged_lines += damaged;
    run.notes.push_back(fmt::format("{} damaged {} of {} skipped", damaged, damaged == 1 ? "line" : "lines",
                                    file.filename().string()));
}

struct ReadRows {
    nanoseconds end{0};         ///< of the last request, from the start of the run
    std::uint64_t damaged = 0;  ///< rows that could not be read
};

/// `complete`: the run came to its end. One that was killed may end in half a row.
ReadRows read_requests(Lines& lines, const RunFolder& folder, bool complete, const RunNames& names,
                       RunAggregate& aggregate, LoadedRun& run) {
    nanoseconds end{0};
    std::uint64_t damaged = 0;
    JsonLineReader reader;
    for (std::string line; lines.next(line);) {
        const auto request = reader.parse(line) ? parse_request_row(reader, names) : std::nullopt;
        if (!request) {
            ++damaged;
            continue;
        }
        aggregate.add(*request);
        end = std::max(end, request->start + request->total.value_or(nanoseconds{0}));
    }
    if (complete && lines.cut_off()) ++damaged;
    count_damage(run, damaged, folder.requests());
    return {end, damaged};
}

void read_gaps(const fs::path& file, const RunNames& names, RunAggregate& aggregate, LoadedRun& run) {
    if (!fs::exists(file)) {
        run.notes.push_back(
            fmt::format("{} is not there: inter-token latency is not measured", file.string()));
        return;
    }
    Lines lines(file);
    const auto header = first_line(lines);
    if (!is_header(header, row_schema::gaps)) {
        run.notes.push_back(
            fmt::format("{} has lost its first line: inter-token latency is not measured", file.string()));
        return;
    }
    check_rows_header(header, row_schema::gaps, file);
    std::uint64_t damaged = 0;
    JsonLineReader reader;
    for (std::string line; lines.next(line);) {
        if (const auto row = reader.parse(line) ? parse_gap_row(reader, names) : std::nullopt) {
            aggregate.add_gaps(row->key.target, row->key.phase, row->counts.start, row->counts.gaps);
        } else {
            ++damaged;
        }
    }
    count_damage(run, damaged, file);
}

/// What summary.json knows beyond the rows; empty when the run was killed before it was written.
std::optional<StoredRun> read_stored(const fs::path& file, LoadedRun& run) {
    if (!fs::exists(file)) return std::nullopt;
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    const auto json = parse_json(text.str());
    if (json && json->is_object()) return stored_run(json->get_object());
    run.notes.push_back(fmt::format("{} is damaged; everything is computed from the rows", file.string()));
    return std::nullopt;
}

/// What was compared when the run ended; of a run that was killed before, what its baselines say now, as far
/// as they are still there.
std::optional<RunComparison> find_baseline(std::optional<RunComparison> stored, const RunFolder& folder,
                                           LoadedRun& run) {
    const auto& wanted = run.scenario.baseline;
    if (!wanted) return stored;
    if (stored) {
        stored->where = wanted->where;
        return stored;
    }
    try {
        auto baseline = read_baseline(run.scenario);
        if (baseline) return compare_with_baseline(*std::move(baseline), run.scenario, folder);
    } catch (const RunFolderError& error) {
        run.notes.push_back(fmt::format("not compared with its baseline: {}", error.what()));
    }
    return std::nullopt;
}

}  // namespace

LoadedRun read_run(const fs::path& path) {
    const auto folder = RunFolder::open(path);
    Lines lines(folder.requests());
    auto header = parse_requests_header(first_line(lines), folder.requests());
    LoadedRun run;
    run.scenario = std::move(header.scenario);
    auto& summary = run.summary;
    summary.run = std::move(header.run);

    const auto names = RunNames::of(run.scenario);
    RunAggregate aggregate(run.scenario);
    auto stored = read_stored(folder.summary(), run);
    const bool complete = stored && !stored->run.partial;
    const auto rows = read_requests(lines, folder, complete, names, aggregate, run);
    read_gaps(folder.gaps(), names, aggregate, run);

    ClientHealth health;
    if (stored) {
        summary.run = std::move(stored->run);
        health = std::move(stored->health);
    } else {
        summary.run.partial = true;
        summary.run.duration = rows.end;
        run.notes.emplace_back(
            "the run was killed before its end: figures are of the requests it had finished");
    }
    aggregate.summarize(summary, summary.run.seed);
    // Rows that cannot be read are lost like those that were never written; but they are still in the file,
    // to be counted again by the next reader.
    auto judged = health;
    judged.rows_lost += rows.damaged;
    summary.validity = judge_validity(judged, summary);
    summary.validity.health = std::move(health);
    summary.baseline = find_baseline(stored ? std::move(stored->baseline) : std::nullopt, folder, run);
    summary.verdict = judge(run.scenario, summary);
    return run;
}

std::uint64_t for_each_request(const fs::path& path, const std::function<void(const RunHeader&)>& begin,
                               const std::function<void(const RequestMetrics&)>& take) {
    const auto folder = RunFolder::open(path);
    Lines lines(folder.requests());
    const auto header = parse_requests_header(first_line(lines), folder.requests());
    begin(header);
    const auto names = RunNames::of(header.scenario);
    std::uint64_t damaged = 0;
    JsonLineReader reader;
    for (std::string line; lines.next(line);) {
        const auto request = reader.parse(line) ? parse_request_row(reader, names) : std::nullopt;
        if (!request) ++damaged;
        if (request) take(*request);
    }
    return damaged;
}

Summary load_run(const fs::path& folder) {
    return read_run(folder).summary;
}

std::vector<StreamTimeline> load_timelines(const fs::path& path) {
    const auto folder = RunFolder::open(path);
    std::vector<StreamTimeline> timelines;
    if (!fs::exists(folder.timelines())) return timelines;
    Lines requests(folder.requests());
    const auto header = parse_requests_header(first_line(requests), folder.requests());
    const auto names = RunNames::of(header.scenario);
    Lines lines(folder.timelines());
    const auto first = first_line(lines);
    if (!is_header(first, row_schema::timelines)) return timelines;
    check_rows_header(first, row_schema::timelines, folder.timelines());
    JsonLineReader reader;
    for (std::string line; lines.next(line);) {
        if (!reader.parse(line)) continue;
        if (auto timeline = parse_timeline_row(reader, names)) timelines.push_back(std::move(*timeline));
    }
    return timelines;
}

}  // namespace streamgauge::report
