#include "scenarios/url_reader.h"

#include "scenarios/scalar_reader.h"
#include "scenarios/url_parser.h"
#include "scenarios/vocabulary.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace streamgauge::scenarios {
namespace {

std::string base64(std::string_view text) {
    std::string encoded((text.size() + 2) / 3 * 4 + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    encoded.resize(static_cast<std::size_t>(length));
    encoded.erase(encoded.find_last_not_of('=') + 1);  // some write the padding and some do not
    return encoded;
}

bool is_credential_parameter(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(c == '-' ? '_' : std::tolower(c)); });
    return std::find(credential_parameters.begin(), credential_parameters.end(), name) !=
           credential_parameters.end();
}

/// The pieces of a written address that are secret, in all forms in which a server may echo them.
std::vector<std::string> secrets_of(const YamlNode& node, const Url& url) {
    std::vector<std::string> secrets;
    const std::string_view written = written_userinfo(node.text);
    if (url.userinfo) {
        secrets.insert(secrets.end(), {*url.userinfo, std::string(written), base64(*url.userinfo)});
        for (const std::string_view form : {std::string_view(*url.userinfo), written}) {
            if (const auto colon = form.find(':'); colon != std::string_view::npos) {
                secrets.emplace_back(form.substr(colon + 1));
            }
        }
    }
    for (const std::string& variable : node.variables) {
        const bool in_userinfo = url.userinfo && url.userinfo->find(variable) != std::string::npos;
        const auto query = url.path_and_query.find('?');
        const bool in_query =
            query != std::string::npos && url.path_and_query.find(variable, query) != std::string::npos;
        if (in_userinfo || in_query) secrets.push_back(variable);
    }
    // A variable that brought its own query may have brought a credential under any name.
    const bool query_from_variable =
        std::any_of(node.variables.begin(), node.variables.end(),
                    [](const std::string& variable) { return variable.find('?') != std::string::npos; });
    for (const QueryParameter& parameter : query_parameters(url)) {
        if (query_from_variable || is_credential_parameter(parameter.name))
            secrets.push_back(parameter.value);
    }
    return secrets;
}

/// What of the address is a credential that stands in the file itself.
std::vector<std::string> literal_secrets(const YamlNode& node, const Url& url) {
    std::vector<std::string> literals;
    const auto keep_literal = [&](std::string_view part) {
        if (!part.empty() && node.raw.find(part) != std::string::npos) literals.emplace_back(part);
    };
    keep_literal(written_userinfo(node.text));
    for (const QueryParameter& parameter : query_parameters(url)) {
        if (is_credential_parameter(parameter.name)) keep_literal(parameter.value);
    }
    return literals;
}

}  // namespace

void read_url(const YamlNode& node, const std::string& path, Url& into, ReadContext& context) {
    const auto text = read_text(node, path, context.diagnostics);
    if (!text) return;
    auto url = parse_url(*text);
    if (!url) {
        context.diagnostics.error(node.where, fmt::format("`{}` {}", path, url.error().fault));
        return;
    }
    for (const std::string& secret : secrets_of(node, *url))
        context.secrets.add(secret);
    for (const std::string& literal : literal_secrets(node, *url)) {
        if (node.where.line == 0) {
            context.diagnostics.error(node.where, fmt::format("`{}` holds a password or key; arguments are "
                                                              "visible to everyone on this machine, so take "
                                                              "it from the environment: `${{env:NAME}}`",
                                                              path));
        } else if (!context.secrets.hide(node, literal)) {
            context.diagnostics.error(node.where, fmt::format("`{}` holds a password or key that cannot be "
                                                              "masked as it is written; write the address on "
                                                              "one line without escapes, or use "
                                                              "`${{env:NAME}}`",
                                                              path));
        }
    }
    into = std::move(*url);
}

}  // namespace streamgauge::scenarios
