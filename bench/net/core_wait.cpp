#include "bench/net/core_wait.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace streamgauge::net {

CoreWait::CoreWait() : file_{open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)} {
    seen_ = total().value_or(seen_);
}

CoreWait::~CoreWait() {
    if (file_ >= 0) close(file_);
}

std::optional<std::chrono::nanoseconds> CoreWait::total() const {
    std::array<char, 96> room{};
    if (file_ < 0) return std::nullopt;
    const ssize_t taken = pread(file_, room.data(), room.size(), 0);
    if (taken <= 0) return std::nullopt;
    const std::string_view text{room.data(), static_cast<std::size_t>(taken)};
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    std::int64_t waited = 0;
    const auto [end, error] = std::from_chars(text.data() + space + 1, text.data() + text.size(), waited);
    if (error != std::errc{}) return std::nullopt;
    return std::chrono::nanoseconds{waited};
}

std::chrono::nanoseconds CoreWait::before(report::Moment wake) {
    if (wake == wake_) return before_wake_;
    const auto now = total().value_or(seen_);
    before_wake_ = now - seen_;
    seen_ = now;
    wake_ = wake;
    return before_wake_;
}

}  // namespace streamgauge::net
