#include "report/export/step_summary.h"

#include "report/export/run_folder.h"
#include "tests/report/export/temporary_folder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::HasSubstr;

TEST(StepSummary, IsAppendedToWhatIsThere) {
    const TemporaryFolder folder;
    const auto file = folder / "summary.md";
    append_step_summary(file, "# one\n");
    append_step_summary(file, "# two\n");
    EXPECT_EQ(read_text(file), "# one\n\n# two\n");
}

TEST(StepSummary, StaysWithinTheLimit) {
    const TemporaryFolder folder;
    const auto file = folder / "summary.md";
    std::string lines;
    while (lines.size() < most_step_summary_bytes - 100)
        lines += "0123456789012345678901234567890123456789\n";
    write_text(file, lines);
    append_step_summary(file, lines);
    const auto text = read_text(file);
    EXPECT_LE(text.size(), most_step_summary_bytes);
    EXPECT_THAT(text.substr(lines.size()), HasSubstr("left out"));
    append_step_summary(file, lines);
    EXPECT_LE(read_text(file).size(), most_step_summary_bytes);
}

TEST(StepSummary, SaysWhenTheDiskIsFull) {
    EXPECT_THAT(message_of<RunFolderError>([] { append_step_summary("/dev/full", "# one\n"); }),
                HasSubstr("/dev/full: No space left on device"));
    EXPECT_THAT(message_of<RunFolderError>([] { append_step_summary("/nowhere/file", "# one\n"); }),
                HasSubstr("/nowhere/file: No such file"));
}

}  // namespace
}  // namespace streamgauge::report
