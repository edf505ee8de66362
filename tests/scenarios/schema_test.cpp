#include "scenarios/loader.h"
#include "scenarios/quantity.h"
#include "scenarios/vocabulary.h"
#include "tests/scenarios/json_schema.h"
#include "tests/scenarios/scenario_files.h"
#include "tests/scenarios/yaml_json.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <set>

namespace streamgauge::scenarios {
namespace {

using ::testing::IsEmpty;

const boost::json::value& schema() {
    static const boost::json::value parsed = boost::json::parse(scenario_schema());
    return parsed;
}

TEST(Schema, IsTheFileEditorsRead) {
    EXPECT_EQ(scenario_schema(), read_file(source_folder / "scenarios/schema.json"));
}

TEST(Schema, AcceptsEverySample) {
    for (const auto& file : yaml_files(source_folder / "scenarios")) {
        EXPECT_THAT(schema_violations(yaml_to_json(read_file(file)), schema()), IsEmpty()) << file;
    }
    for (const auto& file : yaml_files(source_folder / "tests/scenarios/valid")) {
        EXPECT_THAT(schema_violations(yaml_to_json(read_file(file)), schema()), IsEmpty()) << file;
    }
}

TEST(Schema, DescribesEveryKey) {
    std::size_t keys = 0;
    for_each_subschema(schema(), [&](const std::string& pointer, const boost::json::object& object) {
        const boost::json::value* properties = object.if_contains("properties");
        if (properties == nullptr || pointer.find("/not") != std::string::npos) return;
        for (const auto& [key, property] : properties->as_object()) {
            ++keys;
            // A definition may carry the description for the key that points to it.
            const boost::json::object* described = &property.as_object();
            if (const auto* ref = described->if_contains("$ref")) {
                boost::system::error_code error;
                described = &schema().find_pointer(ref->as_string().subview(1), error)->as_object();
            }
            EXPECT_TRUE(described->contains("description")) << pointer << "/properties/" << key;
        }
    });
    EXPECT_GT(keys, 50U);
}

/// Every default that the schema tells an editor, as the header has it.
std::map<std::string, boost::json::value> defaults_of_the_header() {
    const Scenario scenario;
    const Target target;
    const LoadPhase phase;
    const SyntheticPrompts synthetic;
    const OpenLoop open_loop;
    const ClosedLoop closed_loop;
    const Comparison comparison;
    const Baseline baseline;
    const auto duration = [](nanoseconds value) { return boost::json::value(format_duration(value)); };
    const auto properties = [](std::string_view definition, std::string_view key) {
        return fmt::format("/definitions/{}/properties/{}", definition, key);
    };
    return {
        {"/properties/seed", static_cast<std::int64_t>(scenario.seed)},
        {"/properties/drain", duration(scenario.drain)},
        {"/properties/connections/properties/reuse", scenario.connections.reuse},
        {"/properties/connections/properties/max_rate",
         boost::json::value(fmt::format("{:.0f}/s", scenario.connections.max_rate))},
        {"/properties/timeouts/properties/connect", duration(scenario.timeouts.connect)},
        {"/properties/timeouts/properties/first_token", duration(scenario.timeouts.first_token)},
        {"/properties/timeouts/properties/idle", duration(scenario.timeouts.idle)},
        {"/properties/timeouts/properties/stall", duration(scenario.timeouts.stall)},
        {"/properties/timeouts/properties/total", duration(scenario.timeouts.total)},
        {"/properties/budgets/properties/ttft", duration(scenario.budgets.ttft)},
        {"/properties/budgets/properties/gap", duration(scenario.budgets.gap)},
        {"/properties/budgets/properties/stall", duration(scenario.budgets.stall)},
        {"/properties/compare/properties/order", boost::json::value(pair_order_names.front())},
        {"/properties/compare/properties/prompts",
         boost::json::value(pair_prompt_names.at(static_cast<std::size_t>(comparison.prompts)))},
        {properties("target", "api"), boost::json::value(target.api)},
        {properties("target", "tls") + "/properties/insecure", target.tls.insecure},
        {properties("target", "tls") + "/properties/session_reuse", target.tls.session_reuse},
        {properties("workload", "model"), boost::json::value(scenario.workload.model)},
        {properties("workload", "prompts"),
         boost::json::value(std::get<TextPrompt>(scenario.workload.prompts).text)},
        {properties("workload", "usage"), scenario.workload.usage},
        {properties("synthetic", "words"), static_cast<std::int64_t>(synthetic.words.a)},
        {properties("synthetic", "shared_prefix"),
         boost::json::value(fmt::format("{:g}%", synthetic.shared_prefix * 100))},
        {properties("phase", "users") + "/anyOf/2/properties/from",
         static_cast<std::int64_t>(closed_loop.users.from)},
        {properties("phase", "rate") + "/anyOf/1/properties/from",
         boost::json::value(fmt::format("{:g}/s", open_loop.rate.from))},
        {properties("phase", "think"), duration(closed_loop.think)},
        {properties("phase", "arrivals"),
         boost::json::value(arrival_names.at(static_cast<std::size_t>(open_loop.arrivals)))},
        {properties("phase", "for"), duration(phase.duration)},
        {properties("phase", "warmup"), phase.warmup},
        {properties("baseline", "gate"), boost::json::value_from(baseline.gate)},
        {properties("baseline", "floor") + "/properties/relative",
         boost::json::value(fmt::format("{:g}%", baseline.floor.relative * 100))},
        {properties("baseline", "floor") + "/properties/time", duration(baseline.floor.time)},
        {properties("baseline", "floor") + "/properties/errors",
         boost::json::value(fmt::format("{:g}%", baseline.floor.errors * 100))},
    };
}

TEST(Schema, TellsTheDefaultsOfTheHeader) {
    auto expected = defaults_of_the_header();
    for_each_subschema(schema(), [&](const std::string& pointer, const boost::json::object& object) {
        const boost::json::value* shown = object.if_contains("default");
        if (shown == nullptr) return;
        const auto found = expected.find(pointer);
        ASSERT_NE(found, expected.end()) << pointer << " tells a default that this test does not know";
        EXPECT_EQ(*shown, found->second) << pointer;
        expected.erase(found);
    });
    for (const auto& [pointer, unused] : expected)
        ADD_FAILURE() << pointer << " tells no default";
}

template <typename Names>
void expect_choices(const char* pointer, const Names& names) {
    boost::system::error_code error;
    const boost::json::value* choices = schema().find_pointer(pointer, error);
    ASSERT_NE(choices, nullptr) << pointer;
    boost::json::array expected;
    for (const std::string_view name : names)
        expected.emplace_back(name);
    EXPECT_EQ(*choices, boost::json::value(expected)) << pointer;
}

TEST(Schema, OffersTheNamesOfTheVocabulary) {
    expect_choices("/definitions/target/properties/api/anyOf/0/enum", api_names);
    expect_choices("/definitions/target/properties/accept_encoding/items/anyOf/0/enum", content_codings);
    expect_choices("/definitions/phase/properties/arrivals/anyOf/0/enum", arrival_names);
    expect_choices("/properties/compare/properties/order/anyOf/0/enum", pair_order_names);
    expect_choices("/properties/compare/properties/prompts/anyOf/0/enum", pair_prompt_names);
}

/// The keys of each mapping of a value, as paths with `*` for names and positions.
void collect_keys(const boost::json::value& value, const std::string& path, std::set<std::string>& keys) {
    if (const auto* array = value.if_array()) {
        for (const auto& item : *array)
            collect_keys(item, path, keys);
    } else if (const auto* object = value.if_object()) {
        for (const auto& [key, inner] : *object) {
            keys.insert(std::string(key));
            collect_keys(inner, path + "/" + std::string(key), keys);
        }
    }
}

/// A key of the schema that no scenario here uses might be one that the loader does not know.
TEST(Schema, HasNoKeyThatTheLoaderWasNotShown) {
    std::set<std::string> used;
    for (const auto& file : yaml_files(source_folder / "tests/scenarios/valid")) {
        collect_keys(yaml_to_json(read_file(file)), "", used);
    }
    for_each_subschema(schema(), [&](const std::string& pointer, const boost::json::object& object) {
        const boost::json::value* properties = object.if_contains("properties");
        if (properties == nullptr) return;
        for (const auto& [key, unused] : properties->as_object()) {
            EXPECT_TRUE(used.contains(std::string(key))) << pointer << "/properties/" << key;
        }
    });
}

}  // namespace
}  // namespace streamgauge::scenarios
