#pragma once

#include "report/export/exported_run.h"

#include <string>

namespace streamgauge::report {

/// The run under the field names of `vllm bench serve --save-result`, for what reads those files. An object
/// for each target and measured phase; with more than one they stand on lines of their own, as vLLM's
/// `--append-result` writes them, told apart by `label` (the target) and `phase`. Durations are milliseconds
/// and count from the intended moment. What is not known, such as the tokenizer or the prompts' tokens, is
/// null.
std::string vllm_json(const ExportedRun& run);

}  // namespace streamgauge::report
