#include "bench/cli/completion.h"

#include "tests/bench/cli/temporary_folder.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <memory>

namespace streamgauge::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<CommandEntry>& table() {
    static const std::vector<CommandEntry> entries{
        {"streamgauge", "It measures.", "", {}, {{{"--version"}, "", "Print the version"}}},
        {"run",
         "Run a scenario",
         "",
         {{{}, "FILE", "The scenario"}},
         {{{"--out"}, "DIR", "Where to: it's [new]"},
          {{"--junit"}, "FILE", "Write JUnit"},
          {{"--workers"}, "N", "Threads"},
          {{"-q", "--quiet"}, "", "Say nothing"}}},
        {"report", "Write it again", "", {}, {{{"--html"}, "FILE", "The page"}}}};
    return entries;
}

/// What bash offers for the last of some words, a line each.
class BashCompletion : public ::testing::Test {
  protected:
    std::string offered(const std::string& words, int at) const {
        const auto script = folder_.write("completion.bash", bash_completion(table()));
        const auto command = "cd " + folder_.path().string() + " && bash -c 'source " + script.string() +
                             "; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(at) +
                             "; _streamgauge; for each in \"${COMPREPLY[@]}\"; do echo \"$each\"; done' 2>&1";
        const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
        std::string text;
        for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get()))
            text += static_cast<char>(c);
        return text;
    }

    TemporaryFolder folder_;
};

TEST_F(BashCompletion, OffersCommandsAndOptions) {
    EXPECT_EQ(offered("streamgauge \"\"", 1), "run\nreport\n--version\n");
    EXPECT_EQ(offered("streamgauge re", 1), "report\n");
    EXPECT_EQ(offered("streamgauge run --", 2), "--out\n--junit\n--workers\n--quiet\n");
    EXPECT_EQ(offered("streamgauge report --h", 2), "--html\n");
}

TEST_F(BashCompletion, OffersFilesAndFoldersWhereTheyAreWanted) {
    folder_.write("chat one.yaml", "");
    std::filesystem::create_directory(folder_.path() / "chats");
    EXPECT_EQ(offered("streamgauge run ch", 2), "chat one.yaml\nchats\n");
    EXPECT_EQ(offered("streamgauge run --out ch", 3), "chats\n");
    EXPECT_EQ(offered("streamgauge run --junit ch", 3), "chat one.yaml\nchats\n");
    EXPECT_THAT(offered("streamgauge run --workers ch", 3), IsEmpty());
}

TEST(ZshCompletion, NamesCommandsAndOptions) {
    EXPECT_THAT(zsh_completion(table()),
                AllOf(HasSubstr("#compdef streamgauge\n"), HasSubstr("'run:Run a scenario'\n"),
                      HasSubstr("'--out[Where to\\: it'\\''s (new)]:DIR:_files -/'"),
                      HasSubstr("'--quiet[Say nothing]'"), HasSubstr("'--workers[Threads]:N:'")));
}

TEST(FishCompletion, NamesCommandsAndOptions) {
    EXPECT_THAT(
        fish_completion(table()),
        AllOf(HasSubstr("complete -c streamgauge -f -n __fish_use_subcommand -a run -d 'Run a scenario'\n"),
              HasSubstr("complete -c streamgauge -n '__fish_seen_subcommand_from run' -l junit -r -F -d "
                        "'Write JUnit'\n"),
              HasSubstr(" -l out -x -a '(__fish_complete_directories)' -d 'Where to: it\\'s [new]'\n"),
              HasSubstr(" -s q -l quiet -d 'Say nothing'\n"), HasSubstr(" -l workers -x -d 'Threads'\n")));
}

}  // namespace
}  // namespace streamgauge::cli
