#include "report/buffering/remedies/find_remedies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace streamgauge::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

BufferingVerdict verdict_of(BufferingKind kind) {
    BufferingVerdict verdict;
    verdict.kind = kind;
    return verdict;
}

std::vector<Remedy> found(const HeaderFields& fields, BufferingKind kind = BufferingKind::block,
                          TargetFacts facts = {}) {
    const std::vector<HeaderFields> responses{fields};
    return find_remedies(remedy_catalogue(), responses, verdict_of(kind), facts);
}

std::vector<std::string> names(const std::vector<Remedy>& remedies) {
    std::vector<std::string> products;
    products.reserve(remedies.size());
    for (const auto& remedy : remedies)
        products.push_back(remedy.product);
    return products;
}

TEST(FindRemedies, GivesTheSettingOfTheProduct) {
    const auto remedies = found({{"Server", "nginx/1.22.1"}, {"Content-Type", ""}});
    ASSERT_THAT(remedies, SizeIs(1));
    EXPECT_EQ(remedies[0].product, "nginx");
    EXPECT_EQ(remedies[0].why, "Server: nginx/1.22.1");
    EXPECT_THAT(remedies[0].snippet, HasSubstr("proxy_buffering off;\nproxy_http_version 1.1;"));
    EXPECT_THAT(remedies[0].timeout, HasSubstr("60 s"));
    EXPECT_THAT(remedies[0].source, HasSubstr("ngx_http_proxy_module"));
    EXPECT_GE(remedies[0].confidence, 0.9);
}

TEST(FindRemedies, DependsOnTheKindAndTheTarget) {
    const HeaderFields nginx{{"Server", "nginx"}};
    EXPECT_THAT(found(nginx, BufferingKind::compression).at(0).snippet, HasSubstr("gzip off"));
    EXPECT_THAT(found(nginx, BufferingKind::block, {true, false}).at(0).text, HasSubstr("TLS records"));
}

TEST(FindRemedies, SaysNothingWhereNothingIsHeld) {
    const HeaderFields nginx{{"Server", "nginx"}};
    for (const auto kind : {BufferingKind::none, BufferingKind::instant, BufferingKind::insufficient})
        EXPECT_THAT(found(nginx, kind), IsEmpty());
}

TEST(FindRemedies, GivesAdviceForTheKindWithoutAProduct) {
    for (std::size_t i = 0; i < buffering_names.size(); ++i) {
        const auto kind = static_cast<BufferingKind>(i);
        if (!verdict_of(kind).is_buffered()) continue;
        const auto remedies = found({{"Server", "nobody"}, {"Content-Type", ""}}, kind);
        ASSERT_THAT(remedies, SizeIs(1)) << to_string(kind);
        EXPECT_EQ(remedies[0].product, "");
        EXPECT_EQ(remedies[0].confidence, 0);
        EXPECT_FALSE(remedies[0].text.empty());
    }
}

TEST(FindRemedies, NamesSeveralProductsInARow) {
    const auto remedies =
        found({{"Server", "nginx"}, {"Via", "1.1 varnish (Varnish/7.1), 1.1 google"}, {"Content-Type", ""}});
    EXPECT_THAT(names(remedies), ElementsAre("nginx", "Varnish", "Google Cloud load balancer"));
}

TEST(FindRemedies, PutsAProductThatDoesNotHoldSoBehind) {
    const auto remedies = found({{"Server", "uvicorn"}, {"cf-ray", ""}}, BufferingKind::token_window);
    ASSERT_FALSE(remedies.empty());
    const auto cloudflare = std::ranges::find(remedies, "Cloudflare", &Remedy::product);
    ASSERT_NE(cloudflare, remedies.end());
    EXPECT_LT(cloudflare->confidence, 0.5);
    EXPECT_THAT(cloudflare->text, HasSubstr("not known to hold"));
    EXPECT_EQ(remedies.back().product, "") << "advice for the kind comes with it";
}

TEST(FindRemedies, TakesLowerCaseNamesForHaproxyUnlessTheyAreExplained) {
    const auto behind = found({{"server", "nginx"}, {"content-type", ""}});
    EXPECT_THAT(names(behind), ElementsAre("nginx", "HAProxy"));
    EXPECT_EQ(behind[1].why, "header names in lower case");
    EXPECT_THAT(names(found({{"content-type", ""}})), ElementsAre("HAProxy", ""));
    const auto envoy = names(found({{"server", "envoy"}, {"content-type", ""}}));
    EXPECT_EQ(std::ranges::count(envoy, "HAProxy"), 0);
    const auto upper = names(found({{"Server", "nginx"}, {"content-type", ""}}));
    EXPECT_EQ(std::ranges::count(upper, "HAProxy"), 0);
}

TEST(FindRemedies, LooksAtEveryResponse) {
    const std::vector<HeaderFields> responses{{{"Server", "nobody"}}, {{"X-Varnish", ""}}};
    const auto remedies = find_remedies(remedy_catalogue(), responses, verdict_of(BufferingKind::full), {});
    EXPECT_EQ(remedies.at(0).product, "Varnish");
    EXPECT_EQ(remedies.at(0).why, "X-Varnish");
    EXPECT_THAT(names(find_remedies(remedy_catalogue(), {}, verdict_of(BufferingKind::full), {})),
                ElementsAre(""));
}

/// Headers that show the sign and nothing else.
HeaderFields showing(const ProductSign& sign) {
    if (sign.header.empty()) return {{"content-type", ""}};
    auto name = sign.header;
    name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    return {{name, sign.match == ProductSign::Match::contains ? "1.1 x " + sign.value : sign.value}};
}

/// Each sign of the product, alone, leads to this advice of it.
void expect_advice_by_every_sign(const Product& product, const Advice& advice, BufferingKind kind) {
    const TargetFacts facts{advice.tls.value_or(false), advice.encoded.value_or(false)};
    for (const auto& sign : product.signs) {
        const auto remedies = found(showing(sign), kind, facts);
        const auto mine = std::ranges::find(remedies, product.title, &Remedy::product);
        ASSERT_NE(mine, remedies.end()) << product.name << ' ' << to_string(kind);
        EXPECT_EQ(mine->text, advice.text) << product.name << ' ' << to_string(kind);
        EXPECT_DOUBLE_EQ(mine->confidence, sign.confidence) << product.name;
    }
}

TEST(FindRemedies, EverySignIsReachableAndEveryAdviceIsGiven) {
    for (const auto& product : remedy_catalogue().products) {
        for (const auto& advice : product.advice) {
            for (const auto kind : advice.kinds)
                expect_advice_by_every_sign(product, advice, kind);
        }
    }
}

TEST(FindRemedies, NamesNoMoreThanAFew) {
    HeaderFields everything;
    for (const auto& product : remedy_catalogue().products) {
        for (const auto& field : showing(product.signs.front()))
            everything.push_back(field);
    }
    EXPECT_THAT(found(everything, BufferingKind::full), SizeIs(most_remedies));
}

TEST(ProductsOnTheWay, NamesTheLikelyOnesWithoutAnythingToMend) {
    const std::vector<HeaderFields> responses{{{"Server", "nginx/1.22.1"}, {"Content-Type", ""}}};
    const auto products = products_on_the_way(remedy_catalogue(), responses);
    EXPECT_THAT(names(products), ElementsAre("nginx"));
    EXPECT_EQ(products[0].why, "Server: nginx/1.22.1");
    EXPECT_THAT(products[0].timeout, HasSubstr("proxy_read_timeout"));
    EXPECT_THAT(products[0].text, IsEmpty());
}

TEST(ProductsOnTheWay, LeavesOutWhatIsOnlyPossible) {
    const std::vector<HeaderFields> responses{{{"Server", "uvicorn"}, {"Content-Type", ""}}};
    for (const auto& product : products_on_the_way(remedy_catalogue(), responses))
        EXPECT_GE(product.confidence, 0.5) << product.product;
    EXPECT_THAT(products_on_the_way(remedy_catalogue(), {}), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::report
