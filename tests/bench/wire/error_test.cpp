#include "bench/wire/error.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace streamgauge::wire {
namespace {

TEST(WireError, HasASentenceOfItsOwnForEachValue) {
    std::set<std::string> sentences;
    const auto unknown = error_category().message(0);
    int values = 0;
    for (int value = 1; error_category().message(value) != unknown; ++value, ++values) {
        const boost::system::error_code code = static_cast<Error>(value);
        EXPECT_STREQ(code.category().name(), "streamgauge.wire");
        EXPECT_TRUE(code.failed());
        sentences.insert(code.message());
    }
    EXPECT_EQ(values, static_cast<int>(Error::conflicting_framing));
    EXPECT_EQ(sentences.size(), static_cast<std::size_t>(values));
}

}  // namespace
}  // namespace streamgauge::wire
