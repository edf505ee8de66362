#pragma once

#include "report/model/stream_timeline.h"

#include <vector>

namespace streamgauge::report {

/// A stream as it would have arrived had nothing held its tokens.
struct IdealRelease {
    enum class Source {
        stamps,    ///< each token event at its send stamp plus the smallest delay of the stream
        estimated  ///< the last token of each burst stays; those that came with it are spread evenly over the
                   ///< time they took to be made, as the estimate of hold has it
    };
    Source source = Source::estimated;
    std::vector<Moment> arrivals;  ///< one per token event, none later than the event's own arrival
};

/// By the server's stamps where every token event has one, else estimated. Of a stream that came in one burst
/// nothing tells the pace: its tokens are spread evenly from the moment the request was sent.
IdealRelease ideal_release(const StreamTimeline& timeline);

}  // namespace streamgauge::report
