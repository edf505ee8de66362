#include "report/export/annotations.h"
#include "report/export/escape.h"
#include "report/export/exporters.h"
#include "report/export/html.h"
#include "report/export/terminal.h"
#include "tests/report/export/export_fixture.h"
#include "tests/report/export/temporary_folder.h"
#include "tests/report/export/xml_document.h"
#include "tests/report/summary/comparison_fixture.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <regex>

/// What comes from outside tries in every output what it can do there: target names, phase names, error
/// bodies, header values and model names.
namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::vector<std::string>& attacks() {
    static const std::vector<std::string> all{
        "<script>alert(1)</script>",
        "</script><script>alert(2)</script>",
        "<img src=x onerror=alert(3)>",
        "&lt;b&gt;&amp;&#x3c;script&#x3e;&nbsp;",
        "]]><inject/><![CDATA[",
        "\" onload=\"x\" y='",
        "--><!-- <!ENTITY x \"y\">",
        "\x1b[31mred\x1b[0m\x1b]0;title\x07\23331m\u009b31m",
        "::error file=a,line=1::pwned",
        "\n::error file=a,line=1::pwned\n::stop-commands::x",
        "\r\n::add-mask::e\r\n",
        "##[error]pwned ##vso[task.setvariable variable=x]y",
        "%0A::error::pwned,line=1",
        "first\nsecond\r\nthird\rfourth\u2028fifth\u2029",
        std::string("nul\0nul", 7),
        "not UTF-8: \xff\xfe\xc0\xaf\xed\xa0\x80 cut: \xe2\x82",
        "\ufffe\uffff\u202eright to left\u200b",
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "a,b;c\td\"e\"",
        "| a | b |\n|---|---|",
        "[x](javascript:alert(4)) ![y](http://evil.example/z) http://evil.example www.evil.example @someone",
        "```\n# heading\n<details open>\n```",
        "**bold** _it_ ~~s~~ $x$ \\",
        "quantile=\"0.5\"} 1\nfake_metric 2\n# EOF",
        "a\\",
        "a\\\"",
        "${jndi:x} $(reboot) `reboot`",
    };
    return all;
}

Export calm() {
    auto made = export_fixture();
    made.summary.baseline = comparison_fixture();
    made.summary.comparisons = export_pairs();
    return made;
}

LabelSummary attacked_label(const GroupSummary& group, const std::string& attack) {
    LabelledGroup labelled;
    labelled.target = group.target;
    labelled.value = attack;
    labelled.due = 1'000;
    labelled.metrics = group.metrics;
    return {"cache", "x-cache", {labelled}};
}

void attack_comparisons(Summary& summary, const std::string& attack) {
    const auto rename = [&](std::string& name) {
        if (!name.empty()) name += attack;
    };
    for (auto& pair : summary.comparisons) {
        for (auto* name : {&pair.target, &pair.base, &pair.phase})
            rename(*name);
        pair.sentence = attack;
        pair.warnings = {attack};
    }
    summary.baseline->baselines = summary.baseline->notes = {attack};
    summary.baseline->where.file = attack;
    for (auto& row : summary.baseline->rows) {
        rename(row.target);
        rename(row.phase);
        for (auto& figure : row.figures)
            figure.reason = attack;
    }
}

/// Every text that could come from outside is `attack`.
Export attacked(const std::string& attack) {
    auto made = calm();
    auto& summary = made.summary;
    const auto rename = [&](std::string& name) {
        if (!name.empty()) name += attack;
    };
    rename(summary.run.scenario_name);
    rename(summary.run.scenario_file);
    rename(summary.run.host);
    rename(summary.run.kernel);
    for (auto& target : summary.run.targets) {
        rename(target.name);
        rename(target.url);
    }
    for (auto& phase : summary.run.phases) {
        rename(phase.name);
        rename(phase.shape);
    }
    for (auto& group : summary.groups) {
        rename(group.target);
        rename(group.phase);
        group.error_examples = {{"http_error", attack}, {attack, attack}};
        group.buffering.verdict.evidence = attack;
        group.cut_off = CutOff{CutOffKind::total, 60s, 20, 20, attack};
        group.remedies = {{attack, 0.9, attack, attack, attack, attack, attack}};
    }
    summary.labels = {attacked_label(summary.groups.front(), attack)};
    summary.verdict.sentence = attack;
    for (auto& result : summary.verdict.expectations) {
        rename(result.target);
        rename(result.phase);
        result.expectation.text = attack;
        result.expectation.where.file = attack;
        result.measured = attack;
        result.reason = attack;
    }
    for (auto& check : summary.validity.checks)
        check.figure = check.remedy = attack;
    summary.validity.health.notes = {attack};
    attack_comparisons(summary, attack);
    rename(made.scenario.workload.model);
    for (auto& target : made.scenario.targets)
        rename(target.name);
    for (auto& phase : made.scenario.load)
        rename(phase.name);
    return made;
}

/// True when `text` is well-formed UTF-8 with no control character but line ends and tabs.
bool shows(const std::string& text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7f) return false;
    }
    return valid_utf8(text) == text;
}

/// What a GitHub runner would obey, see ActionCommand in its sources: `::` at the start of a line, `##[`
/// anywhere.
std::vector<std::string> orders_in(const std::string& text) {
    std::vector<std::string> orders;
    for (auto line : lines_of(text)) {
        line.erase(0, std::min(line.find_first_not_of(" \t\r"), line.size()));
        if (line.starts_with("::") || std::regex_search(line, std::regex("##[a-z]*\\[")))
            orders.push_back(line);
    }
    return orders;
}

/// Markdown without its code spans and without what a backslash disarms (CommonMark 0.31, 6.1 and 2.4).
std::string outside_code(const std::string& text) {
    std::string bare;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '\\') {
            i += 2;
        } else if (text[i] == '`') {
            const auto end = std::min(text.find_first_not_of('`', i), text.size());
            const auto fence = text.substr(i, end - i);
            auto close = text.find(fence, end);
            while (close != std::string::npos && close + fence.size() < text.size() &&
                   (text[close + fence.size()] == '`' || text[close - 1] == '`'))
                close = text.find(fence, text.find_first_not_of('`', close));
            if (close == std::string::npos) bare += fence;
            i = close == std::string::npos ? end : close + fence.size();
        } else {
            bare += text[i++];
        }
    }
    return bare;
}

/// The fields of a line of CSV, unquoted (RFC 4180).
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += line[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else if (c != '\r' && c != '\n') {
            cells.back() += c;
        }
    }
    return cells;
}

class HostileText : public ::testing::TestWithParam<std::string> {
  protected:
    std::string written_by(std::string_view exporter) const {
        return find_exporter(exporter)->write(fixture_.run());
    }

    Export fixture_ = attacked(GetParam());
    Export calm_ = calm();
};

TEST_P(HostileText, ShowsInEveryExport) {
    for (const auto& exporter : exporters())
        EXPECT_TRUE(shows(exporter.write(fixture_.run()))) << exporter.name;
}

TEST_P(HostileText, StaysTextInJunit) {
    const XmlDocument document(written_by("junit"));
    ASSERT_TRUE(document.fits(STREAMGAUGE_SOURCE_DIR "/tests/report/export/junit.xsd"));
    const XmlDocument calm(find_exporter("junit")->write(calm_.run()));
    EXPECT_EQ(document.find("//*").size(), calm.find("//*").size());
    const auto messages = document.find("//failure[@type='missed']/@message");
    EXPECT_THAT(messages, Each("measured " + one_line(GetParam())));
}

TEST_P(HostileText, StaysTextInMarkdown) {
    const auto text = written_by("markdown");
    EXPECT_EQ(lines_of(text).size(), lines_of(find_exporter("markdown")->write(attacked("x").run())).size());
    const auto bare = outside_code(text);
    for (const char* forbidden : {"<", "`", "[", "@", "://", "www.", "*_", "$"})
        EXPECT_THAT(bare, Not(HasSubstr(forbidden)));
    for (const auto& line : lines_of(text))
        EXPECT_FALSE(line.starts_with("::")) << line;
}

TEST_P(HostileText, StaysAValueInOpenMetrics) {
    const std::regex sample(
        R"re([a-z0-9_]+\{[a-z_]+="([^"\\\n]|\\["\\n])*"(,[a-z_]+="([^"\\\n]|\\["\\n])*")*\} [-0-9.e+]+\n)re");
    const std::regex comment(R"(# ((TYPE|UNIT|HELP) [a-z0-9_]+ .+|EOF)\n)");
    const auto lines = lines_of(written_by("openmetrics"));
    for (const auto& line : lines)
        EXPECT_TRUE(std::regex_match(line, line.starts_with('#') ? comment : sample)) << line;
    EXPECT_THAT(lines, SizeIs(lines_of(find_exporter("openmetrics")->write(calm_.run())).size()));
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "# EOF\n"), 1);
}

TEST_P(HostileText, StaysACellInCsv) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : lines_of(written_by("csv")))
        rows.push_back(cells_of(line));
    ASSERT_THAT(rows, SizeIs(4)) << "a header, two targets, a value of a label";
    EXPECT_THAT(rows, Each(SizeIs(rows.front().size())));
    // A negative figure of ours is no formula.
    const std::regex formula("^ *([=+@]|-(?![0-9]+\\.[0-9]{3}$))");
    for (const auto& row : rows) {
        for (const auto& cell : row)
            EXPECT_FALSE(std::regex_search(cell, formula)) << cell;
    }
}

TEST_P(HostileText, StaysAStringInJson) {
    const auto entries = boost::json::parse(written_by("benchmark-json")).as_array();
    ASSERT_FALSE(entries.empty());
    EXPECT_THAT(std::string(entries.front().at("name").as_string()), HasSubstr(valid_utf8(GetParam())));
    const auto lines = lines_of(written_by("vllm-json"));
    ASSERT_THAT(lines, SizeIs(2));
    EXPECT_EQ(boost::json::parse(lines.front()).at("model_id").as_string(),
              "my-model" + valid_utf8(GetParam()));
}

TEST_P(HostileText, StaysAMessageInAnnotations) {
    const auto text = github_annotations(fixture_.summary, {});
    EXPECT_TRUE(shows(text));
    const std::regex command(R"(::(error|warning) (file=[^:,]*,(line=\d+,col=\d+,)?)?title=[^:,]*::.*\n)");
    const auto lines = lines_of(text);
    EXPECT_THAT(lines, SizeIs(lines_of(github_annotations(calm_.summary, {})).size()));
    for (const auto& line : lines)
        EXPECT_TRUE(std::regex_match(line, command)) << line;
}

TEST_P(HostileText, GivesNoOrderOnATerminal) {
    for (const int width : {40, 61, 100, 200}) {
        const auto text = terminal_summary(fixture_.summary, {false, true, width}, "report.html");
        EXPECT_TRUE(shows(text));
        EXPECT_THAT(text, Not(HasSubstr("\u009b")));
        EXPECT_THAT(text, Not(HasSubstr("\u202e")));
        EXPECT_THAT(orders_in(text), IsEmpty()) << "at width " << width;
    }
}

TEST_P(HostileText, CannotLeaveItsElementInThePage) {
    const auto page = html_report(fixture_.summary, {});
    const auto calm = html_report(calm_.summary, {});
    for (const char c : {'<', '>', '&'})
        EXPECT_EQ(std::ranges::count(page, c), std::ranges::count(calm, c)) << c;
    EXPECT_TRUE(shows(page));
}

INSTANTIATE_TEST_SUITE_P(Attacks, HostileText, ::testing::ValuesIn(attacks()),
                         [](const auto& attack) { return "Attack" + std::to_string(attack.index); });

}  // namespace
}  // namespace streamgauge::report
