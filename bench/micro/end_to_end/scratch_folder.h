#pragma once

#include <filesystem>

namespace streamgauge::micro {

/// A new folder among the system's temporary ones; removed with all that is in it.
class ScratchFolder {
  public:
    /// Throws std::system_error.
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace streamgauge::micro
