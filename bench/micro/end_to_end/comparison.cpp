#include "bench/micro/end_to_end/comparison.h"

#include "bench/micro/end_to_end/scratch_folder.h"
#include "bench/micro/end_to_end/server_process.h"

#include <thread>

namespace streamgauge::micro {
namespace {

/// Enough for a client to be ready when its first stream is due.
constexpr nanoseconds preparation = 300ms;

Repetition run_once(Client which, const Load& load, ServerProcess& server) {
    const Moment start = std::chrono::steady_clock::now() + preparation;
    ClientProcess client{which, load, server.port(), start};
    std::this_thread::sleep_until(load.window_begin(start));
    const Moment began = std::chrono::steady_clock::now();
    const auto before = server.statistics();
    const auto cpu_before = server.cpu_time();
    std::this_thread::sleep_until(load.window_end(start));
    const Moment looked = std::chrono::steady_clock::now();
    const auto in_window = server.statistics().since(before);
    const auto cpu = server.cpu_time() - cpu_before;

    Repetition repetition;
    repetition.figures = client.finish();
    const double late = static_cast<double>(in_window.lateness_quantile(0.99).count()) / 1e3;
    repetition.figures[Figure::server_late_p99] = late;
    const std::chrono::duration<double> took = looked - began;
    repetition.figures[Figure::server_tokens_per_second] =
        static_cast<double>(in_window.events) / took.count();
    repetition.figures[Figure::server_cpu_share] = cpu / took;
    repetition.disturbed = late > most_server_lateness_us;
    return repetition;
}

}  // namespace

Comparison compare(const Load& load, const std::vector<Client>& clients, unsigned repetitions) {
    const ScratchFolder certificates;
    ServerProcess server{server_for(load, certificates.path())};
    Comparison comparison{load, {}};
    for (const auto client : clients)
        comparison.series.push_back({client, {}});
    for (unsigned round = 0; round < repetitions; ++round) {
        for (auto& series : comparison.series)
            series.repetitions.push_back(run_once(series.client, load, server));
    }
    return comparison;
}

}  // namespace streamgauge::micro
