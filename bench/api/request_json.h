#pragma once

#include "bench/api/api_dialect.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace streamgauge::api {

/// The messages of a prompt: the ready-made ones, or its text as the only message of the user. Throws
/// boost::system::system_error when the ready-made ones are not a JSON array.
boost::json::array messages_of(const Prompt& prompt);

/// The texts of a prompt's messages, a line feed between them; for an API that takes no messages.
std::string text_of(const Prompt& prompt);

/// The prompt's max_tokens, else the workload's.
std::optional<std::uint32_t> max_tokens_of(const scenarios::Workload& workload, const Prompt& prompt);

/// Merges `patch` into `target` as RFC 7396 says: objects member by member, null removes, anything else
/// replaces.
void merge_patch(boost::json::object& target, const boost::json::object& patch);

/// The body as text, `workload.extra` merged in.
std::string finish_body(boost::json::object body, const scenarios::Workload& workload);

}  // namespace streamgauge::api
