#include "bench/micro/end_to_end/scratch_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace streamgauge::micro {

ScratchFolder::ScratchFolder() {
    std::string name = std::filesystem::temp_directory_path() / "streamgauge-bench-XXXXXX";
    if (mkdtemp(name.data()) == nullptr)
        throw std::system_error{errno, std::generic_category(), "cannot make a temporary folder"};
    path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace streamgauge::micro
