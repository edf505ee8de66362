#include "report/model/client_certainty.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

#include <tuple>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using testing::TimelineBuilder;

struct Case {
    const char* name;
    std::chrono::nanoseconds width;
    StampSource source;
    bool ends_inside_event;
    std::size_t token_events;
    bool uncertain;
};

class ClientCertainty : public ::testing::TestWithParam<Case> {};

TEST_P(ClientCertainty, FollowsTheRule) {
    const Case& c = GetParam();
    const Moment arrival{10s};
    const SocketRead read{arrival, arrival - c.width, 100, c.source, c.ends_inside_event};
    EXPECT_EQ(is_client_uncertain(read, c.token_events), c.uncertain);
}

constexpr auto kernel = StampSource::kernel, user = StampSource::user;
INSTANTIATE_TEST_SUITE_P(Rule, ClientCertainty,
                         ::testing::Values(Case{"narrow_several", 1ms, kernel, false, 9, false},
                                           Case{"narrow_user", 1ms, user, true, 9, false},
                                           Case{"wide_several", 1ms + 1ns, kernel, false, 2, true},
                                           Case{"wide_single_kernel", 190ms, kernel, false, 1, false},
                                           Case{"wide_single_user", 190ms, user, false, 1, true},
                                           Case{"wide_single_with_the_start_of_the_next", 190ms, kernel, true,
                                                1, true}),
                         [](const auto& tested) { return tested.param.name; });

TEST(TokenReads, GroupsEventsByTheirRead) {
    TimelineBuilder builder;
    builder.token(10ms).read(30ms, 5ms).events(3).read(40ms).read(50ms).events(2);
    std::vector<std::tuple<std::size_t, std::size_t, bool>> groups;
    for_each_token_read(builder.build(), [&](std::size_t first, std::size_t end, bool uncertain) {
        groups.emplace_back(first, end, uncertain);
    });
    EXPECT_THAT(groups, ::testing::ElementsAre(std::tuple(0, 1, false), std::tuple(1, 4, true),
                                               std::tuple(4, 6, false)));
}

}  // namespace
}  // namespace streamgauge::report
