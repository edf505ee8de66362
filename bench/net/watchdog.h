#pragma once

#include "report/model/moment.h"

#include <cstddef>
#include <vector>

namespace streamgauge::net {

/// Something with a deadline that may move.
class Watched {
  public:
    using Moment = report::Moment;

    virtual Moment deadline() const = 0;
    /// The deadline has passed. May remove this or any other from the watchdog.
    virtual void on_deadline(Moment now) = 0;

  protected:
    ~Watched() = default;

  public:
    static constexpr std::size_t unwatched = static_cast<std::size_t>(-1);
    std::size_t watchdog_slot = unwatched;  ///< the watchdog's own note
};

/// One sweep over all streams of a worker in place of a timer per read. A slot keeps the deadline as last
/// seen; deadlines only move later while a stream runs, so a slot that has not passed needs no look at the
/// stream itself.
class Watchdog {
  public:
    using Moment = report::Moment;

    void add(Watched& watched);
    void remove(Watched& watched);  ///< harmless when it is not watched
    /// Takes the deadline anew; needed only when it moved earlier.
    void refresh(Watched& watched);

    /// Calls on_deadline of everything whose deadline is at or before `now`.
    void sweep(Moment now);

    std::size_t size() const { return slots_.size(); }

  private:
    struct Slot {
        Moment deadline{};
        Watched* watched = nullptr;
    };
    std::vector<Slot> slots_;
};

}  // namespace streamgauge::net
