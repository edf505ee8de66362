#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <utility>

namespace streamgauge::net {

/// Something a coroutine waits for once: co_await wait(), elsewhere fire(). Fired first, the wait does not
/// wait. All on the same thread. The waiter resumes through its executor, never inside fire().
class OneShot {
  public:
    auto wait() {
        return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
            [this](auto handler) {
                waiter_ = std::make_unique<WaiterOf<decltype(handler)>>(std::move(handler));
                if (std::exchange(fired_, false)) resume();
            },
            boost::asio::use_awaitable);
    }

    void fire() {
        if (waiter_) {
            resume();
        } else {
            fired_ = true;
        }
    }

    void reset() { fired_ = false; }

  private:
    // Boost 1.81's any_completion_handler recurses without end when it allocates, so the handler is kept our
    // own way.
    struct Waiter {
        Waiter() = default;
        Waiter(const Waiter&) = delete;
        Waiter& operator=(const Waiter&) = delete;
        virtual ~Waiter() = default;
        virtual void post() = 0;
    };
    template <typename Handler>
    struct WaiterOf final : Waiter {
        explicit WaiterOf(Handler&& waiting) : handler{std::move(waiting)} {}
        void post() override { boost::asio::post(std::move(handler)); }
        Handler handler;
    };

    void resume() { std::exchange(waiter_, nullptr)->post(); }

    std::unique_ptr<Waiter> waiter_;
    bool fired_ = false;
};

}  // namespace streamgauge::net
