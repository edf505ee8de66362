#include "report/export/append_file.h"

#include "report/export/run_folder.h"
#include "tests/report/export/temporary_folder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::HasSubstr;

TEST(AppendFileTest, Grows) {
    const TemporaryFolder folder;
    AppendFile file(folder / "rows");
    EXPECT_TRUE(file.append("one\n"));
    EXPECT_TRUE(file.append(""));
    EXPECT_TRUE(file.append("two\nthree\n"));
    EXPECT_EQ(read_text(folder / "rows"), "one\ntwo\nthree\n");
    EXPECT_EQ(file.error(), "");
}

TEST(AppendFileTest, BeginsEmpty) {
    const TemporaryFolder folder;
    write_text(folder / "rows", "old\n");
    AppendFile file(folder / "rows");
    EXPECT_EQ(read_text(folder / "rows"), "");
}

TEST(AppendFileTest, SaysThatTheDiskIsFull) {
    AppendFile file("/dev/full");
    EXPECT_FALSE(file.append("a line\n"));
    EXPECT_EQ(file.error(), "cannot write /dev/full: No space left on device");
    EXPECT_FALSE(file.append("another\n"));
}

TEST(AppendFileTest, NamesAFileThatCannotBeMade) {
    const TemporaryFolder folder;
    const auto message = message_of<RunFolderError>([&] { AppendFile file(folder / "no/rows"); });
    EXPECT_THAT(message, HasSubstr("no/rows: No such file or directory"));
}

}  // namespace
}  // namespace streamgauge::report
