#include "bench/cli/export_options.h"

#include "bench/cli/usage_error.h"
#include "report/export/annotations.h"
#include "report/export/exporters.h"
#include "report/export/markdown.h"
#include "report/export/step_summary.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <ostream>
#include <system_error>

namespace streamgauge::cli {

namespace {

namespace fs = std::filesystem;

constexpr auto all_names = "all";

bool is_chosen(const ExportOptions& options, std::string_view name) {
    return std::any_of(options.names.begin(), options.names.end(),
                       [&](const std::string& each) { return each == name || each == all_names; });
}

/// Runs `write`; when it cannot, keeps what it said.
void attempt(std::vector<std::string>& troubles, const std::function<void()>& write) {
    try {
        write();
    } catch (const report::RunFolderError& error) {
        troubles.emplace_back(error.what());
    }
}

}  // namespace

void add_export_options(CLI::App& command, ExportOptions& options) {
    std::vector<std::string> names{all_names};
    for (const auto& exporter : report::exporters()) {
        names.emplace_back(exporter.name);
        command
            .add_option("--" + std::string(exporter.name), options.files[exporter.name],
                        "Write " + std::string(exporter.description))
            ->option_text("FILE");
    }
    std::string defaults;
    for (const auto& exporter : report::exporters())
        defaults += (defaults.empty() ? "" : ", ") + std::string(exporter.file_name);
    command
        .add_option("--export", options.names,
                    fmt::format("Write these into the run folder, or `all` of them: {}", defaults))
        ->option_text("NAME,...")
        ->delimiter(',')
        ->expected(1)
        ->take_all()
        ->check(CLI::IsMember(names));
    command.add_flag("--annotations", options.annotations,
                     "Print GitHub annotations at the scenario's lines (to standard error)");
}

void require_writable(const ExportOptions& options) {
    for (const auto& [name, file] : options.files) {
        if (file.empty()) continue;
        const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
        std::error_code ignored;
        const bool there = fs::exists(file, ignored);
        if (fs::is_directory(file, ignored))
            throw UsageError(fmt::format("cannot write --{} {}: it is a folder", name, file.string()));
        const auto& asked = there && !fs::is_regular_file(file, ignored) ? file : folder;
        if (::access(asked.c_str(), W_OK) != 0) {
            throw UsageError(fmt::format("cannot write --{} {}: {}", name, file.string(),
                                         std::generic_category().message(errno)));
        }
    }
}

std::vector<std::string> write_exports(const ExportOptions& options, const report::RunFolder& folder,
                                       const report::ExportedRun& run) {
    std::vector<std::string> troubles;
    for (const auto& exporter : report::exporters()) {
        std::vector<fs::path> files;
        if (is_chosen(options, exporter.name)) files.push_back(folder.path() / exporter.file_name);
        const auto given = options.files.find(exporter.name);
        if (given != options.files.end() && !given->second.empty()) files.push_back(given->second);
        if (files.empty()) continue;
        const auto text = exporter.write(run);
        for (const auto& file : files)
            attempt(troubles, [&] { report::write_output(file, text); });
    }
    return troubles;
}

void print_annotations(const ExportOptions& options, const report::Summary& summary, Console& console) {
    if (!options.annotations) return;
    console.err << report::github_annotations(summary, console.environment("GITHUB_WORKSPACE").value_or(""));
}

std::vector<std::string> serve_github(const ExportOptions& options, const report::ExportedRun& run,
                                      Console& console) {
    ExportOptions wanted = options;
    wanted.annotations = options.annotations || console.environment("GITHUB_ACTIONS") == "true";
    print_annotations(wanted, run.summary, console);
    std::vector<std::string> troubles;
    const auto file = console.environment("GITHUB_STEP_SUMMARY").value_or("");
    if (!file.empty())
        attempt(troubles, [&] { report::append_step_summary(file, report::markdown_summary(run)); });
    return troubles;
}

}  // namespace streamgauge::cli
