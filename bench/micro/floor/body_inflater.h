#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

struct z_stream_s;

namespace streamgauge::floor {

/// The least that gets at a gzip body in HTTP/1.1 chunks: skips the response header and the chunk sizes and
/// inflates the rest. It believes what it reads.
class BodyInflater {
  public:
    BodyInflater();
    ~BodyInflater();
    BodyInflater(const BodyInflater&) = delete;
    BodyInflater& operator=(const BodyInflater&) = delete;

    /// Calls `take` with what the bytes of one read inflate to, by way of `scratch`.
    void feed(std::string_view bytes, std::span<char> scratch,
              const std::function<void(std::string_view)>& take);

  private:
    enum class Part { header, size, data, data_end };

    void inflate_chunk(std::string_view bytes, std::span<char> scratch,
                       const std::function<void(std::string_view)>& take);
    void step(char byte);

    std::unique_ptr<z_stream_s> stream_;
    std::uint64_t left_ = 0;       ///< of the chunk
    std::uint32_t last_four_ = 0;  ///< bytes of the header, to see its end
    Part part_ = Part::header;
};

}  // namespace streamgauge::floor
