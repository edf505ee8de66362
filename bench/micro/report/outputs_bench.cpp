// The outputs of a long run: records made-up streams as a run does, then times what comes after the last
// stream and weighs the page. Streams are generated from a fixed seed. usage: report_outputs_bench FOLDER
// [REQUESTS]     (FOLDER does not exist; 1,000,000 requests)
#include "report/export/report_page.h"
#include "report/export/run_info.h"
#include "report/export/run_reader.h"
#include "report/export/run_recorder.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <string_view>

namespace {

using namespace std::chrono_literals;
using namespace streamgauge;
using std::chrono::nanoseconds;

constexpr report::Moment run_start{1'000s};
constexpr int tokens = 100;

scenarios::Scenario long_scenario(std::uint64_t requests) {
    scenarios::Scenario scenario;
    scenario.name = "a long run";
    for (const char* name : {"direct", "gateway"}) {
        scenarios::Target target;
        target.name = name;
        target.url.text = fmt::format("http://{}.example/v1/chat/completions", name);
        target.share = 0.5;
        scenario.targets.push_back(target);
    }
    scenarios::OpenLoop loop;
    loop.rate.to = static_cast<double>(requests) / 4'000;
    scenario.load.push_back({"warm-up", loop, 1'000s, true});
    for (const char* name : {"low", "steady", "peak"})
        scenario.load.push_back({name, loop, 1'000s, false});
    return scenario;
}

class Streams {
  public:
    /// Of the gateway in blocks of 16 token events. Every 200th request fails.
    const report::StreamTimeline& make(std::uint64_t number, nanoseconds due) {
        timeline_.clear();
        timeline_.request_id = fmt::format("{:08x}-0000-4000-8000-{:012x}", number, number * 7'919);
        timeline_.sequence = number;
        timeline_.target = static_cast<std::uint32_t>(number % 2);
        timeline_.phase = static_cast<std::uint32_t>(due / 1'000s);
        timeline_.intended = run_start + due;
        timeline_.sent = timeline_.send_done = timeline_.intended + 60us;
        timeline_.http_status = 200;
        if (number % 200 == 17) {
            fail();
        } else {
            generate(timeline_.target == 0 ? 1 : 16);
        }
        return timeline_;
    }

  private:
    void fail() {
        timeline_.http_status = 503;
        timeline_.outcome = report::Outcome::http_error;
        timeline_.headers = timeline_.end = *timeline_.sent + 20ms;
        timeline_.detail = "503 Service Unavailable: {\"error\":{\"message\":\"overloaded\"}}";
    }

    nanoseconds lognormal(nanoseconds median, double sigma) {
        return nanoseconds{
            std::llround(static_cast<double>(median.count()) * std::exp(sigma * normal_(random_)))};
    }

    void generate(std::uint32_t per_read) {
        const auto gap = lognormal(22ms, 0.2);
        auto at = *timeline_.sent + lognormal(200ms, 0.4);
        for (std::uint32_t i = 0; i < tokens; ++i) {
            at += gap + nanoseconds{random_() % 4'000'000};
            if ((i + 1) % per_read == 0 || i + 1 == tokens)
                timeline_.reads.emplace_back(at, at - 40us, 258 * per_read);
            timeline_.tokens.push_back({i / per_read, i, 250, 1, report::TokenKind::answer});
        }
        timeline_.headers = timeline_.first_byte = timeline_.reads.front().arrival;
        timeline_.terminal = timeline_.end = timeline_.reads.back().arrival + 200us;
        timeline_.outcome = report::Outcome::completed;
    }

    std::mt19937_64 random_{1};
    std::normal_distribution<double> normal_;
    report::StreamTimeline timeline_;
};

/// Of the whole process, its writer thread included. On a busy machine only the second tells anything.
template <typename Step>
void time_step(std::string_view name, Step&& step) {
    const auto begin = std::chrono::steady_clock::now();
    const auto cpu_begin = std::clock();
    step();
    const auto cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    fmt::print("{:<34} {:7.2f} s, {:6.2f} s of CPU\n", name, wall.count(), cpu);
}

void measure(const std::filesystem::path& path, std::uint64_t requests) {
    const auto scenario = long_scenario(requests);
    const auto folder = report::RunFolder::create(path);
    report::RunRecorder recorder(scenario, folder, report::describe_run(scenario, 1, 0), 1, run_start, 0);
    Streams streams;
    time_step("recorded", [&] {
        for (std::uint64_t number = 0; number < requests; ++number)
            recorder.sink(0).on_timeline(streams.make(number, 4'000s * number / requests));
    });
    const auto lost = recorder.live().rows_lost;
    report::Summary summary;
    time_step("last rows and summary.json",
              [&] { summary = recorder.finish(report::ClientHealth(), 4'005s, 0); });
    time_step("report.html", [&] { report::write_report_page(folder, summary); });
    time_step("read again, for `report`", [&] { summary = report::load_run(path); });
    fmt::print("{} requests, {} rows lost; {:.0f} MB of rows, a page of {} bytes\n", requests, lost,
               static_cast<double>(std::filesystem::file_size(folder.requests())) / 1e6,
               std::filesystem::file_size(folder.report()));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::cerr << "usage: report_outputs_bench FOLDER [REQUESTS]\n";
        return 2;
    }
    try {
        measure(argv[1], argc == 3 ? std::stoull(argv[2]) : 1'000'000);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
