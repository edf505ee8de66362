#include "bench/net/connection_pool.h"

#include <algorithm>
#include <utility>

namespace streamgauge::net {

using report::Outcome;

ConnectionPool::ConnectionPool(Dialer& dialer, std::size_t targets, std::optional<std::uint64_t> most_open,
                               bool reuse, double max_rate)
    : dialer_{dialer},
      idle_(targets),
      pacer_{max_rate},
      next_turn_{dialer.context()},
      most_open_{most_open},
      reuse_{reuse} {}

std::unique_ptr<Connection> ConnectionPool::take_idle(std::uint32_t target) {
    auto& idle = idle_[target];
    if (idle.empty()) return nullptr;
    auto connection = std::move(idle.back());
    idle.pop_back();
    return connection;
}

bool ConnectionPool::close_some_idle() {
    for (auto& idle : idle_) {
        if (idle.empty()) continue;
        auto connection = std::move(idle.front());
        idle.erase(idle.begin());
        retire(std::move(connection));
        return true;
    }
    return false;
}

boost::asio::awaitable<DialResult> ConnectionPool::acquire(const Endpoint& endpoint,
                                                           report::StreamTimeline& timeline, bool fresh) {
    const Moment asked = WorkerClock::now();
    bool has_place = false;  // among those that may be open
    while (!aborted_) {
        if (auto connection = fresh ? nullptr : take_idle(endpoint.index)) {
            if (has_place) free_place();
            timeline.new_connection = false;
            co_return DialResult{std::move(connection), Outcome::completed, {}};
        }
        if (has_place) break;
        if (!most_open_ || open_ < *most_open_ || close_some_idle()) {
            ++open_;
            has_place = true;
            const Moment turn = pacer_.take_turn(WorkerClock::now());
            if (turn <= WorkerClock::now()) break;
            co_await wait_until(turn);
        } else {
            OneShot turn;
            waiting_.push_back(&turn);
            co_await turn.wait();
        }
        timeline.connection_wait = WorkerClock::now() - asked;
    }
    if (aborted_) {
        if (has_place) free_place();
        co_return DialResult{nullptr, Outcome::not_started, "the run ended while it waited for a connection"};
    }
    timeline.new_connection = true;
    auto result = co_await dialer_.dial(endpoint, timeline);
    if (!result.connection) free_place();
    co_return result;
}

boost::asio::awaitable<void> ConnectionPool::wait_until(Moment turn) {
    const Moment asked = WorkerClock::now();
    OneShot waiter;
    turns_.push_back({turn, &waiter});
    if (turns_.size() == 1) wake_at_next_turn();
    co_await waiter.wait();
    dialer_.net().ledger->waited_for_turn(WorkerClock::now() - asked);
}

void ConnectionPool::wake_at_next_turn() {
    if (turns_.empty()) return;
    next_turn_.expires_at(turns_.front().when);
    next_turn_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        for (const Moment now = WorkerClock::now(); !turns_.empty() && turns_.front().when <= now;
             turns_.pop_front()) {
            turns_.front().waiter->fire();
        }
        wake_at_next_turn();
    });
}

void ConnectionPool::free_place() {
    --open_;
    wake_one();
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection, bool reusable) {
    if (!reusable || !reuse_ || aborted_ || !connection->is_open()) return retire(std::move(connection));
    connection->set_user(*this);
    idle_[connection->target()].push_back(std::move(connection));
    wake_one();
}

void ConnectionPool::retire(std::unique_ptr<Connection> connection) {
    connection->close();
    closed_.push_back(std::move(connection));
    free_place();
}

void ConnectionPool::wake_one() {
    if (waiting_.empty()) return;
    auto* turn = waiting_.front();
    waiting_.pop_front();
    turn->fire();
}

void ConnectionPool::bury() {
    closed_.clear();
}

void ConnectionPool::abort() {
    aborted_ = true;
    while (!waiting_.empty())
        wake_one();
    next_turn_.cancel();
    for (const auto& turn : std::exchange(turns_, {}))
        turn.waiter->fire();
    while (close_some_idle()) {
    }
}

void ConnectionPool::on_bytes(Connection& connection, std::string_view, const ReadStamp& stamp) {
    // Bytes that nobody asked for: whatever they are, the next answer could not be told from them.
    on_closed(connection, {}, stamp.user);
}

void ConnectionPool::on_closed(Connection& connection, boost::system::error_code, Moment) {
    auto& idle = idle_[connection.target()];
    const auto found =
        std::find_if(idle.begin(), idle.end(), [&](const auto& each) { return each.get() == &connection; });
    if (found == idle.end()) return;
    auto owned = std::move(*found);
    idle.erase(found);
    retire(std::move(owned));
}

}  // namespace streamgauge::net
