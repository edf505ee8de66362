#include "bench/net/exchange.h"

#include <algorithm>
#include <utility>

namespace streamgauge::net {

using report::Outcome;

void Exchange::start(Connection& connection, const Endpoint& endpoint, std::string_view request,
                     ExchangeObserver& observer) {
    connection_ = &connection;
    observer_ = &observer;
    surplus_ = false;
    timeline.sent = WorkerClock::now();
    recorder_.begin(timeline, *endpoint.dialect);
    connection.set_user(*this);
    net_.watchdog.add(*this);
    connection.send(request);
}

void Exchange::prefetch_objects() const {
    constexpr std::size_t line_bytes = 64;
    const auto fetch = [](const void* from, const void* to) {
        for (const auto* line = static_cast<const char*>(from); line < to; line += line_bytes)
            __builtin_prefetch(line, 1);
    };
    fetch(this, &timeline);
    fetch(&timeline.headers, &timeline.input_tokens);
    fetch(&recorder_, &recorder_ + 1);
}

void Exchange::on_sent(Connection&, Moment before, Moment after) {
    timeline.sent = before;
    timeline.send_done = after;
    recorder_.on_sent(before);
}

void Exchange::on_bytes(Connection&, std::string_view bytes, const ReadStamp& stamp) {
    const std::size_t tokens_before = timeline.tokens.size();
    if (recorder_.feed(bytes, stamp) < bytes.size()) surplus_ = true;
    if (const std::size_t fresh = timeline.tokens.size() - tokens_before; fresh > 0)
        count_tokens(fresh, stamp);
    finish_if_over();
}

void Exchange::count_tokens(std::size_t fresh, const ReadStamp& stamp) {
    net_.token_events.store(net_.token_events.load(std::memory_order_relaxed) + fresh,
                            std::memory_order_relaxed);
    auto& read = timeline.reads.back();
    // Only where the width of the read decides anything is it worth asking the system.
    const bool width_matters =
        fresh > 1 || read.ends_inside_event || read.source == report::StampSource::user;
    if (!width_matters || !net_.core_wait || !net_.idle.floor_is_wake()) return;
    const Moment woken =
        std::min(net_.idle.floor(), read.arrival) - net_.core_wait->before(net_.idle.floor());
    read.set_not_before(std::min(read.not_before(), std::max(stamp.emptied, woken)));
}

void Exchange::on_closed(Connection& connection, boost::system::error_code error, Moment when) {
    // With TLS 1.3 a server refuses a client's certificate, or the want of one, after the handshake. What
    // breaks later is a broken stream, as without TLS.
    if (std::string failure = connection.tls_failure(); !failure.empty() && recorder_.untouched())
        recorder_.end(Outcome::tls_failed, std::move(failure), when);
    recorder_.on_closed(error, when);
    finish_if_over();
}

void Exchange::on_deadline(Moment now) {
    recorder_.on_deadline(now);
    finish_if_over();
}

void Exchange::end(Outcome outcome, std::string detail) {
    if (connection_ == nullptr) return;
    recorder_.end(outcome, std::move(detail), WorkerClock::now());
    finish_if_over();
}

void Exchange::finish_if_over() {
    if (!recorder_.over()) {
        if (recorder_.take_deadline_change()) net_.watchdog.refresh(*this);
        return;
    }
    if (connection_ == nullptr) return;
    net_.watchdog.remove(*this);
    if (!reusable()) connection_->close();
    connection_ = nullptr;
    observer_->on_over();
}

bool Exchange::was_stale() const {
    return !timeline.new_connection && timeline.outcome == Outcome::reset && recorder_.untouched();
}

}  // namespace streamgauge::net
