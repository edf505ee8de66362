#include "scenarios/target_reader.h"

#include "scenarios/header_reader.h"
#include "scenarios/mapping_reader.h"
#include "scenarios/names.h"
#include "scenarios/url_parser.h"
#include "scenarios/url_reader.h"
#include "scenarios/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

namespace streamgauge::scenarios {
namespace {

void read_connect_to(MappingReader& reader, Target& target, ReadContext& context) {
    const YamlNode* node = reader.find("connect_to");
    if (node == nullptr) return;
    const std::string path = reader.path_of("connect_to");
    const auto text = read_text(*node, path, context.diagnostics);
    if (!text) return;
    const auto address = parse_host_port(*text);
    if (address) {
        target.connect_to = *address;
    } else {
        context.diagnostics.error(node->where, fmt::format("`{}` {}", path, address.error().fault));
    }
}

void read_api(MappingReader& reader, Target& target, ReadContext& context) {
    const YamlNode* node = reader.find("api");
    if (node == nullptr) return;
    const auto text = read_text(*node, reader.path_of("api"), context.diagnostics);
    if (text) read_name(*node, *text, reader.path_of("api"), api_names, target.api, context.diagnostics);
}

void read_accept_encoding(MappingReader& reader, Target& target, ReadContext& context) {
    const YamlNode* node = reader.find("accept_encoding");
    if (node == nullptr || node->unusable) return;
    const std::string path = reader.path_of("accept_encoding");
    if (!node->is_sequence() || node->children.empty()) {
        context.diagnostics.error(node->is_null() ? node->key_where : node->where,
                                  fmt::format("`{}` needs a list such as `[gzip]`; {} is not one", path,
                                              node->is_sequence() ? "an empty list" : describe(*node)));
        return;
    }
    for (const YamlNode& item : node->children) {
        const auto text = read_text(item, path, context.diagnostics);
        std::string coding;
        if (!text || !read_name(item, *text, path, content_codings, coding, context.diagnostics)) continue;
        if (std::find(target.accept_encoding.begin(), target.accept_encoding.end(), coding) !=
            target.accept_encoding.end()) {
            context.diagnostics.error(item.where, fmt::format("`{}` names `{}` twice", path, coding));
            continue;
        }
        target.accept_encoding.push_back(coding);
    }
}

void read_file_name(MappingReader& reader, std::string_view key, std::filesystem::path& into,
                    ReadContext& context) {
    std::string name;
    reader.text(key, name);
    if (name.empty()) return;
    into = context.directory / name;
    check_readable_file(into, *reader.find(key), reader.path_of(key), context.diagnostics);
}

/// A certificate is of no use without its key, nor a key without its certificate.
void read_client_certificate(MappingReader& tls, TlsOptions& options, ReadContext& context) {
    read_file_name(tls, "cert_file", options.cert_file, context);
    read_file_name(tls, "key_file", options.key_file, context);
    const YamlNode* certificate = tls.find("cert_file");
    const YamlNode* key = tls.find("key_file");
    if ((certificate == nullptr) == (key == nullptr)) return;
    const YamlNode& lonely = certificate != nullptr ? *certificate : *key;
    context.diagnostics.error(lonely.key_where,
                              fmt::format("`{}` has `{}` but no `{}`; name both, or neither", tls.path(),
                                          certificate != nullptr ? "cert_file" : "key_file",
                                          certificate != nullptr ? "key_file" : "cert_file"));
}

void read_tls(MappingReader& reader, Target& target, ReadContext& context) {
    const YamlNode* node = reader.find("tls");
    if (node == nullptr) return;
    MappingReader tls(*node, reader.path_of("tls"), context.diagnostics);
    read_file_name(tls, "ca_file", target.tls.ca_file, context);
    tls.text("server_name", target.tls.server_name);
    tls.flag("insecure", target.tls.insecure);
    read_client_certificate(tls, target.tls, context);
    tls.flag("session_reuse", target.tls.session_reuse);
    tls.reject_unknown_keys();
    if (!target.url.text.empty() && !target.url.tls) {
        context.diagnostics.error(node->key_where,
                                  fmt::format("`{}` says how to speak TLS, but the url is plain http; "
                                              "write https:// or remove it",
                                              reader.path_of("tls")));
    } else if (target.tls.insecure) {
        context.diagnostics.warning(node->find("insecure")->where,
                                    fmt::format("`{}` switches certificate checks off: anyone on the way can "
                                                "read and change what is sent",
                                                tls.path_of("insecure")));
    }
}

void refuse_two_credentials(const Target& target, const YamlNode& node, DiagnosticCollector& diagnostics) {
    const bool authorized =
        std::any_of(target.headers.begin(), target.headers.end(),
                    [](const Header& header) { return same_header_name(header.name, "Authorization"); });
    if (!authorized || !target.url.userinfo) return;
    diagnostics.error(node.key_where, fmt::format("target `{}` has both an Authorization header and a user "
                                                  "name in its url; keep one",
                                                  target.name));
}

Target read_target(const YamlNode& node, ReadContext& context) {
    Target target;
    target.name = node.key;
    check_name(node, node.key, "target", context.diagnostics);
    const std::string path = "targets." + node.key;
    if (node.is_scalar()) {
        read_url(node, path, target.url, context);
        return target;
    }
    MappingReader reader(node, path, context.diagnostics);
    if (const YamlNode* url = reader.require("url", "url: http://127.0.0.1:8080/v1/chat/completions")) {
        read_url(*url, reader.path_of("url"), target.url, context);
    }
    read_connect_to(reader, target, context);
    read_api(reader, target, context);
    if (const YamlNode* headers = reader.find("headers")) {
        target.headers = read_headers(*headers, reader.path_of("headers"), context);
    }
    read_accept_encoding(reader, target, context);
    read_tls(reader, target, context);
    reader.reject_unknown_keys();
    refuse_two_credentials(target, node, context.diagnostics);
    return target;
}

}  // namespace

std::vector<Target> read_targets(const YamlNode& node, ReadContext& context) {
    std::vector<Target> targets;
    const MappingReader reader(node, "targets", context.diagnostics);
    if (!reader.is_mapping()) return targets;
    for (const YamlNode& child : node.children)
        targets.push_back(read_target(child, context));
    if (targets.empty()) {
        context.diagnostics.error(
            node.where,
            "`targets` is empty; write one, such as `api: http://127.0.0.1:8080/v1/chat/completions`");
    }
    for (Target& target : targets)
        target.share = 1.0 / static_cast<double>(targets.size());
    return targets;
}

void read_split(const YamlNode& node, std::vector<Target>& targets, ReadContext& context) {
    MappingReader reader(node, "split", context.diagnostics);
    if (!reader.is_mapping()) return;
    double sum = 0;
    bool complete = true;
    for (Target& target : targets) {
        const YamlNode* share = reader.find(target.name);
        if (share == nullptr) {
            context.diagnostics.error(node.key_where,
                                      fmt::format("`split` gives no share to target `{}`; add "
                                                  "it, or remove `split` for equal shares",
                                                  target.name));
            complete = false;
            continue;
        }
        const std::string path = reader.path_of(target.name);
        const auto read = read_percentage(*share, path, context.diagnostics);
        if (read && *read == 0) {
            context.diagnostics.error(share->where, fmt::format("`{}` is 0%; remove a target that gets no "
                                                                "requests",
                                                                path));
        }
        complete = complete && read;
        target.share = read.value_or(0);
        sum += target.share;
    }
    reader.reject_unknown_keys();
    constexpr double rounding = 1e-4;  // 33.33% three times over is meant to be everything
    if (complete && std::abs(sum - 1.0) > rounding) {
        context.diagnostics.error(
            node.key_where, fmt::format("the shares of `split` add up to {:.6g}%, not 100%", sum * 100));
    }
    for (Target& target : targets)
        target.share /= sum > 0 ? sum : 1.0;
}

}  // namespace streamgauge::scenarios
