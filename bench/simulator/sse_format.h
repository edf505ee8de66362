#pragma once

#include "bench/simulator/behaviour.h"

#include <string>
#include <string_view>

namespace streamgauge::simulator {

/// Writes server-sent events in the line style that was asked for (WHATWG HTML, section 9.2).
class SseFormat {
  public:
    explicit SseFormat(const Behaviour& behaviour);

    /// Starts an event: its `event:` line if it has a name, and `data:`. The caller appends the data, which
    /// holds no line end.
    void begin(std::string& out, std::string_view name) const {
        if (!name.empty()) out.append(event_).append(name).append(line_end_);
        out.append(data_);
    }
    /// Ends the event that was begun.
    void end(std::string& out) const { out.append(line_end_).append(line_end_); }

    void event(std::string& out, std::string_view name, std::string_view data) const {
        begin(out, name);
        out.append(data);
        end(out);
    }
    /// A comment, which clients ignore.
    void comment(std::string& out, std::string_view text) const {
        out.append(comment_).append(text);
        end(out);
    }

    std::string_view line_end() const { return line_end_; }

  private:
    std::string_view line_end_;
    std::string_view event_;
    std::string_view data_;
    std::string_view comment_;
};

}  // namespace streamgauge::simulator
