#include "bench/load/worker.h"

#include "bench/load/arrival_process.h"
#include "bench/net/connection_pool.h"
#include "bench/net/dialer.h"
#include "bench/net/endpoint.h"
#include "bench/net/exchange.h"
#include "bench/net/worker_net.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <ctime>
#include <deque>
#include <exception>
#include <thread>
#include <unordered_set>
#include <utility>
#include <variant>

namespace streamgauge::load {

namespace asio = boost::asio;
using net::WorkerClock;
using report::Moment;
using report::Outcome;
using namespace std::chrono_literals;
constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);

namespace {

/// How often deadlines are looked at and the loop's lag is measured.
constexpr nanoseconds sweep_period = 10ms;
constexpr nanoseconds clock_period = 100ms;
/// What fell due so shortly before a stop is not late: the timer for it may not have fired yet.
constexpr nanoseconds timely = 10ms;

nanoseconds thread_cpu_time() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds{time.tv_sec} + nanoseconds{time.tv_nsec};
}

net::Endpoint make_endpoint(const SharedRun& run, std::uint32_t index) {
    const auto& target = run.scenario.targets[index];
    net::Endpoint endpoint;
    endpoint.index = index;
    endpoint.host = target.connect_to ? target.connect_to->host : target.url.host;
    endpoint.port = target.connect_to ? target.connect_to->port : target.url.port;
    endpoint.server_name = target.tls.server_name.empty() ? target.url.host : target.tls.server_name;
    endpoint.tls = run.tls[index];
    if (target.tls.session_reuse) endpoint.sessions = std::make_shared<net::TlsSessionStore>();
    endpoint.dialect = api::make_dialect(target.api);
    endpoint.request =
        std::make_unique<net::RequestTemplate>(target, *endpoint.dialect, run.scenario.connections.reuse);
    return endpoint;
}

/// An arrival of several requests counts as so many.
scenarios::OpenLoop per_arrival(scenarios::OpenLoop shape, std::uint32_t requests) {
    shape.rate.from /= requests;
    shape.rate.to /= requests;
    return shape;
}

std::optional<std::uint64_t> share_of_connections(const SharedRun& run, unsigned index) {
    const auto& most = run.scenario.connections.max;
    if (!most) return std::nullopt;
    return std::max<std::uint64_t>(1, *most / run.workers + (index < *most % run.workers ? 1 : 0));
}

}  // namespace

/// One of this worker's users of a closed loop, who makes one request after the other.
struct VirtualUser {
    std::uint64_t lane = 0;
    Moment ready{};
    std::vector<std::uint64_t> requests;  ///< made so far, by phase
};

/// A request from the moment it is due until its timeline is handed over.
struct Worker::ActiveRequest final : net::ExchangeObserver {
    explicit ActiveRequest(State& owner);

    void on_over() override;

    State& state;
    net::Exchange exchange;
    RequestKey key;
    std::unique_ptr<net::Connection> connection;  ///< while the stream runs
    VirtualUser* user = nullptr;                  ///< of a closed loop
    bool retried = false;
};

struct Worker::State {
    State(SharedRun& shared, unsigned worker_index, report::TimelineSink& timelines,
          std::function<void()> token_limit)
        : run{shared},
          index{worker_index},
          sink{timelines},
          on_token_limit{std::move(token_limit)},
          net{context},
          dialer{context, net, {run.scenario.timeouts.connect, run.scenario.connections.source_addresses}},
          pool{dialer, run.scenario.targets.size(), share_of_connections(run, index),
               run.scenario.connections.reuse, run.scenario.connections.max_rate / run.workers},
          sweep_timer{context},
          change{context} {
        net.ledger = run.ledger;
        for (std::uint32_t i = 0; i < run.scenario.targets.size(); ++i)
            endpoints.push_back(make_endpoint(run, i));
    }

    asio::awaitable<void> take_turn(VirtualUser& user);
    asio::awaitable<void> arrivals(std::uint32_t phase);
    asio::awaitable<void> send(ActiveRequest& request, RequestPlan plan, bool fresh);
    asio::awaitable<void> supervise();
    asio::awaitable<void> sweep();
    asio::awaitable<void> sleep_until(Moment when);
    asio::awaitable<void> wait_for_change(Moment deadline);

    ActiveRequest& begin(RequestKey key, Moment intended, const RequestPlan& plan);
    void count_start();
    bool begin_next_of_pair(const ActiveRequest& request);
    void refuse(RequestKey key, Moment intended, const std::string& reason);
    void after_stream(ActiveRequest& request);
    void finish(ActiveRequest& request);
    void hand_over(const report::StreamTimeline& timeline);

    void start();
    void loop();
    void loop_with_naps();
    void stop_scheduling();
    void stop_requests();
    void abort_open(Outcome outcome);
    void spawn(asio::awaitable<void> task);
    void schedule(asio::awaitable<void> task);
    void fail(std::exception_ptr error);
    Moment at(nanoseconds elapsed) const { return run.start + elapsed; }

    SharedRun& run;
    unsigned index;
    report::TimelineSink& sink;
    std::function<void()> on_token_limit;

    asio::io_context context{1};
    net::WorkerNet net;
    net::Dialer dialer;
    net::ConnectionPool pool;
    std::vector<net::Endpoint> endpoints;

    std::deque<ActiveRequest> requests;  ///< all ever made; addresses stay
    std::vector<ActiveRequest*> spare;
    std::deque<VirtualUser> users;
    std::unordered_set<asio::steady_timer*> sleepers;
    asio::steady_timer sweep_timer;
    asio::steady_timer change;  ///< cancelled when `schedulers` or `in_flight` changes to 0
    std::uint64_t schedulers = 0;
    std::uint64_t in_flight = 0;
    Moment stopped_at = Moment::max() - std::chrono::hours{24 * 365};  ///< far off until stopped
    bool stopping = false;                                             ///< no new arrivals
    bool stopped = false;  ///< nor more requests of those that have begun
    bool aborting = false;
    bool finished = false;
    std::exception_ptr failure;
};

void Worker::State::fail(std::exception_ptr error) {
    if (!error) return;
    if (!failure) failure = error;
    stop_requests();
    abort_open(Outcome::aborted);
}

void Worker::State::spawn(asio::awaitable<void> task) {
    const auto done = [this](std::exception_ptr error) { fail(error); };
    asio::co_spawn(context, std::move(task), done);
}

void Worker::State::schedule(asio::awaitable<void> task) {
    ++schedulers;
    const auto done = [this](std::exception_ptr error) {
        if (--schedulers == 0) change.cancel();
        fail(error);
    };
    asio::co_spawn(context, std::move(task), done);
}

asio::awaitable<void> Worker::State::sleep_until(Moment when) {
    if (stopping) co_return;
    asio::steady_timer timer{context, when};
    sleepers.insert(&timer);
    co_await timer.async_wait(as_tuple);
    sleepers.erase(&timer);
}

asio::awaitable<void> Worker::State::take_turn(VirtualUser& user) {
    if (stopping) co_return;
    const auto turn = run.plan.next_turn(user.lane, user.ready - run.start);
    if (!turn) co_return;
    const Moment intended = at(turn->begins);
    if (intended > WorkerClock::now()) {
        co_await sleep_until(intended);
        if (stopping) co_return;
    }
    if (!run.take_arrival()) {
        stop_scheduling();
        co_return;
    }
    const RequestKey key{turn->phase, user.lane, user.requests[turn->phase]++};
    auto plan = run.source.plan(key);
    ActiveRequest& request = begin(key, intended, plan);
    request.user = &user;
    count_start();
    co_await send(request, std::move(plan), false);
}

asio::awaitable<void> Worker::State::arrivals(std::uint32_t phase) {
    const auto& load = run.scenario.load[phase];
    const auto& shape = std::get<scenarios::OpenLoop>(load.shape);
    ArrivalProcess process{per_arrival(shape, run.source.requests_per_arrival()), load.duration,
                           run.scenario.seed + phase};
    while (const auto due = process.next()) {
        const std::uint64_t number = process.count() - 1;
        if (number % run.workers != index) continue;
        const Moment intended = at(run.plan.begin(phase) + *due);
        co_await sleep_until(intended);
        if (stopping && intended + timely > stopped_at) co_return;
        if (stopping) {
            refuse({phase, 0, number}, intended, "it was due, but the client was too late to start it");
            continue;
        }
        if (!run.take_arrival()) co_return stop_scheduling();
        const RequestKey key{phase, 0, number};
        if (shape.max_in_flight && run.in_flight.load(std::memory_order_relaxed) >= *shape.max_in_flight) {
            refuse(key, intended,
                   "max_in_flight: " + std::to_string(*shape.max_in_flight) + " requests were open");
        } else {
            auto plan = run.source.plan(key);
            ActiveRequest& request = begin(key, intended, plan);
            count_start();
            spawn(send(request, std::move(plan), false));
        }
    }
}

Worker::ActiveRequest::ActiveRequest(State& owner)
    : state{owner}, exchange{owner.net, owner.run.scenario.timeouts} {}

void Worker::ActiveRequest::on_over() {
    asio::post(state.context, [this] { state.after_stream(*this); });
}

Worker::ActiveRequest& Worker::State::begin(RequestKey key, Moment intended, const RequestPlan& plan) {
    ActiveRequest* request = nullptr;
    if (spare.empty()) {
        request = &requests.emplace_back(*this);
    } else {
        request = spare.back();
        spare.pop_back();
    }
    request->key = key;
    request->user = nullptr;
    request->retried = false;
    auto& timeline = request->exchange.timeline;
    timeline.clear();
    timeline.request_id = plan.request_id;
    timeline.sequence = run.sequence.fetch_add(1, std::memory_order_relaxed);
    timeline.target = plan.target;
    timeline.phase = key.phase;
    timeline.pair_id = plan.pair_id;
    timeline.pair_position = key.member;
    timeline.intended = intended;
    return *request;
}

void Worker::State::count_start() {
    ++in_flight;
    run.in_flight.fetch_add(1, std::memory_order_relaxed);
    run.started.fetch_add(1, std::memory_order_relaxed);
}

/// Ends once the request is sent: nothing of it but the timeline is kept while the stream runs.
asio::awaitable<void> Worker::State::send(ActiveRequest& request, RequestPlan plan, bool fresh) {
    const auto& endpoint = endpoints[plan.target];
    auto& timeline = request.exchange.timeline;
    auto lease = co_await pool.acquire(endpoint, timeline, fresh);
    if (!lease.connection) {
        timeline.outcome = lease.outcome;
        timeline.detail = std::move(lease.detail);
        co_return finish(request);
    }
    request.connection = std::move(lease.connection);
    if (aborting) {
        timeline.outcome = Outcome::not_started;
        timeline.detail = "the run ended before it was sent";
        pool.give_back(std::move(request.connection), false);
        co_return finish(request);
    }
    const auto body = endpoint.dialect->request_body(run.scenario.workload, plan.prompt);
    request.exchange.start(*request.connection, endpoint, endpoint.request->fill(plan.request_id, body),
                           request);
}

void Worker::State::after_stream(ActiveRequest& request) {
    pool.give_back(std::move(request.connection), request.exchange.reusable());
    // A kept connection may turn out to be closed by the server; then a new one is tried, once.
    if (request.exchange.was_stale() && !request.retried && !aborting) {
        request.retried = true;
        spawn(send(request, run.source.plan(request.key), true));
        return;
    }
    finish(request);
}

void Worker::State::finish(ActiveRequest& request) {
    hand_over(request.exchange.timeline);
    run.in_flight.fetch_sub(1, std::memory_order_relaxed);
    const bool goes_on = begin_next_of_pair(request);
    if (auto* user = request.user; user != nullptr && !goes_on) {
        const auto& shape = std::get<scenarios::ClosedLoop>(run.scenario.load[request.key.phase].shape);
        user->ready = WorkerClock::now() + shape.think;
        schedule(take_turn(*user));
    }
    spare.push_back(&request);
    if (--in_flight == 0) change.cancel();
}

/// The requests of one arrival go one after the other, so that none sees the load of another; each is due
/// when the one before has ended, however it ended.
bool Worker::State::begin_next_of_pair(const ActiveRequest& request) {
    RequestKey key = request.key;
    if (++key.member >= run.source.requests_per_arrival() || stopped) return false;
    auto plan = run.source.plan(key);
    ActiveRequest& next = begin(key, WorkerClock::now(), plan);
    next.user = request.user;
    count_start();
    spawn(send(next, std::move(plan), false));
    return true;
}

/// All requests of an arrival.
void Worker::State::refuse(RequestKey key, Moment intended, const std::string& reason) {
    for (; key.member < run.source.requests_per_arrival(); ++key.member) {
        ActiveRequest& request = begin(key, intended, run.source.plan(key));
        request.exchange.timeline.outcome = Outcome::not_started;
        request.exchange.timeline.detail = reason;
        hand_over(request.exchange.timeline);
        spare.push_back(&request);
    }
}

void Worker::State::hand_over(const report::StreamTimeline& timeline) {
    run.done.fetch_add(1, std::memory_order_relaxed);
    if (report::is_error(timeline.outcome)) run.errors.fetch_add(1, std::memory_order_relaxed);
    sink.on_timeline(timeline);
    if (run.spend_tokens(timeline.output_tokens.value_or(timeline.tokens.size()))) {
        stop_requests();
        on_token_limit();
    }
}

void Worker::State::stop_scheduling() {
    if (!stopping) stopped_at = WorkerClock::now();
    stopping = true;
    for (auto* sleeper : sleepers)
        sleeper->cancel();
}

void Worker::State::stop_requests() {
    stopped = true;
    stop_scheduling();
}

void Worker::State::abort_open(Outcome outcome) {
    if (aborting) return;
    aborting = true;
    const std::string detail = outcome == Outcome::cancelled ? "the scenario's limit was reached"
                                                             : "the run ended while the stream was open";
    dialer.abort();
    pool.abort();
    for (auto& request : requests)
        request.exchange.end(outcome, detail);
}

asio::awaitable<void> Worker::State::wait_for_change(Moment deadline) {
    change.expires_at(deadline);
    co_await change.async_wait(as_tuple);
}

asio::awaitable<void> Worker::State::supervise() {
    const auto busy = [this] { return schedulers > 0 || in_flight > 0; };
    const auto give_up = [this] { return std::min(stopped_at, at(run.plan.total())) + run.scenario.drain; };
    while (busy() && !aborting && WorkerClock::now() < give_up()) {
        co_await wait_for_change(give_up());
    }
    stop_requests();
    abort_open(Outcome::aborted);
    while (busy()) {
        co_await wait_for_change(WorkerClock::now() + 100ms);
    }
    finished = true;
    net.sockets.stop();
    sweep_timer.cancel();
}

asio::awaitable<void> Worker::State::sweep() {
    Moment due = WorkerClock::now();
    Moment next_clock = due;
    while (!finished) {
        due += sweep_period;
        sweep_timer.expires_at(due);
        co_await sweep_timer.async_wait(as_tuple);
        const Moment now = WorkerClock::now();
        net.idle.woke(now);
        if (finished) break;
        net.health.loop_lag.record(std::max(now - due, nanoseconds{0}));
        // After woke(), and even if no read asks: so the waits up to here are those of this wake-up, and a
        // later one counts only what came since.
        net.core_wait->before(net.idle.woken());
        net.watchdog.sweep(now);
        pool.bury();
        if (now >= next_clock) {
            net.clock.refresh();
            next_clock = now + clock_period;
        }
        due = std::max(due, now - sweep_period);
    }
}

void Worker::State::start() {
    net.sockets.start();
    spawn(sweep());
    const std::vector<std::uint64_t> none(run.scenario.load.size());
    for (std::uint64_t lane = index; lane < run.plan.lanes(); lane += run.workers)
        schedule(take_turn(users.emplace_back(VirtualUser{lane, run.start, none})));
    for (std::uint32_t phase = 0; phase < run.scenario.load.size(); ++phase) {
        if (std::holds_alternative<scenarios::OpenLoop>(run.scenario.load[phase].shape))
            schedule(arrivals(phase));
    }
    spawn(supervise());
}

void Worker::State::loop() {
    if (run.nap > 0ns) return loop_with_naps();
    do {
        net.idle.waiting(WorkerClock::now());
    } while (context.run_one() > 0);
}

/// A worker whose core is taken from it at every turn: what is ready after a nap runs, then comes the next
/// nap. It never waits, so it is never idle.
void Worker::State::loop_with_naps() {
    do {
        std::this_thread::sleep_for(run.nap);
        do {
            net.idle.polling();
        } while (context.poll_one() > 0);
    } while (!context.stopped());
}

Worker::Worker(SharedRun& run, unsigned index, report::TimelineSink& sink,
               std::function<void()> on_token_limit)
    : state_{std::make_unique<State>(run, index, sink, std::move(on_token_limit))} {}

Worker::~Worker() = default;

void Worker::run() {
    const nanoseconds cpu_before = thread_cpu_time();
    const Moment began = WorkerClock::now();
    const auto waited_before = state_->net.core_wait.emplace().total();
    state_->start();
    state_->loop();
    auto& health = state_->net.health;
    health.cpu_time = thread_cpu_time() - cpu_before;
    health.wall_time = WorkerClock::now() - began;
    if (const auto waited = state_->net.core_wait->total(); waited && waited_before)
        health.core_wait = *waited - *waited_before;
    health.clock_steps = state_->net.clock.steps();
    health.unmapped_clock_steps = state_->net.clock.unannounced_steps();
    if (state_->failure) std::rethrow_exception(state_->failure);
}

void Worker::stop() {
    asio::post(state_->context, [state = state_.get()] { state->stop_requests(); });
}

void Worker::abort(Outcome outcome) {
    asio::post(state_->context, [state = state_.get(), outcome] {
        state->stop_requests();
        state->abort_open(outcome);
    });
}

std::uint64_t Worker::token_events() const {
    return state_->net.token_events.load(std::memory_order_relaxed);
}

const report::ClientHealth& Worker::health() const {
    return state_->net.health;
}

}  // namespace streamgauge::load
