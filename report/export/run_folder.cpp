#include "report/export/run_folder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
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

/// Writes all and closes; a descriptor that could not be opened is negative. Gives the error, 0 for none.
int write_and_close(int descriptor, std::string_view content) {
    if (descriptor < 0) return errno;
    const int error = write_all(descriptor, content) == 0 ? 0 : errno;
    return ::close(descriptor) != 0 && error == 0 ? errno : error;
}

RunFolderError cannot_make(const fs::path& path, const std::string& why) {
    return RunFolderError(
        fmt::format("cannot make the run folder {}: {}; choose another with --out", path.string(), why));
}

RunFolderError cannot_write(const fs::path& file, int error) {
    return RunFolderError(fmt::format("cannot write {}: {}", file.string(), reason(error)));
}

}  // namespace

RunFolder RunFolder::create(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) throw cannot_make(path, error.message());
    const bool empty = fs::is_empty(path, error);
    if (error) {
        throw RunFolderError(
            fmt::format("cannot read the run folder {}: {}", path.string(), error.message()));
    }
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

RunFolder RunFolder::create_own(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    auto own = path;
    // Only one process can make a folder: no other look at what is there decides.
    for (int number = 2; ::mkdir(own.c_str(), 0777) != 0; ++number) {
        if (errno != EEXIST) throw cannot_make(own, reason(errno));
        own = path;
        own += fmt::format("-{}", number);
    }
    return RunFolder(own);
}

RunFolder RunFolder::open(const fs::path& path) {
    if (path.empty())
        throw RunFolderError("a run folder's name is empty; give the folder that `streamgauge run` wrote");
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
    auto beside = file;
    beside += ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    int error = write_and_close(descriptor, content);
    if (error == 0 && ::rename(beside.c_str(), file.c_str()) != 0) error = errno;
    if (error == 0) return;
    ::unlink(beside.c_str());
    throw cannot_write(file, error);
}

void write_output(const fs::path& file, std::string_view content) {
    std::error_code ignored;
    const auto there = fs::status(file, ignored);
    if (!fs::exists(there) || fs::is_regular_file(there)) {
        const bool link = fs::is_symlink(fs::symlink_status(file, ignored));
        const auto goal = link ? fs::weakly_canonical(file, ignored) : file;
        write_file(goal.empty() ? file : goal, content);
        return;
    }
    const int error = write_and_close(::open(file.c_str(), O_WRONLY | O_CLOEXEC), content);
    if (error != 0) throw cannot_write(file, error);
}

}  // namespace streamgauge::report
