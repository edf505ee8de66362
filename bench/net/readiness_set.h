#pragma once

#include "bench/net/idle_watch.h"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <memory>

namespace streamgauge::net {

/// Something that owns a descriptor and wants to know when it is ready.
class ReadinessHandler {
  public:
    /// `events` are epoll's. Called level-triggered: what is not read is reported again.
    virtual void on_ready(std::uint32_t events) = 0;
    /// Its turn comes next: asks for the memory that on_ready() will touch, which among thousands of streams
    /// is in no cache. Changes nothing.
    virtual void prefetch() const {}

  protected:
    ~ReadinessHandler() = default;
};

/// All sockets of one worker in one epoll set, which Asio waits on as a single descriptor. A wake-up costs
/// Asio one epoll_ctl, whatever the number of sockets that are ready; waiting on each through Asio costs one
/// per read.
class ReadinessSet {
  public:
    ReadinessSet(boost::asio::io_context& context, IdleWatch& idle);
    ~ReadinessSet();

    /// Watches `descriptor` for reading. `handler` lives until remove().
    void add(int descriptor, ReadinessHandler& handler);
    /// Watches for room to write as well, or no longer.
    void watch_writing(int descriptor, ReadinessHandler& handler, bool wanted);
    void remove(int descriptor, ReadinessHandler& handler);

    /// Begins to wait. Ends when stop() is called.
    void start();
    void stop();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace streamgauge::net
