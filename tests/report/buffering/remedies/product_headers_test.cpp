#include "report/buffering/remedies/product_headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace streamgauge::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

HeaderFields kept(const HeaderFields& response) {
    return product_headers(response, remedy_catalogue());
}

TEST(ProductHeaders, KeepsWhatTellsProductsApart) {
    EXPECT_THAT(kept({{"Date", "today"},
                      {"Server", "nginx"},
                      {"Content-Type", "text/event-stream"},
                      {"CF-RAY", "89ab-FRA"},
                      {"via", "1.1 varnish"},
                      {"X-Api-Key", "sk-1"}}),
                ElementsAre(Pair("Server", "nginx"), Pair("Content-Type", ""), Pair("CF-RAY", ""),
                            Pair("via", "1.1 varnish")));
}

TEST(ProductHeaders, KeepsOfACookieItsName) {
    EXPECT_THAT(kept({{"Set-Cookie", "AWSALB=secret; Path=/"}}), ElementsAre(Pair("Set-Cookie", "AWSALB")));
    EXPECT_THAT(kept({{"Set-Cookie", "no value"}}), ElementsAre(Pair("Set-Cookie", "no value")));
}

TEST(ProductHeaders, AreBounded) {
    EXPECT_EQ(kept({{"Server", std::string(100'000, 'x')}}).at(0).second.size(), longest_product_header);
    EXPECT_THAT(kept({{std::string(1000, 'x'), "y"}}), IsEmpty());
    EXPECT_THAT(kept(HeaderFields(500, {"Via", "1.1 x"})), SizeIs(16));
}

TEST(HeaderSets, KeepEachSetOnceAndOnlyAFew) {
    HeaderSets sets;
    EXPECT_FALSE(sets.add({}));
    EXPECT_TRUE(sets.add({{"Server", "a"}}));
    EXPECT_FALSE(sets.add({{"Server", "a"}}));
    for (int i = 0; i < 20; ++i)
        sets.add({{"Server", std::to_string(i)}});
    EXPECT_THAT(sets.all(), SizeIs(most_header_sets));
}

TEST(HeaderSets, MergeInAnyOrder) {
    HeaderSets one, other;
    for (int i = 0; i < 6; ++i)
        one.add({{"Server", std::to_string(i)}});
    for (int i = 4; i < 9; ++i)
        other.add({{"Server", std::to_string(i)}});
    HeaderSets left = one, right = other;
    left.merge(other);
    right.merge(one);
    EXPECT_EQ(left.all(), right.all());
    EXPECT_THAT(left.all(), SizeIs(most_header_sets));
}

}  // namespace
}  // namespace streamgauge::report
