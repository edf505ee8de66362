#include "report/export/annotations.h"

#include "report/export/escape.h"
#include "report/export/group_lookup.h"

#include <fmt/format.h>

#include <string_view>
#include <system_error>
#include <vector>

namespace streamgauge::report {
namespace {

namespace fs = std::filesystem;

/// GitHub finds a file by its path from the root of the checkout.
std::string path_from(const fs::path& workspace, const std::string& file) {
    if (workspace.empty() || file.empty()) return file;
    std::error_code error;
    const auto whole = fs::weakly_canonical(fs::absolute(file, error), error);
    const auto root = fs::weakly_canonical(workspace, error);
    if (error) return file;
    const auto relative = whole.lexically_relative(root);
    const bool inside = !relative.empty() && *relative.begin() != "..";
    return inside ? relative.generic_string() : file;
}

std::string command(std::string_view level, std::string_view place, std::string_view title,
                    std::string_view message) {
    return fmt::format("::{} {}title={}::{}\n", level, place, workflow_property(title),
                       workflow_message(message));
}

class Annotator {
  public:
    Annotator(const Summary& summary, const fs::path& workspace) : summary_(summary), workspace_(workspace) {}

    std::string all() const {
        std::string text;
        const bool not_measurable = summary_.verdict.status == RunStatus::not_measurable;
        if (not_measurable) text += command("error", {}, "Not measurable", summary_.verdict.sentence);
        const bool aborted = !not_measurable && summary_.run.aborted;
        if (aborted) text += command("error", {}, "Run aborted", summary_.verdict.sentence);
        const auto worse = regressions();
        text += worse;
        const std::size_t used = (not_measurable || aborted ? 1U : 0U) + (worse.empty() ? 0U : 1U);
        text += of(Judgement::missed, "error", "Expectation missed", used);
        text += of(Judgement::not_measured, "warning", "Could not be measured", 0);
        return text;
    }

  private:
    /// `used` of the places are taken already.
    std::string of(Judgement judgement, std::string_view level, std::string_view title,
                   std::size_t used) const {
        std::vector<const ExpectationResult*> chosen;
        for (const auto& result : summary_.verdict.expectations) {
            if (result.judgement == judgement) chosen.push_back(&result);
        }
        const std::size_t room = most_annotations - used;
        const std::size_t shown = chosen.size() <= room ? chosen.size() : room - 1;
        std::string text;
        for (std::size_t i = 0; i < shown; ++i)
            text += command(level, place_of(chosen[i]->expectation.where), title, message_of(*chosen[i]));
        if (shown < chosen.size())
            text += command(level, {}, title, fmt::format("and {} more", chosen.size() - shown));
        return text;
    }

    /// One annotation for all: the worst speaks for the rest, as there is room for few.
    std::string regressions() const {
        if (!summary_.baseline) return {};
        const auto worst = worst_regression(*summary_.baseline);
        if (!worst) return {};
        auto message = fmt::format("{} went from {}", subject_of(*worst->row),
                                   difference_text(*worst->row, *worst->figure));
        const auto worse = summary_.baseline->count(ChangeKind::worse);
        if (worse > 1) message += fmt::format("; and {} more gated figures got worse", worse - 1);
        return command("error", place_of(summary_.baseline->where), "Worse than the baseline", message);
    }

    std::string place_of(const scenarios::SourcePosition& where) const {
        const auto file = path_from(workspace_, where.file.empty() ? summary_.run.scenario_file : where.file);
        if (file.empty()) return {};
        std::string place = "file=" + workflow_property(file) + ",";
        if (where.line > 0) place += fmt::format("line={},", where.line);
        if (where.line > 0 && where.column > 0) place += fmt::format("col={},", where.column);
        return place;
    }

    static std::string message_of(const ExpectationResult& result) {
        std::string message =
            fmt::format("{} on {}: ", result.expectation.text, place_text(result.target, result.phase));
        if (result.judgement == Judgement::not_measured) return message + result.reason;
        message += "measured " + result.measured;
        if (result.margin) message += fmt::format(" (margin {:+.0f}%)", *result.margin * 100);
        if (result.too_close) message += ", too close to the limit to be sure";
        return message;
    }

    const Summary& summary_;
    const fs::path& workspace_;
};

}  // namespace

std::string github_annotations(const Summary& summary, const fs::path& workspace) {
    return Annotator(summary, workspace).all();
}

}  // namespace streamgauge::report
