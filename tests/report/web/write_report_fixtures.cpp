// Writes the fixture runs as real reports, for the browser test: write_report_fixtures DIRECTORY
#include "report/export/html.h"
#include "tests/report/summary/comparison_fixture.h"
#include "tests/report/web/report_fixture.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

void write(const std::filesystem::path& file, const std::string& page) {
    std::ofstream out{file, std::ios::binary};
    out << page;
    out.close();
    if (!out) throw std::runtime_error("cannot write " + file.string());
}

void write(const std::filesystem::path& file, const streamgauge::report::fixture::Run& run) {
    using namespace streamgauge::report;
    write(file, html_report(run.summary, make_report_data(run.timelines, run.summary)));
}

}  // namespace

int main(int argc, char** argv) {
    using namespace streamgauge::report;
    if (argc != 2) {
        std::cerr << "usage: write_report_fixtures DIRECTORY\n";
        return 2;
    }
    const std::filesystem::path directory{argv[1]};
    std::filesystem::create_directories(directory);
    write(directory / "gateway.html", fixture::buffered_gateway());
    write(directory / "compared.html", fixture::compared());
    write(directory / "healthy.html", fixture::healthy());
    write(directory / "empty.html", fixture::empty());
    write(directory / "hostile.html", fixture::hostile());
    write(directory / "runs.html", html_comparison(testing::comparison_fixture()));
    write(directory / "hostile_runs.html", html_comparison(fixture::hostile_runs()));
}
