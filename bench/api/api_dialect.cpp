#include "bench/api/api_dialect.h"

#include "bench/api/anthropic_messages.h"
#include "bench/api/openai_chat.h"
#include "bench/api/openai_completions.h"

#include <array>

namespace streamgauge::api {
namespace {

struct Dialect {
    std::string_view name;
    std::unique_ptr<ApiDialect> (*make)();
};

template <class T>
constexpr Dialect dialect() {
    return {T::api_name, []() -> std::unique_ptr<ApiDialect> { return std::make_unique<T>(); }};
}

/// Another API is one more line here, and its file.
constexpr std::array dialects{
    dialect<OpenAiChat>(),
    dialect<OpenAiCompletions>(),
    dialect<AnthropicMessages>(),
};

constexpr auto names = [] {
    std::array<std::string_view, dialects.size()> result;
    for (std::size_t i = 0; i < dialects.size(); ++i)
        result[i] = dialects[i].name;
    return result;
}();

}  // namespace

std::unique_ptr<ApiDialect> make_dialect(std::string_view name) {
    for (const auto& dialect : dialects) {
        if (dialect.name == name) return dialect.make();
    }
    return nullptr;
}

std::span<const std::string_view> dialect_names() {
    return names;
}

}  // namespace streamgauge::api
