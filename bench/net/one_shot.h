#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace streamgauge::net {

/// Something a coroutine waits for once: co_await wait(), elsewhere fire(). Fired first, the wait does not
/// wait. All on the same thread. The waiter resumes through its executor, never inside fire().
class OneShot {
  public:
    auto wait() {
        return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
            [this](auto handler) {
                executor_ = boost::asio::get_associated_executor(handler);
                waiter_ = std::move(handler);
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
    void resume() {
        boost::asio::post(executor_,
                          [waiter = std::exchange(waiter_, nullptr)]() mutable { std::move(waiter)(); });
    }

    boost::asio::any_io_executor executor_;
    boost::asio::any_completion_handler<void()> waiter_;
    bool fired_ = false;
};

}  // namespace streamgauge::net
