#include "report/export/run_writer.h"

#include "report/export/run_header.h"
#include "report/export/timeline_row.h"

#include <algorithm>

namespace streamgauge::report {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto turn_interval = 250ms;
constexpr auto timelines_interval = 5s;

/// Rows are handed to the system in pieces, so that memory and what a full disk costs stay small.
constexpr std::size_t piece_bytes = 256 * 1024;

}  // namespace

RunWriter::RunWriter(Run run, std::vector<WorkerLog*> logs)
    : run_(std::move(run)),
      logs_(std::move(logs)),
      names_(RunNames::of(run_.scenario)),
      masker_(run_.scenario.secrets),
      request_file_(run_.folder.requests()),
      gap_file_(run_.folder.gaps()),
      gaps_(run_.scenario) {
    write_file(run_.folder.scenario(), masker_.mask(run_.scenario.source));
    write_file(run_.folder.timelines(), rows_header(row_schema::timelines));
    if (!request_file_.append(requests_header(run_.info, run_.scenario))) {
        throw RunFolderError(request_file_.error());
    }
    if (!gap_file_.append(rows_header(row_schema::gaps))) throw RunFolderError(gap_file_.error());
    thread_ = std::thread([this] { write_until_finished(); });
}

RunWriter::~RunWriter() {
    finish();
}

void RunWriter::hurry() {
    // Without the lock: a worker must not wait. A call that is missed costs no more than one interval.
    wake_.notify_one();
}

void RunWriter::finish() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        finishing_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

std::uint64_t RunWriter::rows_lost() const {
    std::uint64_t lost = rows_failed_.load(std::memory_order_relaxed);
    for (const auto* log : logs_)
        lost += log->rows_lost();
    return lost;
}

std::optional<std::string> RunWriter::trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

void RunWriter::write_until_finished() {
    auto timelines_due = Clock::now() + timelines_interval;
    for (bool last = false; !last;) {
        {
            std::unique_lock lock(mutex_);
            if (!finishing_) wake_.wait_for(lock, turn_interval);
            last = finishing_;
        }
        take_turn();
        const auto begin = Clock::now();
        if (!last && begin < timelines_due) continue;
        write_timelines();
        // Many long timelines on a slow disk must not keep the rows waiting.
        timelines_due =
            Clock::now() + std::max<Clock::duration>(timelines_interval, 20 * (Clock::now() - begin));
    }
}

void RunWriter::take_turn() {
    bool renew_timelines = false;
    for (auto* log : logs_) {
        auto batch = log->take();
        write_rows(batch.rows);
        write_gaps(batch.gaps);
        renew_timelines = renew_timelines || !batch.first_of_outcome.empty();
        std::ranges::move(batch.first_of_outcome, std::back_inserter(first_of_outcome_));
    }
    if (renew_timelines) write_timelines();
}

void RunWriter::write_rows(const std::vector<RequestMetrics>& rows) {
    std::string piece;
    std::uint64_t in_piece = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        piece += request_row(rows[i], names_);
        ++in_piece;
        if (piece.size() < piece_bytes && i + 1 < rows.size()) continue;
        if (!request_file_.append(piece)) {
            rows_failed_.fetch_add(in_piece, std::memory_order_relaxed);
            note(request_file_.error());
        }
        piece.clear();
        in_piece = 0;
    }
}

void RunWriter::write_gaps(const GapTable& gaps) {
    std::string lines;
    for (const auto& [key, counts] : gaps) {
        lines += gap_row(key, counts, names_);
        // As a reader of the file will see them, so that both sum up to the same.
        const auto restored =
            Histogram::restore(counts.gaps.relative_error(), counts.gaps.bins(), counts.gaps.moments());
        gaps_.add_gaps(key.target, key.phase, counts.start, restored);
    }
    if (lines.empty() || gap_file_.append(lines)) return;
    rows_failed_.fetch_add(gaps.size(), std::memory_order_relaxed);
    note(gap_file_.error());
}

void RunWriter::write_timelines() {
    TimelineKeeper keeper(run_.scenario.seed);
    for (const auto* log : logs_)
        keeper.merge(log->keeper());
    auto kept = keeper.kept();
    for (const auto& first : first_of_outcome_) {
        const auto same = [&](const auto& other) { return other->request_id == first->request_id; };
        if (std::ranges::none_of(kept, same)) kept.push_back(first);
    }
    std::ranges::stable_sort(kept, {}, [](const auto& timeline) { return timeline->intended; });
    std::string text = rows_header(row_schema::timelines);
    for (const auto& timeline : kept)
        text += timeline_row(*timeline, run_.start, names_, masker_);
    try {
        write_file(run_.folder.timelines(), text);
    } catch (const RunFolderError& error) {
        note(error.what());
    }
}

void RunWriter::note(const std::string& trouble) {
    const std::lock_guard lock(mutex_);
    if (!trouble_) trouble_ = trouble;
}

}  // namespace streamgauge::report
