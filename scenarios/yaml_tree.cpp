#include "scenarios/yaml_tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <utility>

namespace streamgauge::scenarios {
namespace {

/// Ends parsing: what follows cannot be read sensibly.
struct ParsingStopped {
    SourcePosition where;
    std::string message;
};

std::size_t count_nodes(const YamlNode& node) {
    std::size_t count = 1;
    for (const YamlNode& child : node.children)
        count += count_nodes(child);
    return count;
}

std::size_t height(const YamlNode& node) {
    std::size_t tallest = 0;
    for (const YamlNode& child : node.children)
        tallest = std::max(tallest, height(child));
    return tallest + 1;
}

/// Builds the tree from yaml-cpp's events. Its own node tree would hide duplicate keys, share aliased nodes
/// (so that a small file can unfold without end) and let a node contain itself.
class TreeBuilder : public YAML::EventHandler {
  public:
    TreeBuilder(std::string file, DiagnosticCollector& diagnostics)
        : file_(std::move(file)), diagnostics_(diagnostics) {}

    YamlNode take_root() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        if (expects_key()) throw ParsingStopped{position(mark), "a key is missing before `:`"};
        finish(make_node(YamlNode::Kind::null, mark), anchor);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        if (expects_key()) {
            take_key(mark, value);
            return;
        }
        YamlNode node = make_node(YamlNode::Kind::scalar, mark);
        node.quoted = tag == "!";
        node.raw = value;
        node.text = value;
        finish(std::move(node), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_as_key(mark);
        const auto named = anchored_.find(anchor);
        if (named == anchored_.end()) {
            throw ParsingStopped{position(mark), "this alias stands inside the value it names"};
        }
        check_depth(mark, frames_.size() + height(named->second));
        count(mark, count_nodes(named->second));
        YamlNode copy = named->second;
        copy.key.clear();
        attach(std::move(copy));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(YamlNode::Kind::sequence, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(YamlNode::Kind::mapping, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

  private:
    /// A sequence or mapping that is not complete yet.
    struct Frame {
        YamlNode node;
        YAML::anchor_t anchor;
        std::string key;
        SourcePosition key_where;
        bool has_key = false;
        std::set<std::string> keys_seen;
    };

    SourcePosition position(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }

    bool expects_key() const {
        return !frames_.empty() && frames_.back().node.is_mapping() && !frames_.back().has_key;
    }

    void refuse_as_key(const YAML::Mark& mark) const {
        if (expects_key()) throw ParsingStopped{position(mark), "a key must be a plain word"};
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
        if (tag.empty() || tag == "?" || tag == "!") return;
        throw ParsingStopped{position(mark), "YAML tags (`!...`) have no meaning in a scenario; remove it"};
    }

    void check_depth(const YAML::Mark& mark, std::size_t depth) const {
        if (depth <= deepest_yaml_nesting) return;
        throw ParsingStopped{position(mark),
                             fmt::format("nested more than {} levels deep", deepest_yaml_nesting)};
    }

    void count(const YAML::Mark& mark, std::size_t more) {
        nodes_ += more;
        if (nodes_ <= most_yaml_nodes) return;
        throw ParsingStopped{position(mark),
                             fmt::format("more than {} values, aliases counted; split the scenario, or move "
                                         "prompts to a file",
                                         most_yaml_nodes)};
    }

    YamlNode make_node(YamlNode::Kind kind, const YAML::Mark& mark) {
        count(mark, 1);
        YamlNode node;
        node.kind = kind;
        node.where = position(mark);
        node.key_where = node.where;
        return node;
    }

    void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        refuse_as_key(mark);
        refuse_tag(mark, tag);
        check_depth(mark, frames_.size() + 1);
        frames_.push_back({make_node(kind, mark), anchor, {}, {}, false, {}});
    }

    void close() {
        Frame done = std::move(frames_.back());
        frames_.pop_back();
        finish(std::move(done.node), done.anchor);
    }

    void take_key(const YAML::Mark& mark, const std::string& key) {
        Frame& frame = frames_.back();
        frame.key = key;
        frame.key_where = position(mark);
        frame.has_key = true;
    }

    void finish(YamlNode node, YAML::anchor_t anchor) {
        if (anchor != 0) anchored_[anchor] = node;
        attach(std::move(node));
    }

    void attach(YamlNode node) {
        if (frames_.empty()) {
            root_ = std::move(node);
            return;
        }
        Frame& frame = frames_.back();
        if (frame.node.is_mapping()) {
            frame.has_key = false;
            node.key = frame.key;
            node.key_where = frame.key_where;
            if (!frame.keys_seen.insert(node.key).second) {
                const int first_line = frame.node.find(node.key)->key_where.line;
                diagnostics_.error(
                    node.key_where,
                    fmt::format("duplicate key `{}`; it stands on line {} already", node.key, first_line));
                return;
            }
        }
        frame.node.children.push_back(std::move(node));
    }

    std::string file_;
    DiagnosticCollector& diagnostics_;
    YamlNode root_;
    std::vector<Frame> frames_;
    std::map<YAML::anchor_t, YamlNode> anchored_;
    std::size_t nodes_ = 0;
};

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_core_number(std::string_view text) {
    const auto drop_sign = [](std::string_view& rest) {
        if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
    };
    drop_sign(text);
    if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view exponent = text.substr(e + 1);
        drop_sign(exponent);
        if (!all_digits(exponent)) return false;
        text = text.substr(0, e);
    }
    const auto point = text.find('.');
    if (point == std::string_view::npos) return all_digits(text);
    const std::string_view whole = text.substr(0, point), fraction = text.substr(point + 1);
    return (whole.empty() || all_digits(whole)) && (fraction.empty() ? !whole.empty() : all_digits(fraction));
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view name) const {
    const auto found = std::find_if(children.begin(), children.end(),
                                    [&](const YamlNode& child) { return child.key == name; });
    return kind == Kind::mapping && found != children.end() ? &*found : nullptr;
}

YamlNode* YamlNode::find(std::string_view name) {
    return const_cast<YamlNode*>(std::as_const(*this).find(name));
}

ScalarType scalar_type(const YamlNode& node) {
    const std::string_view text = node.text;
    // What a variable holds has no quotes of its own, so those around the whole value say nothing about it.
    if (node.quoted && !node.interpolated) return ScalarType::text;
    if (text == "true" || text == "True" || text == "TRUE" || text == "false" || text == "False" ||
        text == "FALSE") {
        return ScalarType::boolean;
    }
    const bool signed_whole =
        !text.empty() && (text[0] == '-' || text[0] == '+') && all_digits(text.substr(1));
    if (all_digits(text) || signed_whole) return ScalarType::whole_number;
    return is_core_number(text) ? ScalarType::number : ScalarType::text;
}

std::optional<YamlNode> parse_yaml(std::string_view text, const std::string& file,
                                   DiagnosticCollector& diagnostics) {
    std::istringstream stream{std::string(text)};
    TreeBuilder builder(file, diagnostics);
    try {
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder)) return YamlNode{};
        YamlNode root = builder.take_root();
        TreeBuilder second(file, diagnostics);
        if (parser.HandleNextDocument(second)) {
            diagnostics.error(second.take_root().where,
                              "a second YAML document begins here; a scenario is one document, so give it a "
                              "file of its own");
        }
        return root;
    } catch (const ParsingStopped& stopped) {
        diagnostics.error(stopped.where, stopped.message);
    } catch (const YAML::Exception& problem) {
        const SourcePosition where{file, problem.mark.line + 1, problem.mark.column + 1};
        diagnostics.error(where, "this is not valid YAML: " + problem.msg);
    }
    return std::nullopt;
}

}  // namespace streamgauge::scenarios
