#pragma once

#include "bench/cli/console.h"
#include "bench/probe/experiment.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::cli {

/// What is to be probed, as the command line says it.
struct ProbeOptions {
    std::string place;   ///< a URL, or a scenario file
    std::string target;  ///< of a scenario with several
    std::string api;     ///< empty: guessed from the URL's path
    std::string model, prompt;
    std::optional<std::uint32_t> max_tokens;
    std::string extra;                 ///< JSON, merged into the body
    std::vector<std::string> headers;  ///< `Name: value`, the value with `${env:NAME}`
    std::string key_variable;          ///< environment variable with the API key
    std::string connect_to;
    std::filesystem::path ca_file;
    bool insecure = false;
    std::string timeout = "30s";
};

/// The API that servers usually have at the path of this URL; openai-chat where the path says nothing.
std::string_view api_of_path(std::string_view url);

/// The subject of a probe. Warnings go to `console.err`, and so does what is wrong with a scenario file; then
/// it is empty. Throws UsageError with one sentence when the options cannot be used: a credential written out
/// among them, for instance, which everyone on the machine could read.
std::optional<probe::Subject> probe_subject(const ProbeOptions& options, Console& console);

}  // namespace streamgauge::cli
