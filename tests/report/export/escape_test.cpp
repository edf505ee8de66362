#include "report/export/escape.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ValidUtf8Test, KeepsWhatIsWellFormed) {
    const std::string text = "plain \u00e9 \u20ac \U0001F600 \x01\n";
    EXPECT_EQ(valid_utf8(text), text);
}

TEST(ValidUtf8Test, ReplacesWhatIsNot) {
    struct Case {
        std::string text, expected;
    };
    const std::string bad = "\xef\xbf\xbd";
    for (const auto& [text, expected] : {
             Case{"a\xff z", "a" + bad + " z"},                     // never a byte of UTF-8
             Case{"\xc0\xaf", bad + bad},                           // overlong slash
             Case{"\xed\xa0\x80", bad + bad + bad},                 // surrogate
             Case{"\xf4\x90\x80\x80", bad + bad + bad + bad},       // over U+10FFFF
             Case{"\xf0\x80\x80\x80", bad + bad + bad + bad},       // overlong
             Case{"\xe2\x82", bad + bad},                           // cut at the end
             Case{"\xe2\x82z", bad + bad + "z"},                    // cut inside
             Case{"\x80", bad},                                     // no lead
             Case{std::string("a\0b", 3), std::string("a\0b", 3)},  // NUL is a character
         }) {
        EXPECT_EQ(valid_utf8(text), expected);
    }
}

TEST(ValidUtf8Test, CutsBetweenCharacters) {
    EXPECT_EQ(valid_utf8("ab\u20accd", 4), "ab");
    EXPECT_EQ(valid_utf8("ab\u20accd", 5), "ab\u20ac");
    EXPECT_EQ(valid_utf8("a\xff", 3), "a");
    EXPECT_EQ(valid_utf8("abc", 0), "");
}

TEST(TerminalTextTest, DisarmsControlSequences) {
    EXPECT_EQ(terminal_text("\x1b[31mred\x1b[0m"), "?[31mred?[0m");
    EXPECT_EQ(terminal_text("\x1b]0;title\x07"), "?]0;title?");
    EXPECT_EQ(terminal_text("a\bb\x7f" + std::string(1, '\0')), "a?b??");
    EXPECT_EQ(terminal_text("\u009b31m"), "?31m");  // CSI of one character
    EXPECT_EQ(terminal_text("\x9b"), "?");          // and of one byte
}

TEST(TerminalTextTest, StaysOnItsLine) {
    EXPECT_EQ(terminal_text("one\ntwo\r\tthree\u2028four\u2029"), "one two  three?four?");
}

TEST(TerminalTextTest, DisarmsWhatTurnsOrHidesText) {
    for (const std::string text :
         {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e",
          "\u200f", "\u061c", "\u200b", "\ufeff", "\U000e0041"}) {
        EXPECT_EQ(terminal_text("a" + text + "b"), "a?b");
    }
}

TEST(TerminalTextTest, KeepsWordsOfAllLanguages) {
    const std::string text = "Gr\u00fc\u00dfe, \u05e9\u05dc\u05d5\u05dd, \u4f60\u597d \U0001F600";
    EXPECT_EQ(terminal_text(text), text);
    EXPECT_EQ(terminal_text("\u4f60\u597d", 5), "\u4f60");
}

TEST(TerminalTextTest, BreaksUpOrdersToBuildServers) {
    EXPECT_EQ(terminal_text("##[error]x ##vso[task.x]y ##teamcity[z]"),
              "## [error]x ## vso[task.x]y ## teamcity[z]");
    EXPECT_EQ(terminal_text("###[x]"), "### [x]");
    EXPECT_EQ(terminal_text("## heading, C#"), "## heading, C#");
}

TEST(DisarmLinesTest, BreaksUpCommandsAtTheStartOfALine) {
    EXPECT_EQ(disarm_lines("::error::x\n  ::add-mask::y\na ::z\n\n::"),
              ": :error::x\n  : :add-mask::y\na ::z\n\n: :");
    EXPECT_EQ(disarm_lines(""), "");
    EXPECT_EQ(disarm_lines("fine\n"), "fine\n");
}

TEST(OneLineTest, ShowsWhatIsThere) {
    EXPECT_EQ(one_line("a\r\nb\tc"), "a  b c");
    EXPECT_EQ(one_line(std::string("a\0b\x1b[31m\xff\u202e", 12)), "a\ufffdb\ufffd[31m\ufffd\ufffd");
    EXPECT_EQ(one_line("\u20ac\u20ac", 5), "\u20ac");
}

TEST(XmlTextTest, WritesOnlyWhatXmlCanSay) {
    EXPECT_EQ(xml_text("<a b=\"c\">&]]></a>\n\t"), "&lt;a b=&quot;c&quot;&gt;&amp;]]&gt;&lt;/a&gt;\n\t");
    EXPECT_EQ(xml_text("\x01\x1b\x7f\u0085\ufffe\uffff\xc3"), "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd");
    EXPECT_EQ(xml_text(std::string(1, '\0') + "\u00e9\U0001F600"), "\ufffd\u00e9\U0001F600");
    EXPECT_EQ(xml_attribute("a\nb\"<"), "a b&quot;&lt;");
}

TEST(MarkdownTextTest, ReadsAsWritten) {
    EXPECT_EQ(markdown_text("*b* _i_ [l](x) <b> `c` #1 ~~s~~ &amp; ![i](y) $m$ \\"),
              "\\*b\\* \\_i\\_ \\[l\\](x) \\<b\\> \\`c\\` \\#1 \\~\\~s\\~\\~ \\&amp; \\!\\[i\\](y) \\$m\\$ "
              "\\\\");
    EXPECT_EQ(markdown_text("a|b"), "a&#124;b");
    EXPECT_EQ(markdown_text("https://x www.x @you 1.5: 2"), "https\\://x www\\.x `@`you 1.5: 2");
    EXPECT_EQ(markdown_text("a\n# b\x1b"), "a \\# b\ufffd");
}

TEST(MarkdownCodeTest, CannotBeLeft) {
    EXPECT_EQ(markdown_code("a < b", false), "`a < b`");
    EXPECT_EQ(markdown_code("a`b``c", false), "```a`b``c```");
    EXPECT_EQ(markdown_code("`a", false), "`` `a ``");
    EXPECT_EQ(markdown_code(" a", false), "`  a `");
    EXPECT_EQ(markdown_code("a|b\nc", false), "`a|b c`");
    EXPECT_EQ(markdown_code("a|b", true), "`a\u00a6b`");
    EXPECT_EQ(markdown_code("", false), "");
    EXPECT_EQ(markdown_code("abcdef", false, 3), "`abc`");
}

TEST(WorkflowTextTest, EndsNeitherItsPropertyNorItsLine) {
    EXPECT_EQ(workflow_message("50%\n::error::x, y"), "50%25 ::error::x, y");
    EXPECT_EQ(workflow_property("a:b,c%d\re"), "a%3Ab%2Cc%25d e");
}

TEST(OpenmetricsLabelTest, EscapesQuotesAndBackslashes) {
    EXPECT_EQ(openmetrics_label("a\"b\\c\nd"), "a\\\"b\\\\c d");
}

TEST(CsvFieldTest, QuotesWhereItMust) {
    EXPECT_EQ(csv_field("plain text"), "plain text");
    EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_field("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(csv_field("a\r\nb"), "a  b");
    EXPECT_EQ(csv_field(" a"), "\" a\"");
}

TEST(CsvFieldTest, StartsNoFormula) {
    for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\uff20x"})
        EXPECT_EQ(csv_field(text), "'" + text);
    EXPECT_EQ(csv_field("\t=1"), "' =1") << "the tab became a space";
    EXPECT_EQ(csv_field("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    EXPECT_EQ(csv_field("a=1"), "a=1");
}

TEST(DisplayWidthTest, CountsCharactersNotBytes) {
    EXPECT_EQ(display_width(""), 0U);
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("p\u00e9\u20ac"), 3U);
}

TEST(ScriptJsonTest, CannotEndItsElement) {
    const auto safe = script_json(
        "{\"a\":\"</script><script>alert(1)</script>\",\"b\":\"<!-- <script\",\"c\":\"]]>&amp;\"}");
    EXPECT_THAT(safe, Not(HasSubstr("<")));
    EXPECT_THAT(safe, Not(HasSubstr(">")));
    EXPECT_THAT(safe, Not(HasSubstr("&")));
    EXPECT_THAT(safe, HasSubstr(R"(\u003c/script\u003e)"));
    EXPECT_THAT(safe, HasSubstr(R"(\u003c!-- \u003cscript)"));
    EXPECT_THAT(safe, HasSubstr(R"(\u0026amp;)"));
}

TEST(ScriptJsonTest, EscapesWhatEndsALineOfScript) {
    EXPECT_EQ(script_json("\"a\u2028b\u2029c\u20acd\""), "\"a\\u2028b\\u2029c\u20acd\"");
}

TEST(ScriptJsonTest, LeavesOtherJsonAlone) {
    const std::string json = R"({"a":[1,2.5,null,true],"b":"x\"y\\z"})";
    EXPECT_EQ(script_json(json), json);
}

}  // namespace
}  // namespace streamgauge::report
