#pragma once

#include "bench/net/idle_watch.h"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <memory>

namespace streamgauge::net {

/// Something that owns a descriptor and wants to know when it is ready.
class ReadinessHandler {
  public:
    /// `events` are epoll's. Called edge-triggered: read until a read comes back short and, where the events
    /// tell of an end, until the end; or call ReadinessSet::report_again().
    virtual void on_ready(std::uint32_t events) = 0;
    /// Its turn comes after the next: asks for the objects that on_ready() will touch, which among thousands
    /// of streams are in no cache. Changes nothing and waits for nothing.
    virtual void prefetch_objects() const {}
    /// Its turn comes next: asks for what those objects point to.
    virtual void prefetch_contents() const {}

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
    /// Watches a socket that is connecting: `handler` hears once, when it is connected or has failed.
    void add_connecting(int descriptor, ReadinessHandler& handler);
    /// From add_connecting() to what add() does, for another handler.
    void take_over(int descriptor, ReadinessHandler& handler);
    /// Watches for room to write as well, or no longer.
    void watch_writing(int descriptor, ReadinessHandler& handler, bool wanted);
    /// Whatever is ready on `descriptor` now is reported once more.
    void report_again(int descriptor, ReadinessHandler& handler, bool watching_writing);
    void remove(int descriptor, ReadinessHandler& handler);

    /// Begins to wait. Ends when stop() is called.
    void start();
    void stop();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace streamgauge::net
