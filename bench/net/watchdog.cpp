#include "bench/net/watchdog.h"

namespace streamgauge::net {

void Watchdog::add(Watched& watched) {
    if (watched.watchdog_slot != Watched::unwatched) return refresh(watched);
    watched.watchdog_slot = slots_.size();
    slots_.push_back({watched.deadline(), &watched});
}

void Watchdog::remove(Watched& watched) {
    if (watched.watchdog_slot == Watched::unwatched) return;
    slots_[watched.watchdog_slot] = slots_.back();
    slots_[watched.watchdog_slot].watched->watchdog_slot = watched.watchdog_slot;
    slots_.pop_back();
    watched.watchdog_slot = Watched::unwatched;
}

void Watchdog::refresh(Watched& watched) {
    if (watched.watchdog_slot != Watched::unwatched)
        slots_[watched.watchdog_slot].deadline = watched.deadline();
}

void Watchdog::sweep(Moment now) {
    // Backwards, because removal fills the hole with the last slot, which has been looked at by then.
    for (std::size_t i = slots_.size(); i-- > 0;) {
        if (i >= slots_.size() || slots_[i].deadline > now) continue;
        Watched& watched = *slots_[i].watched;
        slots_[i].deadline = watched.deadline();
        if (slots_[i].deadline <= now) watched.on_deadline(now);
    }
}

}  // namespace streamgauge::net
