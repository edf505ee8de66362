#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace streamgauge::report {

/// A file of lines that only grows. What cannot be written whole is not written at all, so that the file
/// always ends with a whole line.
class AppendFile {
  public:
    /// Makes or empties the file. Throws RunFolderError.
    explicit AppendFile(const std::filesystem::path& path);
    ~AppendFile();
    AppendFile(const AppendFile&) = delete;
    AppendFile& operator=(const AppendFile&) = delete;

    /// Hands whole lines to the system. False when it takes them not, as when the disk is full; error() then
    /// says why. The next call tries anew.
    bool append(std::string_view lines);

    const std::string& error() const { return error_; }

  private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::int64_t size_ = 0;
    std::string error_;  ///< of the latest failure, one sentence
};

}  // namespace streamgauge::report
