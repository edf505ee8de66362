#include "report/export/step_summary.h"

#include "report/export/markdown.h"
#include "report/export/run_folder.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace streamgauge::report {

void append_step_summary(const std::filesystem::path& file, const std::string& markdown) {
    std::error_code none;
    const auto there = std::filesystem::file_size(file, none);
    const std::size_t used = none ? 0 : static_cast<std::size_t>(there);
    // What stands there may lack its line end.
    const std::string between = used > 0 ? "\n" : "";
    const std::size_t taken = used + between.size();
    const std::size_t room = taken < most_step_summary_bytes ? most_step_summary_bytes - taken : 0;
    const auto text = bounded_markdown(markdown, room);
    if (text.empty()) return;
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::app);
    out << between << text;
    out.close();
    if (out) return;
    throw RunFolderError(
        fmt::format("cannot write {}: {}", file.string(), std::generic_category().message(errno)));
}

}  // namespace streamgauge::report
