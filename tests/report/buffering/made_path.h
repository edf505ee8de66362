#pragma once

#include "tests/report/buffering/recorded_streams.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace streamgauge::report::testing {

/// A path that is not recorded but made: it lets tokens go by one rule, exactly.
struct MadePath {
    enum class Rule : std::uint8_t {
        ticker,  ///< every `parameter` ms since the request
        timer,   ///< `parameter` ms after the first token it holds
        window   ///< `parameter` tokens at a time
    };
    std::string name;
    Rule rule;
    double parameter;
    double buffer_bytes = 0;  ///< a timer lets go earlier when as much waits; 0: never
};

/// Bytes, from the start of the body, that a path let go at a time in ms.
struct Release {
    double ms;
    std::uint64_t end;
};

/// Holds what one stream sends until its rule says so.
class MadePathRun {
  public:
    explicit MadePathRun(const MadePath& path) : path_(path) {}

    void send(double ms, std::uint64_t bytes) {
        if (due_ >= 0 && due_ < ms) release(due_, sent_);
        sent_ += bytes;
        ++waiting_;
        if (path_.rule == MadePath::Rule::window) {
            if (static_cast<double>(waiting_) == path_.parameter) release(ms, sent_);
            return;
        }
        while (path_.buffer_bytes > 0 && static_cast<double>(sent_ - released_) >= path_.buffer_bytes)
            release(ms, released_ + static_cast<std::uint64_t>(path_.buffer_bytes));
        if (sent_ > released_ && due_ < 0) due_ = due_after(ms);
    }

    std::vector<Release> end(double ms) {
        if (sent_ > released_) release(due_ >= 0 ? std::min(due_, ms) : ms, sent_);
        return releases_;
    }

  private:
    double due_after(double ms) const {
        if (path_.rule == MadePath::Rule::timer) return ms + path_.parameter;
        return std::ceil(ms / path_.parameter) * path_.parameter;
    }

    void release(double ms, std::uint64_t end) {
        releases_.push_back({ms, end});
        released_ = end;
        waiting_ = 0;
        due_ = -1;
    }

    const MadePath& path_;
    std::vector<Release> releases_;
    std::uint64_t sent_ = 0, released_ = 0;
    std::size_t waiting_ = 0;
    double due_ = -1;
};

inline double milliseconds_between(Moment from, Moment to) {
    return static_cast<double>((to - from).count()) / 1e6;
}

/// The reads of a client that is 0.2 to 1.6 ms late, with the tokens that each of them completed.
inline void receive(const std::vector<Release>& releases, const std::vector<TokenEvent>& sent,
                    std::mt19937& random, StreamTimeline& timeline) {
    std::uniform_real_distribution<double> late(0.2, 1.6);
    std::uint64_t position = 0, completed = 0;
    double last = 0;
    std::size_t next = 0;
    for (const auto& [ms, end] : releases) {
        last = std::max(last + 0.05, ms + late(random));
        const auto read = static_cast<std::uint32_t>(timeline.reads.size());
        for (; next < sent.size() && completed + sent[next].bytes <= end; ++next) {
            completed += sent[next].bytes;
            timeline.tokens.push_back({.read = read, .bytes = sent[next].bytes});
        }
        const auto arrival = recorded_moment(last);
        const auto bytes = static_cast<std::uint32_t>(end - position);
        const SocketRead read_here{arrival, arrival, bytes, StampSource::kernel, completed != end};
        timeline.reads.push_back(read_here);
        timeline.http_chunks.push_back(bytes);
        position = end;
    }
    timeline.end = std::max(*timeline.end, recorded_moment(last));
}

/// What a client would have seen of `stream` behind `path`: its origin's send stamps decide when the path had
/// what. The path that was recorded does not matter.
inline StreamTimeline pass_through(const MadePath& path, const StreamTimeline& stream, std::mt19937& random) {
    MadePathRun run(path);
    for (std::size_t i = 0; i < stream.tokens.size(); ++i)
        run.send(static_cast<double>(stream.stamps[i].sent.count()) / 1e6, stream.tokens[i].bytes);
    auto received = stream;
    received.reads.clear();
    received.tokens.clear();
    received.http_chunks.clear();
    receive(run.end(milliseconds_between(*stream.sent, *stream.end)), stream.tokens, random, received);
    return received;
}

}  // namespace streamgauge::report::testing
