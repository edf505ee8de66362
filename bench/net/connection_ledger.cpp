#include "bench/net/connection_ledger.h"

#include <algorithm>

namespace streamgauge::net {

ConnectionLedger::Destination& ConnectionLedger::destination(std::string_view address) {
    const std::scoped_lock lock{mutex_};
    const auto found = destinations_.find(address);
    return found != destinations_.end() ? found->second : destinations_[std::string{address}];
}

void ConnectionLedger::opened(Destination& to) {
    const std::scoped_lock lock{mutex_};
    peak_ = std::max(peak_, ++open_);
    peak_to_one_address_ = std::max(peak_to_one_address_, ++to.open_);
}

void ConnectionLedger::closed(Destination& to) {
    const std::scoped_lock lock{mutex_};
    --open_;
    --to.open_;
}

std::uint64_t ConnectionLedger::open() const {
    const std::scoped_lock lock{mutex_};
    return open_;
}

std::uint64_t ConnectionLedger::peak() const {
    const std::scoped_lock lock{mutex_};
    return peak_;
}

std::uint64_t ConnectionLedger::peak_to_one_address() const {
    const std::scoped_lock lock{mutex_};
    return peak_to_one_address_;
}

void ConnectionLedger::waited_for_turn(std::chrono::nanoseconds wait) {
    const std::scoped_lock lock{mutex_};
    ++paced_waits_.count;
    paced_waits_.longest = std::max(paced_waits_.longest, wait);
}

ConnectionLedger::PacedWaits ConnectionLedger::paced_waits() const {
    const std::scoped_lock lock{mutex_};
    return paced_waits_;
}

}  // namespace streamgauge::net
