#pragma once

#include "bench/wire/content_decoder.h"
#include "bench/wire/http1_response_decoder.h"
#include "bench/wire/stream_event.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

/// Sinks that keep what they are given.
namespace streamgauge::wire {

struct RecordedEvent {
    std::string type;
    std::string data;
    std::string id;
    std::uint32_t bytes = 0;

    bool operator==(const RecordedEvent&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const RecordedEvent& event) {
        return out << "{" << testing::PrintToString(event.type) << ", " << testing::PrintToString(event.data)
                   << ", " << testing::PrintToString(event.id) << ", " << event.bytes << "}";
    }
};

struct EventRecorder final : EventSink {
    std::vector<RecordedEvent> events;
    std::vector<std::string> comments;

    void on_event(const StreamEvent& event) override {
        events.push_back(
            {std::string(event.type), std::string(event.data), std::string(event.id), event.bytes});
    }
    void on_comment(std::string_view text) override { comments.emplace_back(text); }
};

struct ByteRecorder final : ByteSink {
    std::string bytes;

    void on_bytes(std::string_view part) override {
        EXPECT_FALSE(part.empty());
        bytes += part;
    }
};

/// Keeps sizes only: for bodies that expand too far to be kept.
struct SizeRecorder final : ByteSink {
    std::size_t total = 0;
    std::size_t largest = 0;

    void on_bytes(std::string_view part) override {
        total += part.size();
        largest = std::max(largest, part.size());
    }
};

struct ResponseRecorder final : ResponseSink {
    std::vector<ResponseHeader> headers;
    std::vector<std::uint32_t> chunks;
    std::string body;

    void on_header(const ResponseHeader& header) override { headers.push_back(header); }
    void on_chunk(std::uint32_t size) override { chunks.push_back(size); }
    void on_body(std::string_view part) override {
        EXPECT_FALSE(part.empty());
        body += part;
    }
};

}  // namespace streamgauge::wire
