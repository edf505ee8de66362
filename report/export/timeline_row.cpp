#include "report/export/timeline_row.h"

#include "report/export/escape.h"
#include "report/export/json_line.h"

#include <algorithm>
#include <array>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;
using OptionalMoment = std::optional<Moment>;

constexpr std::size_t longest_header = 200;
constexpr std::size_t longest_detail = 500;

constexpr std::array<std::string_view, 16> kept_headers{"age",
                                                        "cf-ray",
                                                        "content-encoding",
                                                        "content-length",
                                                        "content-type",
                                                        "date",
                                                        "server",
                                                        "server-timing",
                                                        "transfer-encoding",
                                                        "via",
                                                        "x-accel-buffering",
                                                        "x-cache",
                                                        "x-cache-status",
                                                        "x-envoy-upstream-service-time",
                                                        "x-request-id",
                                                        "x-varnish"};

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

/// Every moment with its name in the file.
template <typename Timeline, typename Take>
void for_each_moment(Timeline& timeline, Take&& take) {
    take("connect_start_ns", timeline.connect_start);
    take("resolved_ns", timeline.resolved);
    take("connected_ns", timeline.connected);
    take("tls_done_ns", timeline.tls_done);
    take("sent_ns", timeline.sent);
    take("send_done_ns", timeline.send_done);
    take("headers_ns", timeline.headers);
    take("first_byte_ns", timeline.first_byte);
    take("first_event_ns", timeline.first_event);
    take("terminal_ns", timeline.terminal);
    take("end_ns", timeline.end);
}

std::string headers_json(const StreamTimeline& timeline, const Masker& masker) {
    std::string json = "[";
    for (const auto& [name, value] : timeline.response_headers) {
        if (!is_kept_header(name)) continue;
        if (json.size() > 1) json += ',';
        json += '[' + json_string(lower(name)) + ',' +
                json_string(valid_utf8(masker.mask(value), longest_header)) + ']';
    }
    return json + ']';
}

std::vector<std::int64_t> flat_reads(const StreamTimeline& timeline) {
    std::vector<std::int64_t> flat;
    Moment before = timeline.intended;
    const auto count = std::min(timeline.reads.size(), longest_timeline);
    flat.reserve(count * 5);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& read = timeline.reads[i];
        flat.insert(flat.end(), {(read.arrival - before).count(), (read.arrival - read.not_before()).count(),
                                 read.wire_bytes, read.source == StampSource::kernel ? 1 : 0,
                                 read.ends_inside_event ? 1 : 0});
        before = read.arrival;
    }
    return flat;
}

std::vector<std::int64_t> flat_tokens(const StreamTimeline& timeline) {
    std::vector<std::int64_t> flat;
    std::int64_t read = 0, chunk = 0;
    flat.reserve(std::min(timeline.tokens.size(), longest_timeline) * 5);
    for (const auto& token : timeline.tokens) {
        if (token.read >= longest_timeline || flat.size() >= longest_timeline * 5) break;
        flat.insert(flat.end(), {token.read - read, token.http_chunk - chunk, token.bytes, token.tokens,
                                 static_cast<std::int64_t>(token.kind)});
        read = token.read;
        chunk = token.http_chunk;
    }
    return flat;
}

std::vector<std::int64_t> flat_stamps(const StreamTimeline& timeline, std::size_t count) {
    std::vector<std::int64_t> flat;
    for (std::size_t i = 0; i < std::min(timeline.stamps.size(), count); ++i) {
        flat.insert(flat.end(), {timeline.stamps[i].sent.count(), timeline.stamps[i].received.count()});
    }
    return flat;
}

bool fits_32_bits(std::int64_t value) {
    return value >= 0 && value <= UINT32_MAX;
}

bool fits_a_read(std::int64_t bytes) {
    return bytes >= 0 && bytes < (std::int64_t{1} << 30);
}

/// Of two times of one stream: so many cannot add up to an overflow.
bool is_plausible(std::int64_t difference_ns) {
    constexpr std::int64_t most = std::chrono::nanoseconds{std::chrono::hours{24}}.count();
    return difference_ns >= -most && difference_ns <= most;
}

bool parse_reads(JsonLineReader& line, StreamTimeline& timeline) {
    const auto flat = line.integers("reads");
    if (!flat || flat->size() % 5 != 0) return false;
    Moment arrival = timeline.intended;
    for (std::size_t i = 0; i < flat->size(); i += 5) {
        const auto* read = flat->data() + i;
        if (!fits_a_read(read[2]) || !is_plausible(read[0]) || !is_plausible(read[1])) return false;
        arrival += nanoseconds(read[0]);
        timeline.reads.emplace_back(arrival, arrival - nanoseconds(read[1]),
                                    static_cast<std::uint32_t>(read[2]),
                                    read[3] != 0 ? StampSource::kernel : StampSource::user, read[4] != 0);
    }
    return true;
}

bool parse_tokens(JsonLineReader& line, StreamTimeline& timeline) {
    const auto flat = line.integers("tokens");
    if (!flat || flat->size() % 5 != 0) return false;
    std::int64_t read = 0, chunk = 0;
    for (std::size_t i = 0; i < flat->size(); i += 5) {
        const auto* token = flat->data() + i;
        if (token[0] < 0 || token[0] > UINT32_MAX || token[1] < 0 || token[1] > UINT32_MAX) return false;
        read += token[0];
        chunk += token[1];
        const bool fits = fits_32_bits(chunk) && fits_32_bits(token[2]) && fits_32_bits(token[3]);
        if (!fits || read >= static_cast<std::int64_t>(timeline.reads.size())) return false;
        if (token[4] < 0 || token[4] > static_cast<std::int64_t>(TokenKind::refusal)) return false;
        timeline.tokens.push_back({static_cast<std::uint32_t>(read), static_cast<std::uint32_t>(chunk),
                                   static_cast<std::uint32_t>(token[2]), static_cast<std::uint32_t>(token[3]),
                                   static_cast<TokenKind>(token[4])});
    }
    return true;
}

void parse_stamps_and_chunks(JsonLineReader& line, StreamTimeline& timeline) {
    if (const auto flat = line.integers("stamps"); flat && flat->size() == 2 * timeline.tokens.size()) {
        for (std::size_t i = 0; i < flat->size(); i += 2) {
            timeline.stamps.push_back({nanoseconds((*flat)[i]), nanoseconds((*flat)[i + 1])});
        }
    }
    const auto chunks = line.integers("http_chunks").value_or(std::vector<std::int64_t>{});
    for (const auto size : chunks) {
        if (fits_32_bits(size)) timeline.http_chunks.push_back(static_cast<std::uint32_t>(size));
    }
}

void parse_response(JsonLineReader& line, StreamTimeline& timeline) {
    timeline.http_status = static_cast<int>(line.integer("http_status").value_or(0));
    timeline.response_headers = line.pairs("response_headers");
    timeline.content_encoding = line.text("content_encoding").value_or("");
    timeline.chunked = line.boolean("chunked").value_or(false);
    if (const auto wait = line.integer("retry_after_ns")) timeline.retry_after = nanoseconds(*wait);
    timeline.wire_bytes = line.count("wire_bytes").value_or(0);
    timeline.events = line.count("events").value_or(0);
    timeline.pings = line.count("pings").value_or(0);
    timeline.input_tokens = line.count("input_tokens");
    timeline.output_tokens = line.count("output_tokens");
    timeline.reasoning_tokens = line.count("reasoning_tokens");
    timeline.finish_reason = line.text("finish_reason").value_or("");
    timeline.detail = line.text("detail").value_or("");
}

}  // namespace

bool is_kept_header(std::string_view name) {
    return std::ranges::binary_search(kept_headers, std::string_view(lower(name)));
}

std::string timeline_row(const StreamTimeline& timeline, Moment run_start, const RunNames& names,
                         const Masker& masker) {
    JsonLine line;
    const auto word = [&](std::string_view name, const std::string& text) {
        if (!text.empty()) line.field(name, std::string_view(valid_utf8(masker.mask(text), longest_detail)));
    };
    const auto count = [&](std::string_view name, const std::optional<std::uint64_t>& value) {
        if (value) line.field(name, *value);
    };
    line.field("request_id", std::string_view(timeline.request_id));
    line.field("sequence", timeline.sequence);
    line.field("target", std::string_view(names.targets.at(timeline.target)));
    line.field("phase", std::string_view(names.phases.at(timeline.phase)));
    word("pair_id", timeline.pair_id);
    if (!timeline.pair_id.empty()) line.field("pair_position", timeline.pair_position);
    line.field("start_ns", (timeline.intended - run_start).count());
    line.field("outcome", to_string(timeline.outcome));
    word("detail", timeline.detail);
    for_each_moment(timeline, [&](std::string_view name, const OptionalMoment& moment) {
        if (moment) line.field(name, (*moment - timeline.intended).count());
    });
    line.field("connection_wait_ns", timeline.connection_wait.count());
    line.field("new_connection", timeline.new_connection);
    if (timeline.http_status != 0) line.field("http_status", timeline.http_status);
    line.raw("response_headers", headers_json(timeline, masker));
    word("content_encoding", timeline.content_encoding);
    line.field("chunked", timeline.chunked);
    if (timeline.retry_after) line.field("retry_after_ns", timeline.retry_after->count());
    line.field("wire_bytes", timeline.wire_bytes);
    line.field("events", timeline.events);
    line.field("pings", timeline.pings);
    count("input_tokens", timeline.input_tokens);
    count("output_tokens", timeline.output_tokens);
    count("reasoning_tokens", timeline.reasoning_tokens);
    word("finish_reason", timeline.finish_reason);
    const auto tokens = flat_tokens(timeline);
    line.field("reads", flat_reads(timeline));
    line.field("tokens", tokens);
    if (!timeline.stamps.empty()) line.field("stamps", flat_stamps(timeline, tokens.size() / 5));
    const auto chunks = std::min(timeline.http_chunks.size(), longest_timeline);
    line.field("http_chunks",
               std::vector<std::int64_t>(timeline.http_chunks.begin(),
                                         timeline.http_chunks.begin() + static_cast<std::ptrdiff_t>(chunks)));
    return std::move(line).finish();
}

std::optional<StreamTimeline> parse_timeline_row(JsonLineReader& line, const RunNames& names) {
    const auto target = index_of(names.targets, line.text("target").value_or(""));
    const auto phase = index_of(names.phases, line.text("phase").value_or(""));
    const auto outcome = parse_outcome(line.text("outcome").value_or(""));
    const auto start = line.integer("start_ns");
    if (!target || !phase || !outcome || !start) return std::nullopt;

    StreamTimeline timeline;
    timeline.request_id = line.text("request_id").value_or("");
    timeline.sequence = line.count("sequence").value_or(0);
    timeline.target = *target;
    timeline.phase = *phase;
    timeline.pair_id = line.text("pair_id").value_or("");
    timeline.pair_position = static_cast<std::uint32_t>(line.count("pair_position").value_or(0));
    timeline.intended = Moment(nanoseconds(*start));
    timeline.outcome = *outcome;
    for_each_moment(timeline, [&](std::string_view name, OptionalMoment& moment) {
        if (const auto since = line.integer(name)) moment = timeline.intended + nanoseconds(*since);
    });
    timeline.connection_wait = nanoseconds(line.integer("connection_wait_ns").value_or(0));
    timeline.new_connection = line.boolean("new_connection").value_or(false);
    parse_response(line, timeline);
    if (!parse_reads(line, timeline) || !parse_tokens(line, timeline)) return std::nullopt;
    parse_stamps_and_chunks(line, timeline);
    return timeline;
}

}  // namespace streamgauge::report
