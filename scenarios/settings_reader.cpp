#include "scenarios/settings_reader.h"

#include "scenarios/mapping_reader.h"

#include <fmt/format.h>

#include <arpa/inet.h>

#include <algorithm>
#include <limits>

namespace streamgauge::scenarios {
namespace {

bool is_unlimited(const YamlNode& node) {
    return node.is_scalar() && node.text == "unlimited";
}

void read_max_rate(MappingReader& reader, Connections& connections, ReadContext& context) {
    const YamlNode* node = reader.find("max_rate");
    if (node == nullptr) return;
    if (is_unlimited(*node)) {
        connections.max_rate = std::numeric_limits<double>::infinity();
        return;
    }
    const std::string path = reader.path_of("max_rate");
    const auto rate = read_rate(*node, path, context.diagnostics);
    if (!rate) return;
    if (*rate == 0) {
        context.diagnostics.error(
            node->where,
            fmt::format("`{}` is 0, so no connection would open; write `unlimited` for no bound", path));
        return;
    }
    connections.max_rate = *rate;
}

/// An address in its usual form, so that the same one written in two ways is seen to be the same.
std::string canonical_address(const std::string& text) {
    for (const int family : {AF_INET, AF_INET6}) {
        in6_addr address{};
        char written[INET6_ADDRSTRLEN] = {};
        if (inet_pton(family, text.c_str(), &address) == 1 &&
            inet_ntop(family, &address, written, sizeof written) != nullptr) {
            return written;
        }
    }
    return {};
}

void read_source_addresses(MappingReader& reader, Connections& connections, ReadContext& context) {
    const YamlNode* node = reader.find("source_addresses");
    if (node == nullptr || node->unusable) return;
    const std::string path = reader.path_of("source_addresses");
    if (!node->is_sequence() || node->children.empty()) {
        context.diagnostics.error(
            node->is_null() ? node->key_where : node->where,
            fmt::format("`{}` needs a list such as `[10.0.0.5, 10.0.0.6]`; {} is not one", path,
                        node->is_sequence() ? "an empty list" : describe(*node)));
        return;
    }
    auto& addresses = connections.source_addresses;
    for (const YamlNode& item : node->children) {
        const auto text = read_text(item, path, context.diagnostics);
        if (!text) continue;
        const std::string address = canonical_address(*text);
        if (address.empty()) {
            context.diagnostics.error(item.where,
                                      fmt::format("`{}` needs IP addresses of this machine, such as "
                                                  "`10.0.0.5`; {} is not one",
                                                  path, describe(item)));
        } else if (std::find(addresses.begin(), addresses.end(), address) != addresses.end()) {
            context.diagnostics.error(item.where, fmt::format("`{}` names {} twice", path, describe(item)));
        } else {
            addresses.push_back(address);
        }
    }
}

}  // namespace

Limits read_limits(const YamlNode& node, ReadContext& context) {
    Limits limits;
    MappingReader reader(node, "limits", context.diagnostics);
    reader.count("requests", limits.requests);
    reader.count("output_tokens", limits.output_tokens);
    reader.reject_unknown_keys();
    return limits;
}

Connections read_connections(const YamlNode& node, ReadContext& context) {
    Connections connections;
    MappingReader reader(node, "connections", context.diagnostics);
    reader.flag("reuse", connections.reuse);
    reader.count("max", connections.max);
    read_max_rate(reader, connections, context);
    read_source_addresses(reader, connections, context);
    reader.reject_unknown_keys();
    return connections;
}

Timeouts read_timeouts(const YamlNode& node, ReadContext& context) {
    Timeouts timeouts;
    MappingReader reader(node, "timeouts", context.diagnostics);
    reader.duration("connect", timeouts.connect, Zero::refused);
    reader.duration("first_token", timeouts.first_token, Zero::refused);
    reader.duration("idle", timeouts.idle, Zero::refused);
    reader.duration("stall", timeouts.stall, Zero::refused);
    reader.duration("total", timeouts.total, Zero::refused);
    reader.reject_unknown_keys();
    return timeouts;
}

Budgets read_budgets(const YamlNode& node, ReadContext& context) {
    Budgets budgets;
    MappingReader reader(node, "budgets", context.diagnostics);
    reader.duration("ttft", budgets.ttft, Zero::refused);
    reader.duration("gap", budgets.gap, Zero::refused);
    reader.duration("stall", budgets.stall, Zero::refused);
    reader.reject_unknown_keys();
    return budgets;
}

}  // namespace streamgauge::scenarios
