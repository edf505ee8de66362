#include "report/export/masker.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

TEST(MaskerTest, ReplacesEachOccurrence) {
    const Masker masker({"sk-0123456789"});
    EXPECT_EQ(masker.mask("key sk-0123456789, again sk-0123456789sk-0123456789."), "key ***, again ******.");
    EXPECT_EQ(masker.mask("nothing to hide"), "nothing to hide");
    EXPECT_EQ(masker.mask(""), "");
}

TEST(MaskerTest, KnowsWhatAUrlMakesOfASecret) {
    const Masker masker({"p@ss word/1+2"});
    EXPECT_EQ(masker.mask("?key=p%40ss%20word%2F1%2B2&x=1"), "?key=***&x=1");
    EXPECT_EQ(masker.mask("?key=p%40ss%20word%2f1%2b2&x=1"), "?key=***&x=1");
    EXPECT_EQ(masker.mask("key=p%40ss+word%2F1%2B2"), "key=***");
}

TEST(MaskerTest, KnowsWhatJsonMakesOfASecret) {
    const Masker masker({R"(quo"te\back/slash)"});
    EXPECT_EQ(masker.mask(R"({"key":"quo\"te\\back/slash"})"), R"({"key":"***"})");
    EXPECT_EQ(masker.mask(R"({"key":"quo\"te\\back\/slash"})"), R"({"key":"***"})");
}

TEST(MaskerTest, KnowsBase64WhereverTheSecretStandsInTheText) {
    const Masker masker({"sk-0123456789"});
    struct Case {
        std::string text, masked;
    };
    // Of the text the secret stands in: alone, after "u:", after "me:", before "!!". The character that the
    // secret shares with its neighbour stays.
    for (const auto& [text, masked] :
         {Case{"c2stMDEyMzQ1Njc4OQ==", "***Q=="}, Case{"dTpzay0wMTIzNDU2Nzg5", "dTp***"},
          Case{"bWU6c2stMDEyMzQ1Njc4OQ==", "bWU6***Q=="}, Case{"c2stMDEyMzQ1Njc4OSEh", "***SEh"}}) {
        EXPECT_EQ(masker.mask("Basic " + text), "Basic " + masked);
    }
}

TEST(MaskerTest, KnowsTheAlphabetOfUrls) {
    const Masker masker({"\xfb\xff\xfe\xfb\xff\xfe"});
    EXPECT_EQ(masker.mask("a=+//++//+"), "a=***");
    EXPECT_EQ(masker.mask("a=-__--__-"), "a=***");
}

TEST(MaskerTest, KnowsTheTokenWithoutItsScheme) {
    const Masker masker({"Bearer abcdefgh"});
    EXPECT_EQ(masker.mask("token abcdefgh is unknown"), "token *** is unknown");
    EXPECT_EQ(masker.mask("'Bearer abcdefgh'"), "'***'");
}

TEST(MaskerTest, KnowsThePasswordWithoutItsUser) {
    const Masker masker({"user:hunter2"});
    EXPECT_EQ(masker.mask("wrong password hunter2 of user"), "wrong password *** of user");
}

TEST(MaskerTest, MasksTheLongerOfTwoSecretsWhole) {
    const Masker masker({"secret", "secret-and-more"});
    EXPECT_EQ(masker.mask("secret-and-more secret"), "*** ***");
}

TEST(MaskerTest, LeavesTextAloneThatHidesNothing) {
    const Masker none({}), tiny({"a", "12"});
    EXPECT_TRUE(none.empty());
    EXPECT_TRUE(tiny.empty());
    EXPECT_EQ(tiny.mask("a 12 a"), "a 12 a");
}

}  // namespace
}  // namespace streamgauge::report
