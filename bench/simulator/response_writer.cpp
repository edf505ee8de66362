#include "bench/simulator/response_writer.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace streamgauge::simulator {

ResponseWriter::ResponseWriter(ResponseStyle style)
    : style_{std::move(style)}, encoder_{make_content_encoder(style_.encoding)}, stage_{style_.buffering} {}

void ResponseWriter::append_header(WriteBatch& batch) {
    header_sent_ = true;
    auto out = std::back_inserter(batch.bytes);
    fmt::format_to(out, "HTTP/1.{} 200 OK\r\nDate: {}\r\nServer: streamgauge\r\n", style_.http10 ? 0 : 1,
                   style_.date);
    fmt::format_to(out, "Content-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n");
    if (style_.cache_hit) fmt::format_to(out, "X-Cache: {}\r\n", *style_.cache_hit ? "HIT" : "MISS");
    if (encoder_) {
        fmt::format_to(out, "Content-Encoding: {}\r\nVary: Accept-Encoding\r\n",
                       encoding_name(style_.encoding));
    }
    if (style_.framing == Framing::chunked) fmt::format_to(out, "Transfer-Encoding: chunked\r\n");
    if (style_.framing == Framing::length) fmt::format_to(out, "Content-Length: {}\r\n", stage_.held());
    if (!style_.keep_alive) {
        fmt::format_to(out, "Connection: close\r\n");
    } else if (style_.http10) {
        fmt::format_to(out, "Connection: keep-alive\r\n");
    }
    fmt::format_to(out, "\r\n");
}

void ResponseWriter::start(WriteBatch& batch) {
    if (holds_header()) return;
    append_header(batch);
    batch.end_write();
}

void ResponseWriter::append_frame(std::string_view bytes, std::string& out) const {
    if (style_.framing != Framing::chunked) {
        out.append(bytes);
        return;
    }
    fmt::format_to(std::back_inserter(out), "{:x}\r\n", bytes.size());
    out.append(bytes).append("\r\n");
}

void ResponseWriter::append_block(std::string_view block, WriteBatch& batch) {
    if (!header_sent_) append_header(batch);
    if (style_.layer == BufferingLayer::body) {
        append_frame(block, batch.bytes);
    } else {
        batch.bytes.append(block);
    }
    batch.end_write();
}

void ResponseWriter::put(std::string_view encoded, Instant now, WriteBatch& batch) {
    if (encoded.empty()) return;
    const auto release = [&](std::string_view block) { append_block(block, batch); };
    if (style_.layer == BufferingLayer::body) {
        stage_.feed(encoded, now, release);
        return;
    }
    framed_.clear();
    append_frame(encoded, framed_);
    stage_.feed(framed_, now, release);
}

void ResponseWriter::spoil(std::string& encoded) const {
    if (!corrupt_) return;
    for (char& byte : encoded)
        byte = static_cast<char>(byte ^ 0x5a);
}

void ResponseWriter::write(std::string_view text, Instant now, WriteBatch& batch) {
    if (!encoder_) {
        put(text, now, batch);
        return;
    }
    encoded_.clear();
    encoder_->encode(text, !style_.compress_held, encoded_);
    spoil(encoded_);
    put(encoded_, now, batch);
}

void ResponseWriter::write_raw(std::string_view bytes, WriteBatch& batch) {
    stage_.finish([&](std::string_view block) { append_block(block, batch); });
    if (!header_sent_) append_header(batch);
    batch.bytes.append(bytes);
    batch.end_write();
}

void ResponseWriter::token_written(WriteBatch& batch) {
    stage_.token_passed([&](std::string_view block) { append_block(block, batch); });
}

void ResponseWriter::flush(WriteBatch& batch) {
    stage_.flush([&](std::string_view block) { append_block(block, batch); });
}

void ResponseWriter::finish(Instant now, WriteBatch& batch) {
    if (encoder_) {
        encoded_.clear();
        encoder_->finish(encoded_);
        spoil(encoded_);
        put(encoded_, now, batch);
    }
    const auto release = [&](std::string_view block) { append_block(block, batch); };
    const std::string_view last_chunk = style_.framing == Framing::chunked ? "0\r\n\r\n" : "";
    if (style_.layer == BufferingLayer::wire) {
        stage_.feed(last_chunk, now, release);
        stage_.finish(release);
    } else {
        const std::size_t writes = batch.ends.size();
        stage_.finish(release);
        if (batch.ends.size() > writes) batch.ends.pop_back();  // the last chunk goes with the last block
    }
    if (!header_sent_) append_header(batch);
    if (style_.layer == BufferingLayer::body) batch.bytes.append(last_chunk);
    batch.end_write();
}

}  // namespace streamgauge::simulator
