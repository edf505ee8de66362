#include "scenarios/workload_reader.h"

#include "scenarios/json_reader.h"
#include "scenarios/mapping_reader.h"
#include "scenarios/prompts_reader.h"

namespace streamgauge::scenarios {

Workload read_workload(const YamlNode& node, ReadContext& context) {
    Workload workload;
    MappingReader reader(node, "workload", context.diagnostics);
    reader.text("model", workload.model);
    if (const YamlNode* prompts = reader.find("prompts")) {
        workload.prompts = read_prompts(*prompts, reader.path_of("prompts"), context);
    }
    if (const YamlNode* max_tokens = reader.find("max_tokens")) {
        const auto read = read_whole_number(*max_tokens, reader.path_of("max_tokens"),
                                            {.least = 1, .most = 1'000'000}, context.diagnostics);
        if (read) workload.max_tokens = static_cast<std::uint32_t>(*read);
    }
    reader.flag("usage", workload.usage);
    if (const YamlNode* request = reader.find("request")) {
        MappingReader request_reader(*request, reader.path_of("request"), context.diagnostics);
        if (const YamlNode* extra = request_reader.find("extra")) {
            workload.extra = read_request_extra(*extra, request_reader.path_of("extra"), context.diagnostics);
        }
        request_reader.reject_unknown_keys();
    }
    reader.reject_unknown_keys();
    return workload;
}

}  // namespace streamgauge::scenarios
