#include "report/stats/block_bootstrap.h"

#include "report/model/nearest_rank.h"

#include <algorithm>
#include <iterator>
#include <random>

namespace streamgauge::report {

namespace {

using std::chrono::nanoseconds;

constexpr std::size_t replicates = 1'000;
constexpr std::size_t minimum_blocks_of_a_phase = 5;

/// All blocks over one common, ascending list of values; censored requests stand in a last column.
struct Table {
    std::vector<nanoseconds> values;
    std::vector<std::vector<std::uint64_t>> rows;             ///< one per block, values.size() + 1 columns
    std::vector<std::pair<std::size_t, std::size_t>> phases;  ///< [first, end) of the rows of each phase
};

std::vector<std::vector<TimeBlock>> filled_blocks(std::span<const std::vector<TimeBlock>> phases) {
    std::vector<std::vector<TimeBlock>> filled;
    for (const auto& phase : phases) {
        std::vector<TimeBlock> kept;
        std::copy_if(phase.begin(), phase.end(), std::back_inserter(kept),
                     [](const TimeBlock& block) { return block.size() > 0; });
        if (!kept.empty()) filled.push_back(std::move(kept));
    }
    return filled;
}

bool enough_blocks(const std::vector<std::vector<TimeBlock>>& phases) {
    std::size_t total = 0;
    for (const auto& phase : phases) {
        if (phase.size() < minimum_blocks_of_a_phase) return false;
        total += phase.size();
    }
    return total >= minimum_blocks;
}

Table tabulate(const std::vector<std::vector<TimeBlock>>& phases) {
    std::vector<std::uint32_t> bins;
    for (const auto& phase : phases) {
        for (const auto& block : phase) {
            for (const auto& [bin, count] : block.values->bins())
                bins.push_back(bin);
        }
    }
    std::sort(bins.begin(), bins.end());
    bins.erase(std::unique(bins.begin(), bins.end()), bins.end());

    Table table;
    for (const auto bin : bins)
        table.values.push_back(phases[0][0].values->bin_value(bin));
    for (const auto& phase : phases) {
        const std::size_t first = table.rows.size();
        for (const auto& block : phase) {
            auto& row = table.rows.emplace_back(bins.size() + 1);
            for (const auto& [bin, count] : block.values->bins()) {
                row[static_cast<std::size_t>(std::lower_bound(bins.begin(), bins.end(), bin) -
                                             bins.begin())] = count;
            }
            row.back() = block.censored;
        }
        table.phases.emplace_back(first, table.rows.size());
    }
    return table;
}

/// A number in 0..limit-1. Not std::uniform_int_distribution, whose results differ between libraries.
std::size_t draw(std::mt19937_64& random, std::size_t limit) {
    return static_cast<std::size_t>((random() >> 32) * limit >> 32);
}

/// Column sums of one resample.
void resample(const Table& table, std::mt19937_64& random, std::vector<std::uint64_t>& sums) {
    std::vector<std::uint64_t> times(table.rows.size());
    for (const auto& [first, end] : table.phases) {
        for (std::size_t i = first; i < end; ++i)
            ++times[first + draw(random, end - first)];
    }
    std::fill(sums.begin(), sums.end(), 0);
    for (std::size_t row = 0; row < times.size(); ++row) {
        if (times[row] == 0) continue;
        for (std::size_t column = 0; column < sums.size(); ++column) {
            sums[column] += times[row] * table.rows[row][column];
        }
    }
}

}  // namespace

std::optional<std::vector<QuantileInterval>> block_bootstrap(std::span<const std::vector<TimeBlock>> phases,
                                                             std::span<const double> quantiles,
                                                             std::uint64_t seed) {
    const auto filled = filled_blocks(phases);
    if (filled.empty() || !enough_blocks(filled)) return std::nullopt;
    const Table table = tabulate(filled);
    constexpr auto censored = nanoseconds::max();

    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> sums(table.values.size() + 1);
    std::vector<std::vector<nanoseconds>> found(quantiles.size(), std::vector<nanoseconds>(replicates));
    for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
        resample(table, random, sums);
        for (std::size_t column = 1; column < sums.size(); ++column)
            sums[column] += sums[column - 1];
        for (std::size_t i = 0; i < quantiles.size(); ++i) {
            const auto rank = nearest_rank(quantiles[i], sums.back());
            const auto column =
                static_cast<std::size_t>(std::lower_bound(sums.begin(), sums.end(), rank) - sums.begin());
            found[i][replicate] = column < table.values.size() ? table.values[column] : censored;
        }
    }

    std::vector<QuantileInterval> intervals;
    for (auto& values : found) {
        std::sort(values.begin(), values.end());
        const auto bound = [&](double share) {
            const auto value = values[nearest_rank(share, replicates) - 1];
            return value == censored ? std::nullopt : std::optional(value);
        };
        intervals.push_back({bound(0.025), bound(0.975)});
    }
    return intervals;
}

}  // namespace streamgauge::report
