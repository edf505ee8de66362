#include "report/export/json_fields.h"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include <limits>

namespace streamgauge::report {

namespace {

using namespace std::chrono_literals;

enum class Size { small, large };
constexpr std::array<std::string_view, 2> size_names{"small", "large"};

struct Inner {
    std::uint32_t number = 3;
};

struct Outer {
    std::string text = "default";
    bool flag = false;
    double ratio = 0;
    std::chrono::nanoseconds time{0};
    std::optional<std::uint64_t> maybe;
    std::vector<Inner> list;
    std::pair<double, std::int64_t> pair{0, 0};
    Size size = Size::small;
    Histogram histogram;
};

template <typename Fields>
void list_fields(Fields& fields, Inner& inner) {
    fields("number", inner.number);
}

template <typename Fields>
void list_fields(Fields& fields, Outer& outer) {
    fields("text", outer.text);
    fields("flag", outer.flag);
    fields("ratio", outer.ratio);
    fields("time_ns", outer.time);
    fields("maybe", outer.maybe);
    fields("list", outer.list);
    fields("pair", outer.pair);
    json_fields::list_name(fields, "size", outer.size, size_names);
    fields("histogram", outer.histogram);
}

Outer read(const boost::json::object& object) {
    Outer outer;
    json_fields::read_fields(object, outer);
    return outer;
}

TEST(JsonFieldsTest, KeepEveryField) {
    Outer outer{"x", true, 0.1, -5ns, 9, {{1}, {2}}, {0.5, -7}, Size::large, Histogram()};
    outer.histogram.record(5ms, 3);
    const auto object = json_fields::write_fields(outer);
    const auto same = read(object);
    EXPECT_EQ(same.text, "x");
    EXPECT_TRUE(same.flag);
    EXPECT_EQ(same.ratio, 0.1);
    EXPECT_EQ(same.time, -5ns);
    EXPECT_EQ(same.maybe, 9U);
    ASSERT_EQ(same.list.size(), 2U);
    EXPECT_EQ(same.list[1].number, 2U);
    EXPECT_EQ(same.pair, (std::pair<double, std::int64_t>(0.5, -7)));
    EXPECT_EQ(same.size, Size::large);
    EXPECT_EQ(same.histogram.bins(), outer.histogram.bins());
    EXPECT_EQ(same.histogram.max(), 5ms);
    EXPECT_EQ(boost::json::serialize(json_fields::write_fields(same)), boost::json::serialize(object));
}

TEST(JsonFieldsTest, LeaveOutWhatIsEmptyOrNotFinite) {
    Outer outer;
    outer.ratio = std::numeric_limits<double>::quiet_NaN();
    const auto object = json_fields::write_fields(outer);
    EXPECT_FALSE(object.contains("maybe"));
    EXPECT_FALSE(object.contains("ratio"));
    EXPECT_TRUE(object.contains("time_ns"));
    EXPECT_FALSE(read(object).maybe);
}

TEST(JsonFieldsTest, KeepDefaultsWhereTheFileHasNothingOfUse) {
    const auto same = read({{"text", 5},
                            {"flag", "yes"},
                            {"time_ns", "soon"},
                            {"maybe", -1},
                            {"list", {{{"number", 4}}, "other", {{"number", -1}}}},
                            {"pair", {1}},
                            {"size", "huge"},
                            {"histogram", {{"relative_error", 0}}}});
    EXPECT_EQ(same.text, "default");
    EXPECT_FALSE(same.flag);
    EXPECT_EQ(same.time, 0ns);
    EXPECT_FALSE(same.maybe);
    ASSERT_EQ(same.list.size(), 2U);
    EXPECT_EQ(same.list[0].number, 4U);
    EXPECT_EQ(same.list[1].number, 3U);
    EXPECT_EQ(same.size, Size::small);
    EXPECT_TRUE(same.histogram.empty());
}

TEST(JsonFieldsTest, WriteWellFormedText) {
    Outer outer;
    outer.text = "a\xff";
    EXPECT_EQ(json_fields::write_fields(outer).at("text").as_string(), "a\xef\xbf\xbd");
}

}  // namespace
}  // namespace streamgauge::report
