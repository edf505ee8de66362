#include "report/export/append_file.h"

#include "report/export/run_folder.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace streamgauge::report {
namespace {

std::string sentence(const std::filesystem::path& path, int error) {
    return fmt::format("cannot write {}: {}", path.string(), std::generic_category().message(error));
}

}  // namespace

AppendFile::AppendFile(const std::filesystem::path& path) : path_(path) {
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0) throw RunFolderError(sentence(path, errno));
}

AppendFile::~AppendFile() {
    ::close(descriptor_);
}

bool AppendFile::append(std::string_view lines) {
    std::int64_t end = size_;
    while (!lines.empty()) {
        const auto written = ::pwrite(descriptor_, lines.data(), lines.size(), end);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            error_ = sentence(path_, written < 0 ? errno : ENOSPC);
            // Half a line must not stay; if even this fails, the reader skips it.
            [[maybe_unused]] const int cut = ::ftruncate(descriptor_, size_);
            return false;
        }
        end += written;
        lines.remove_prefix(static_cast<std::size_t>(written));
    }
    size_ = end;
    return true;
}

}  // namespace streamgauge::report
