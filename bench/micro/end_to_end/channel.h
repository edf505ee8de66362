#pragma once

#include <cstddef>
#include <type_traits>

namespace streamgauge::micro {

/// One end of a stream of plain values between two processes of this program. Owns its descriptor.
class Channel {
  public:
    explicit Channel(int descriptor = -1) : descriptor_{descriptor} {}
    ~Channel();
    Channel(Channel&& other) noexcept;
    Channel& operator=(Channel&& other) noexcept;

    /// False when the other end is gone.
    template <typename Value>
    bool send(const Value& value) {
        static_assert(std::is_trivially_copyable_v<Value>);
        return send_bytes(&value, sizeof value);
    }
    template <typename Value>
    bool receive(Value& value) {
        static_assert(std::is_trivially_copyable_v<Value>);
        return receive_bytes(&value, sizeof value);
    }

  private:
    bool send_bytes(const void* bytes, std::size_t size);
    bool receive_bytes(void* bytes, std::size_t size);

    int descriptor_;
};

struct ChannelPair {
    Channel parent;
    Channel child;
};

/// Throws std::system_error.
ChannelPair make_channel();

}  // namespace streamgauge::micro
