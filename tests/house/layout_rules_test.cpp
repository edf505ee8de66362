#include "tests/house/layout_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(TopLevel, HoldsTheHouseOnly) {
    EXPECT_THAT(check_top_level({{"bench/cli/main.cpp", ""}, {"README.md", ""}, {".ci/run", ""}}), IsEmpty());
    EXPECT_THAT(check_top_level({{"src/a.cpp", ""}, {"src/b.cpp", ""}, {"notes.txt", ""}}),
                ElementsAre(HasSubstr("notes.txt does not belong"), HasSubstr("src does not belong")));
}

struct BadText {
    std::string name;
    std::string text;
    std::string complaint;
};

std::string case_name(const testing::TestParamInfo<BadText>& info) {
    return info.param.name;
}

class Text : public testing::TestWithParam<BadText> {};

TEST_P(Text, IsRefused) {
    const std::string before = "int first;\n";
    EXPECT_THAT(
        check_text({{"bench/a.cpp", before + GetParam().text + "\n"}}),
        ElementsAre(testing::AllOf(testing::StartsWith("bench/a.cpp:2 "), HasSubstr(GetParam().complaint))));
}

// The literals are cut in two so that this file does not hold what it is about.
INSTANTIATE_TEST_SUITE_P(LayoutRules, Text,
                         testing::Values(BadText{"Home",
                                                 "open(\"/ho"
                                                 "me/ann/key\")",
                                                 "somebody's machine"},
                                         BadText{"Root",
                                                 "cd /ro"
                                                 "ot/src",
                                                 "somebody's machine"},
                                         BadText{"Checkout",
                                                 "see `/wor"
                                                 "k/site`",
                                                 "somebody's machine"},
                                         BadText{"Conflict",
                                                 "<<<<"
                                                 "<<< HEAD",
                                                 "conflict mark"},
                                         BadText{"Undone",
                                                 "// TO"
                                                 "DO: later",
                                                 "left undone"},
                                         BadText{"Key",
                                                 "-----BEGIN RSA PRIVATE K"
                                                 "EY-----",
                                                 "private key"},
                                         BadText{"Zero", std::string("a\0b", 3), "control character"},
                                         BadText{"CarriageReturn", "a\r", "control character"}),
                         case_name);

TEST(CleanText, Passes) {
    EXPECT_THAT(
        check_text({{"bench/a.cpp", "get(\"/v1/chat/completions\");\n\t// over the work, at home/office\n"},
                    {"README.md", "=======\nhttp://host/mnt/x\n/usr/bin/env, /proc/self/stat"},
                    {"report/web/logo.png", std::string("\x89\0\r", 3)}}),
        ElementsAre(HasSubstr("README.md:1 holds a conflict mark")));
}

TEST(LockFile, NamesNoRegistry) {
    EXPECT_THAT(check_text({{"report/web/package-lock.json", "\"resolved\": \"https://host/x.tgz\""}}),
                ElementsAre(HasSubstr("download addresses")));
}

}  // namespace
}  // namespace streamgauge::house
