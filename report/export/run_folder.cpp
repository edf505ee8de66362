#include "report/export/run_folder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>

namespace streamgauge::report {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) {
    return std::generic_category().message(error);
}

/// Bytes that could not be written for the reason in errno; 0 when all were.
std::size_t write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return content.size();
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

}  // namespace

RunFolder RunFolder::create(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) {
        throw RunFolderError(fmt::format("cannot make the run folder {}: {}; choose another with --out",
                                         path.string(), error.message()));
    }
    const bool empty = fs::is_empty(path, error);
    if (error)
        throw RunFolderError(
            fmt::format("cannot read the run folder {}: {}", path.string(), error.message()));
    if (!empty) {
        throw RunFolderError(
            fmt::format("the run folder {} is not empty; runs are never overwritten: choose another with "
                        "--out or remove it",
                        path.string()));
    }
    if (::access(path.c_str(), W_OK | X_OK) != 0) {
        throw RunFolderError(fmt::format("cannot write into the run folder {}: {}; choose another with --out",
                                         path.string(), reason(errno)));
    }
    return RunFolder(path);
}

RunFolder RunFolder::open(const fs::path& path) {
    RunFolder folder(path);
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        throw RunFolderError(
            fmt::format("{} is not a folder; give the folder that `streamgauge run` wrote", path.string()));
    }
    if (!fs::exists(folder.requests(), error)) {
        throw RunFolderError(fmt::format(
            "{} has no requests.jsonl; give the folder that `streamgauge run` wrote", path.string()));
    }
    return folder;
}

fs::path default_run_path(const scenarios::Scenario& scenario, std::int64_t start_unix_ns) {
    std::string name;
    for (const char c : scenario.name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_' || (c == '.' && !name.empty());
        if (plain) {
            name += c;
        } else if (!name.empty() && name.back() != '-') {
            name += '-';
        }
        if (name.size() >= 60) break;
    }
    while (!name.empty() && name.back() == '-')
        name.pop_back();
    if (name.empty()) name = "run";
    const auto time = fmt::gmtime(static_cast<std::time_t>(start_unix_ns / 1'000'000'000));
    return fs::path("streamgauge-runs") / fmt::format("{}-{:%Y%m%dT%H%M%SZ}", name, time);
}

void write_file(const fs::path& file, std::string_view content) {
    std::error_code ignored;
    const auto there = fs::status(file, ignored);
    // A device or a pipe is written to, not replaced; a link stays, and what it points to is replaced.
    const bool special = fs::exists(there) && !fs::is_regular_file(there);
    auto goal =
        fs::is_symlink(fs::symlink_status(file, ignored)) ? fs::weakly_canonical(file, ignored) : file;
    if (goal.empty()) goal = file;
    auto beside = goal;
    if (!special) beside += ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool written = descriptor >= 0 && write_all(descriptor, content) == 0;
    int error = written ? 0 : errno;
    if (descriptor >= 0 && ::close(descriptor) != 0 && written) {
        written = false;
        error = errno;
    }
    if (written && !special && ::rename(beside.c_str(), goal.c_str()) != 0) {
        written = false;
        error = errno;
    }
    if (written) return;
    if (!special) ::unlink(beside.c_str());
    throw RunFolderError(fmt::format("cannot write {}: {}", file.string(), reason(error)));
}

}  // namespace streamgauge::report
