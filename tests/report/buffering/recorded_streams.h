#pragma once

#include "report/model/stream_timeline.h"

#include <boost/json.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report::testing {

/// A stream as a client saw it, and what its path really did to it.
struct RecordedStream {
    std::string path, generation, event_size, truth;
    double truth_parameter = 0;  ///< bytes, milliseconds or events, by `truth`
    double hold_p95_ms = 0;      ///< from the origin's send stamps
    std::string end;             ///< how the response ended: `chunk-end`, `content-length`, `eof`, ...
    StreamTimeline timeline;
};

inline Moment recorded_moment(double ms) {
    return Moment{std::chrono::seconds{1000}} + std::chrono::nanoseconds(std::llround(ms * 1e6));
}
inline Moment recorded_moment(const boost::json::value& ms) {
    return recorded_moment(ms.to_number<double>());
}

inline void load_reads(const boost::json::array& reads, StreamTimeline& timeline) {
    for (const auto& read : reads) {
        const auto arrival = recorded_moment(read.at(0));
        timeline.reads.emplace_back(arrival, arrival, read.at(1).to_number<std::uint32_t>(),
                                    StampSource::kernel, false);
        timeline.wire_bytes += timeline.reads.back().wire_bytes;
    }
}

/// Marks the reads after which an event had begun but was not complete. Where the body is compressed its
/// bytes say nothing about events, so no read is marked.
inline void mark_reads_inside_events(const boost::json::array& reads, const boost::json::array& events,
                                     StreamTimeline& timeline) {
    if (!timeline.content_encoding.empty()) return;
    std::set<std::uint64_t> boundaries{0};
    std::uint64_t position = 0;
    for (const auto& event : events)
        boundaries.insert(position += event.at(1).to_number<std::uint64_t>());
    position = 0;
    for (std::size_t i = 0; i < reads.size(); ++i) {
        position += reads[i].at(2).to_number<std::uint64_t>();
        timeline.reads[i].ends_inside_event = !boundaries.contains(position);
    }
}

inline void load_events(const boost::json::array& events, const boost::json::array& not_tokens,
                        StreamTimeline& timeline) {
    std::set<std::size_t> skipped;
    for (const auto& index : not_tokens)
        skipped.insert(index.to_number<std::size_t>());
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (skipped.contains(i)) continue;
        timeline.tokens.push_back({.read = events[i].at(0).to_number<std::uint32_t>(),
                                   .bytes = events[i].at(1).to_number<std::uint32_t>()});
    }
    timeline.events = events.size();
}

inline void load_stamps(const boost::json::array& sent, StreamTimeline& timeline) {
    for (const auto& ms : sent) {
        const auto since_request = std::chrono::nanoseconds(std::llround(ms.to_number<double>() * 1e6));
        timeline.stamps.push_back({since_request, std::chrono::nanoseconds{0}});
    }
}

inline double number_or_zero(const boost::json::value& value) {
    return value.is_number() ? value.to_number<double>() : 0;
}

/// One line of `traces.jsonl`; its fields are described in the README beside it. Throws on a malformed one.
inline RecordedStream load_recorded_stream(std::string_view line) {
    const auto json = boost::json::parse({line.data(), line.size()});
    RecordedStream stream;
    stream.path = json.at("path").as_string();
    stream.generation = json.at("generation").as_string();
    stream.event_size = json.at("event_size").as_string();
    stream.truth = json.at("truth").as_string();
    stream.end = json.at("end").as_string();
    stream.truth_parameter = number_or_zero(json.at("truth_param"));
    stream.hold_p95_ms = number_or_zero(json.at("hold_p95_ms"));

    auto& timeline = stream.timeline;
    timeline.intended = recorded_moment(0);
    timeline.sent = timeline.intended;
    if (json.at("headers_ms").is_number()) timeline.headers = recorded_moment(json.at("headers_ms"));
    if (json.at("end_ms").is_number()) timeline.end = recorded_moment(json.at("end_ms"));
    timeline.http_status = 200;
    timeline.outcome = Outcome::completed;
    timeline.content_encoding = json.at("encoding").as_string();
    timeline.chunked = json.at("chunked").as_bool();
    const auto& reads = json.at("reads").as_array();
    const auto& events = json.at("events").as_array();
    load_reads(reads, timeline);
    mark_reads_inside_events(reads, events, timeline);
    load_events(events, json.at("not_tokens").as_array(), timeline);
    load_stamps(json.at("sent").as_array(), timeline);
    for (const auto& bytes : json.at("http_chunks").as_array())
        timeline.http_chunks.push_back(bytes.to_number<std::uint32_t>());
    return stream;
}

inline std::vector<RecordedStream> load_recorded_streams(const std::string& file) {
    std::ifstream lines(file);
    if (!lines) throw std::runtime_error("cannot read " + file);
    std::vector<RecordedStream> streams;
    for (std::string line; std::getline(lines, line);)
        streams.push_back(load_recorded_stream(line));
    return streams;
}

/// Which half of the streams each path belongs to: `tune`, on which the detector was built, or `check`.
inline std::map<std::string, std::string> load_split(const std::string& file) {
    std::ifstream lines(file);
    if (!lines) throw std::runtime_error("cannot read " + file);
    std::map<std::string, std::string> halves;
    for (std::string half, path; lines >> half >> path;)
        halves.emplace(path, half);
    return halves;
}

}  // namespace streamgauge::report::testing
