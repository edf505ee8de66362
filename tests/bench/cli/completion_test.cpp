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
using ::testing::Not;

const std::vector<CommandEntry>& table() {
    static const std::vector<CommandEntry> entries{
        {"streamgauge", "It measures.", "", {}, {{{"--version"}, "", "Print the version"}}},
        {"run",
         "Run a scenario",
         "",
         {{{}, "FILE", "The scenario", Takes::file}},
         {{{"--out"}, "DIR", "Where to: it's [new]", Takes::folder},
          {{"--junit"}, "FILE", "Write JUnit", Takes::file},
          {{"--workers"}, "N", "Threads", Takes::text},
          {{"-q", "--quiet"}, "", "Say nothing"}}},
        {"report",
         "Write it again",
         "",
         {{{}, "BASE", "The run", Takes::folder}, {{}, "OTHER...", "More runs", Takes::folder}},
         {{{"--html"}, "FILE", "The page", Takes::file},
          {{"--shape"}, "NAME", "How", Takes::choice, {"round", "square"}}}},
        {"teach", "Teach a shell", "", {{{}, "SHELL", "Which", Takes::choice, {"bash", "zsh"}}}, {}},
        {"show", "Show it", "", {}, {}}};
    return entries;
}

/// What a command of the shell writes.
std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen((command + " 2>&1").c_str(), "r"), &::pclose);
    std::string text;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get()))
        text += static_cast<char>(c);
    return text;
}

bool is_installed(const std::string& shell) {
    return !output_of("command -v " + shell).empty();
}

/// What bash offers for the last of some words, a line each.
class BashCompletion : public ::testing::Test {
  protected:
    std::string offered(const std::string& words, int at) const {
        const auto script = folder_.write("completion.bash", bash_completion(table()));
        const auto command = "cd " + folder_.path().string() + " && bash -c 'source " + script.string() +
                             "; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(at) +
                             "; _streamgauge; for each in \"${COMPREPLY[@]}\"; do echo \"$each\"; done'";
        return output_of(command);
    }

    TemporaryFolder folder_;
};

TEST_F(BashCompletion, OffersCommandsAndOptions) {
    EXPECT_EQ(offered("streamgauge \"\"", 1), "run\nreport\nteach\nshow\n--version\n");
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

TEST_F(BashCompletion, OffersNoFilesWhereThereIsAChoiceOrNothing) {
    folder_.write("basket.yaml", "");
    std::filesystem::create_directory(folder_.path() / "bay");
    EXPECT_EQ(offered("streamgauge teach \"\"", 2), "bash\nzsh\n");
    EXPECT_EQ(offered("streamgauge teach ba", 2), "bash\n");
    EXPECT_EQ(offered("streamgauge report --shape \"\"", 3), "round\nsquare\n");
    EXPECT_EQ(offered("streamgauge report ba", 2), "bay\n");
    EXPECT_THAT(offered("streamgauge show ba", 2), IsEmpty());
}

TEST(ZshCompletion, NamesCommandsAndOptions) {
    EXPECT_THAT(zsh_completion(table()),
                AllOf(HasSubstr("#compdef streamgauge\n"), HasSubstr("'run:Run a scenario'\n"),
                      HasSubstr("'--out[Where to\\: it'\\''s (new)]:DIR:_files -/'"),
                      HasSubstr("'--quiet[Say nothing]'"), HasSubstr("'--workers[Threads]:N:'"),
                      HasSubstr("'1:BASE:_files -/'"), HasSubstr("'*:OTHER...:_files -/'"),
                      HasSubstr("'1:SHELL:(bash zsh)'"), HasSubstr("'--shape[How]:NAME:(round square)'")));
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

/// The scripts in the shells they are for, where those are installed.
class RealShell : public ::testing::Test {
  protected:
    /// What fish offers for a command line.
    std::string fish_offers(const std::string& line) const {
        const auto script = folder_.write("completion.fish", fish_completion(table()));
        return output_of("cd " + folder_.path().string() + " && HOME=" + folder_.path().string() +
                         " fish --private -c 'source " + script.string() + "; complete -C \"" + line + "\"'");
    }

    /// What the zsh function hands to zsh's own `_describe` and `_arguments`, a line each, for the last of
    /// some words.
    std::string zsh_hands_over(const std::string& words, int at) const {
        const auto script = folder_.write("completion.zsh", zsh_completion(table()));
        return output_of(
            "zsh -f -c 'compdef() { }; _arguments() { print -rl -- \"$@\" }; "
            "_describe() { print -rl -- \"${(@P)2}\" }; source " +
            script.string() + "; words=(" + words + "); CURRENT=" + std::to_string(at) + "; _streamgauge'");
    }

    TemporaryFolder folder_;
};

TEST_F(RealShell, FishOffersCommandsOptionsAndFiles) {
    if (!is_installed("fish")) GTEST_SKIP() << "fish is not installed";
    folder_.write("chat.yaml", "");
    std::filesystem::create_directory(folder_.path() / "chats");
    EXPECT_EQ(fish_offers("streamgauge re"), "report\tWrite it again\n");
    EXPECT_EQ(fish_offers("streamgauge run --q"), "--quiet\tSay nothing\n");
    EXPECT_EQ(fish_offers("streamgauge report --h"), "--html\tThe page\n");
    EXPECT_THAT(fish_offers("streamgauge run --out ch"), AllOf(HasSubstr("chats/"), Not(HasSubstr("yaml"))));
    EXPECT_THAT(fish_offers("streamgauge run ch"), HasSubstr("chat.yaml\n"));
    EXPECT_THAT(fish_offers("streamgauge report ch"), AllOf(HasSubstr("chats/"), Not(HasSubstr("yaml"))));
    EXPECT_EQ(fish_offers("streamgauge teach "), "bash\nzsh\n");
    EXPECT_EQ(fish_offers("streamgauge report --shape "), "round\tHow\nsquare\tHow\n");
    EXPECT_THAT(fish_offers("streamgauge show "), IsEmpty());
}

TEST_F(RealShell, ZshKnowsCommandsAndOptions) {
    if (!is_installed("zsh")) GTEST_SKIP() << "zsh is not installed";
    EXPECT_EQ(zsh_hands_over("streamgauge re", 2),
              "run:Run a scenario\nreport:Write it again\nteach:Teach a shell\nshow:Show it\n");
    EXPECT_EQ(zsh_hands_over("streamgauge report --", 3),
              "--html[The page]:FILE:_files\n--shape[How]:NAME:(round square)\n1:BASE:_files -/\n"
              "*:OTHER...:_files -/\n");
    EXPECT_THAT(
        zsh_hands_over("streamgauge run --out x", 4),
        AllOf(HasSubstr("--out[Where to\\: it's (new)]:DIR:_files -/\n"), HasSubstr("-q[Say nothing]\n")));
}

}  // namespace
}  // namespace streamgauge::cli
