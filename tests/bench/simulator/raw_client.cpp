#include "tests/bench/simulator/raw_client.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <arpa/inet.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

namespace streamgauge::simulator {

RawClient::RawClient(std::uint16_t port) : descriptor_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawClient::~RawClient() {
    ::close(descriptor_);
}

void RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void RawClient::send_in_bytes(std::string_view bytes) {
    for (std::size_t position = 0; position < bytes.size(); ++position)
        send(bytes.substr(position, 1));
}

bool RawClient::read_once(Instant deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd wait{descriptor_, POLLIN, 0};
    if (end_ != End::open || left.count() <= 0) return false;
    if (::poll(&wait, 1, static_cast<int>(left.count())) <= 0) return false;
    std::array<char, 65536> room{};
    const ssize_t read = ::recv(descriptor_, room.data(), room.size(), 0);
    if (read <= 0) {
        end_ = read < 0 && errno == ECONNRESET ? End::reset : End::closed;
        return false;
    }
    const std::string_view bytes{room.data(), static_cast<std::size_t>(read)};
    arrivals_.push_back({std::chrono::steady_clock::now(), std::string{bytes}});
    text_.append(bytes);
    return true;
}

bool RawClient::read_until(std::string_view text, std::chrono::milliseconds limit) {
    const Instant deadline = std::chrono::steady_clock::now() + limit;
    while (text_.find(text) == std::string::npos) {
        if (!read_once(deadline)) return false;
    }
    return true;
}

bool RawClient::read_bytes(std::size_t size, std::chrono::milliseconds limit) {
    const Instant deadline = std::chrono::steady_clock::now() + limit;
    while (text_.size() < size) {
        if (!read_once(deadline)) return false;
    }
    return true;
}

End RawClient::read_to_end(std::chrono::milliseconds limit) {
    const Instant deadline = std::chrono::steady_clock::now() + limit;
    while (read_once(deadline)) {
    }
    return end_;
}

unsigned RawClient::segments() const {
    tcp_info info{};
    socklen_t size = sizeof info;
    ::getsockopt(descriptor_, IPPROTO_TCP, TCP_INFO, &info, &size);
    return info.tcpi_data_segs_in;
}

void RawClient::clear() {
    text_.clear();
    arrivals_.clear();
}

std::string RawResponse::field(std::string_view name) const {
    const std::string start = std::string{name} + ": ";
    const auto position = header.find(start);
    if (position == std::string::npos) return {};
    const auto value = position + start.size();
    return header.substr(value, header.find("\r\n", value) - value);
}

RawResponse take_apart(std::string_view raw) {
    RawResponse response;
    const auto end = raw.find("\r\n\r\n");
    if (end == std::string_view::npos) return response;
    const auto line = raw.find("\r\n");
    response.status_line = raw.substr(0, line);
    response.header = raw.substr(line + 2, end - line);
    raw.remove_prefix(end + 4);
    if (response.field("Transfer-Encoding") != "chunked") {
        response.body = raw;
        return response;
    }
    for (;;) {
        const auto size_end = raw.find("\r\n");
        if (size_end == std::string_view::npos) return response;
        const std::string size_text{raw.substr(0, size_end)};
        char* parsed = nullptr;
        const auto size = std::strtoul(size_text.c_str(), &parsed, 16);
        if (parsed == size_text.c_str() || *parsed != '\0' || raw.size() < size_end + 4 + size)
            return response;
        if (size == 0) {
            response.has_last_chunk = raw == "0\r\n\r\n";
            return response;
        }
        response.chunks.emplace_back(raw.substr(size_end + 2, size));
        response.body += response.chunks.back();
        raw.remove_prefix(size_end + 4 + size);
    }
}

std::string post(std::string_view path, std::string_view body, std::string_view fields) {
    std::string request{"POST "};
    request.append(path).append(" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n");
    request.append(fields).append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
    return request.append(body);
}

std::string chat(std::string_view options, std::string_view fields) {
    std::string body{
        R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Hello"}],"streamgauge":{)"};
    return post("/v1/chat/completions", body.append(options).append("}}"), fields);
}

std::vector<std::string> data_of(std::string_view body) {
    std::vector<std::string> data;
    for (std::size_t start = 0; start < body.size();) {
        const auto end = std::min(body.find('\n', start), body.size());
        const auto line = body.substr(start, end - start);
        if (line.starts_with("data: ")) data.emplace_back(line.substr(6));
        start = end + 1;
    }
    return data;
}

std::optional<std::int64_t> number_after(std::string_view json, std::string_view key) {
    const std::string start = '"' + std::string{key} + "\":";
    const auto position = json.find(start);
    if (position == std::string_view::npos) return std::nullopt;
    return std::strtoll(std::string{json.substr(position + start.size(), 24)}.c_str(), nullptr, 10);
}

std::vector<std::string> contents_of(std::string_view body) {
    constexpr std::string_view start_time = R"("content":")";
    std::vector<std::string> contents;
    for (const auto& data : data_of(body)) {
        const auto position = data.find(start_time);
        if (position == std::string::npos) continue;
        const auto start = position + start_time.size();
        const auto text = data.substr(start, data.find('"', start) - start);
        if (!text.empty()) contents.push_back(text);
    }
    return contents;
}

std::optional<std::string> inflate_all(std::string_view bytes, bool partial) {
    constexpr int detect_wrapping = 32 + 15;
    z_stream stream{};
    inflateInit2(&stream, detect_wrapping);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string text;
    int result = Z_OK;
    while (result == Z_OK) {
        std::array<char, 4096> room{};
        stream.next_out = reinterpret_cast<Bytef*>(room.data());
        stream.avail_out = room.size();
        result = inflate(&stream, Z_SYNC_FLUSH);
        text.append(room.data(), room.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    const bool good = result == Z_STREAM_END || (partial && result == Z_BUF_ERROR);
    return good ? std::optional{text} : std::nullopt;
}

namespace {

std::optional<std::string> brotli_all(std::string_view bytes, bool partial) {
    auto* decoder = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
    const auto* input = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t left = bytes.size();
    std::string text;
    auto result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        std::size_t room = 0;
        result = BrotliDecoderDecompressStream(decoder, &left, &input, &room, nullptr, nullptr);
        std::size_t size = 0;
        const auto* part = BrotliDecoderTakeOutput(decoder, &size);
        text.append(reinterpret_cast<const char*>(part), size);
    }
    BrotliDecoderDestroyInstance(decoder);
    const bool good = result == BROTLI_DECODER_RESULT_SUCCESS ||
                      (partial && result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT);
    return good && left == 0 ? std::optional{text} : std::nullopt;
}

std::optional<std::string> zstd_all(std::string_view bytes, bool partial) {
    auto* context = ZSTD_createDCtx();
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    std::string text;
    std::size_t left = 1;
    bool full = true;
    while (ZSTD_isError(left) == 0 && left != 0 && (input.pos < input.size || full)) {
        std::array<char, 4096> room{};
        ZSTD_outBuffer output{room.data(), room.size(), 0};
        left = ZSTD_decompressStream(context, &output, &input);
        full = output.pos == output.size;
        text.append(room.data(), output.pos);
    }
    ZSTD_freeDCtx(context);
    const bool good = ZSTD_isError(left) == 0 && input.pos == input.size && (partial || left == 0);
    return good ? std::optional{text} : std::nullopt;
}

}  // namespace

std::optional<std::string> decode_all(std::string_view coding, std::string_view bytes, bool partial) {
    if (coding == "br") return brotli_all(bytes, partial);
    if (coding == "zstd") return zstd_all(bytes, partial);
    return inflate_all(bytes, partial);
}

}  // namespace streamgauge::simulator
