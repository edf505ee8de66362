#pragma once

#include "scenarios/scenario.h"

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace streamgauge::report {

/// A run folder that cannot be used, in one sentence that names it and the way out.
class RunFolderError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The files of one run. Everything `report` and `compare` need is in here.
class RunFolder {
  public:
    /// Makes the folder, parents included. Throws RunFolderError when there is something in it already or it
    /// cannot be written.
    static RunFolder create(const std::filesystem::path& path);
    /// Makes a folder of this name that nobody else has, parents included: where there is one already, the
    /// name gets `-2`, `-3`, ... at its end. Runs that begin at the same time each get their own. Throws
    /// RunFolderError.
    static RunFolder create_own(const std::filesystem::path& path);
    /// A folder that a run has written. Throws RunFolderError when it is not one.
    static RunFolder open(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path scenario() const { return path_ / "scenario.yaml"; }
    std::filesystem::path summary() const { return path_ / "summary.json"; }
    std::filesystem::path requests() const { return path_ / "requests.jsonl"; }
    std::filesystem::path timelines() const { return path_ / "timelines.jsonl"; }
    std::filesystem::path gaps() const { return path_ / "itl.jsonl"; }
    std::filesystem::path report() const { return path_ / "report.html"; }

  private:
    explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

/// `streamgauge-runs/<scenario>-<UTC time>`, the name cut down to letters, digits, `-`, `_` and `.`.
std::filesystem::path default_run_path(const scenarios::Scenario& scenario, std::int64_t start_unix_ns);

/// Writes a whole file, so that there is either the old one or the new one, never half of it: into a file
/// beside it that then takes its name. Throws RunFolderError.
void write_file(const std::filesystem::path& file, std::string_view content);

/// The same where a person says, outside the run folder: a link stays and what it points to is replaced, and
/// a device or a pipe, such as `/dev/stdout`, is written to as it is. Throws RunFolderError.
void write_output(const std::filesystem::path& file, std::string_view content);

}  // namespace streamgauge::report
