#include "bench/net/readiness_set.h"

#include "bench/net/worker_clock.h"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace streamgauge::net {
namespace {

/// Edge-triggered: a socket that has been read is not looked at again in vain at the next wait.
constexpr std::uint32_t reading = EPOLLIN | EPOLLRDHUP | std::uint32_t{EPOLLET};

constexpr int batch_size = 256;
/// Rounds per wake-up, after which timers and other handlers get their turn.
constexpr int most_rounds = 8;

int create_epoll() {
    const int descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (descriptor < 0) throw std::system_error{errno, std::generic_category(), "cannot create an epoll set"};
    return descriptor;
}

}  // namespace

struct ReadinessSet::State : std::enable_shared_from_this<ReadinessSet::State> {
    State(boost::asio::io_context& context, IdleWatch& idle_watch)
        : epoll{context, create_epoll()}, idle{idle_watch} {}

    boost::asio::posix::stream_descriptor epoll;
    IdleWatch& idle;
    std::array<epoll_event, batch_size> batch{};
    int batch_count = 0;
    int batch_position = 0;

    void wait() {
        epoll.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                         [self = shared_from_this()](boost::system::error_code error) {
                             if (error) return;
                             self->idle.woke(WorkerClock::now());
                             self->drain();
                             if (self->epoll.is_open()) self->wait();
                         });
    }

    void drain() {
        for (int round = 0; round < most_rounds && epoll.is_open(); ++round) {
            idle.looked(WorkerClock::now());
            batch_count = epoll_wait(epoll.native_handle(), batch.data(), batch_size, 0);
            if (batch_count > 0) dispatch();
            if (batch_count >= 0) idle.drained();
            if (batch_count < batch_size) return;
        }
    }

    void dispatch() {
        for (batch_position = 0; batch_position < batch_count; ++batch_position) {
            const auto& event = batch[static_cast<std::size_t>(batch_position)];
            prefetch_after(batch_position);
            if (event.data.ptr != nullptr)
                static_cast<ReadinessHandler*>(event.data.ptr)->on_ready(event.events);
        }
    }

    const ReadinessHandler* handler_at(int position) const {
        if (position >= batch_count) return nullptr;
        return static_cast<const ReadinessHandler*>(batch[static_cast<std::size_t>(position)].data.ptr);
    }

    /// Three turns ahead a handler comes into the cache, so that two turns ahead it can name its objects, and
    /// they one turn ahead their contents: no step waits for memory.
    void prefetch_after(int position) const {
        __builtin_prefetch(handler_at(position + 3));
        if (const auto* handler = handler_at(position + 2)) handler->prefetch_objects();
        if (const auto* handler = handler_at(position + 1)) handler->prefetch_contents();
    }

    void change(int operation, int descriptor, ReadinessHandler& handler, std::uint32_t events) {
        epoll_event event{};
        event.events = events;
        event.data.ptr = &handler;
        if (epoll_ctl(epoll.native_handle(), operation, descriptor, &event) < 0) {
            throw std::system_error{errno, std::generic_category(), "cannot watch a socket"};
        }
    }

    /// The rest of the batch may still name a handler that an earlier event of the same batch has ended.
    void forget(const ReadinessHandler& handler) {
        for (int i = batch_position + 1; i < batch_count; ++i) {
            auto& event = batch[static_cast<std::size_t>(i)];
            if (event.data.ptr == &handler) event.data.ptr = nullptr;
        }
    }
};

ReadinessSet::ReadinessSet(boost::asio::io_context& context, IdleWatch& idle)
    : state_{std::make_shared<State>(context, idle)} {}

ReadinessSet::~ReadinessSet() {
    stop();
}

void ReadinessSet::add(int descriptor, ReadinessHandler& handler) {
    state_->change(EPOLL_CTL_ADD, descriptor, handler, reading);
}

void ReadinessSet::add_connecting(int descriptor, ReadinessHandler& handler) {
    state_->change(EPOLL_CTL_ADD, descriptor, handler, EPOLLOUT | EPOLLONESHOT);
}

void ReadinessSet::take_over(int descriptor, ReadinessHandler& handler) {
    state_->change(EPOLL_CTL_MOD, descriptor, handler, reading);
}

void ReadinessSet::watch_writing(int descriptor, ReadinessHandler& handler, bool wanted) {
    const std::uint32_t writing = wanted ? std::uint32_t{EPOLLOUT} : 0U;
    state_->change(EPOLL_CTL_MOD, descriptor, handler, reading | writing);
}

void ReadinessSet::report_again(int descriptor, ReadinessHandler& handler, bool watching_writing) {
    watch_writing(descriptor, handler, watching_writing);
}

void ReadinessSet::remove(int descriptor, ReadinessHandler& handler) {
    epoll_ctl(state_->epoll.native_handle(), EPOLL_CTL_DEL, descriptor, nullptr);
    state_->forget(handler);
}

void ReadinessSet::start() {
    state_->wait();
}

void ReadinessSet::stop() {
    boost::system::error_code ignored;
    state_->epoll.close(ignored);
}

}  // namespace streamgauge::net
