#pragma once

#include "report/model/buffering_verdict.h"
#include "report/model/stream_timeline.h"

namespace streamgauge::report {

/// Is this stream held back on its way, and how? Judged from one client's view: when reads arrived, how many
/// bytes and events each brought, and whether blocks end inside an event. Events whose arrival the client
/// itself blurred do not count. Where one stream cannot tell a timer from a token window the verdict says so.
/// Needs no clock and looks at no product's name.
BufferingVerdict detect_buffering(const StreamTimeline& timeline);

}  // namespace streamgauge::report
