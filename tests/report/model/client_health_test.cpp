#include "report/model/client_health.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST(ClientHealth, MergesTwoWorkers) {
    ClientHealth a, b;
    a.client_lag.record(1ms);
    b.client_lag.record(3ms);
    b.loop_lag.record(2ms);
    a.cpu_time = 2s;
    b.cpu_time = 3s;
    a.wall_time = b.wall_time = 10s;
    b.core_wait = 40ms;
    a.reads = 5;
    b.reads = 7;
    a.reads_without_kernel_stamp = 1;
    b.clock_steps = 2;
    b.unmapped_clock_steps = 1;
    a.rows_lost = 4;
    a.peak_descriptors = 10;
    b.peak_descriptors = 30;
    a.descriptor_limit = b.descriptor_limit = 1'024;
    a.peak_ports = 8;
    b.port_limit = 28'000;
    a.notes = {"few descriptors"};
    b.notes = {"few descriptors", "few ports"};

    a.merge(b);

    EXPECT_EQ(a.client_lag.count(), 2U);
    EXPECT_EQ(a.client_lag.max(), 3ms);
    EXPECT_EQ(a.loop_lag.count(), 1U);
    EXPECT_EQ(a.cpu_time, 5s);
    EXPECT_EQ(a.wall_time, 20s);
    EXPECT_EQ(a.core_wait, 40ms);
    EXPECT_EQ(a.reads, 12U);
    EXPECT_EQ(a.reads_without_kernel_stamp, 1U);
    EXPECT_EQ(a.clock_steps, 2U);
    EXPECT_EQ(a.unmapped_clock_steps, 1U);
    EXPECT_EQ(a.rows_lost, 4U);
    EXPECT_EQ(a.peak_descriptors, 30U);
    EXPECT_EQ(a.descriptor_limit, 1'024U);
    EXPECT_EQ(a.peak_ports, 8U);
    EXPECT_EQ(a.port_limit, 28'000U);
    EXPECT_THAT(a.notes, ElementsAre("few descriptors", "few ports"));
}

}  // namespace
}  // namespace streamgauge::report
