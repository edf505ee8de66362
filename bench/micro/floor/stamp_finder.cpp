#include "bench/micro/floor/stamp_finder.h"

#include <string.h>

#include <charconv>
#include <cstddef>

namespace streamgauge::floor {
namespace {

constexpr std::string_view sent_key = R"("sent_ns":)";
constexpr std::string_view received_key = R"(,"received_ns":)";

}  // namespace

std::optional<SentStamp> next_stamp(std::string_view bytes) {
    const void* found = memmem(bytes.data(), bytes.size(), sent_key.data(), sent_key.size());
    if (found == nullptr) return std::nullopt;
    const auto* digits = static_cast<const char*>(found) + sent_key.size();
    const auto* end = bytes.data() + bytes.size();
    std::chrono::nanoseconds::rep number = 0;
    const auto parsed = std::from_chars(digits, end, number);
    if (parsed.ec != std::errc{} || parsed.ptr == end) return std::nullopt;
    return SentStamp{std::chrono::nanoseconds{number},
                     {parsed.ptr, static_cast<std::size_t>(end - parsed.ptr)}};
}

std::chrono::nanoseconds received_stamp(std::string_view rest) {
    if (!rest.starts_with(received_key)) return {};
    std::chrono::nanoseconds::rep number = 0;
    std::from_chars(rest.data() + received_key.size(), rest.data() + rest.size(), number);
    return std::chrono::nanoseconds{number};
}

}  // namespace streamgauge::floor
