#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::live {

/// A few lines of a terminal, drawn again in place (ECMA-48). Gives what to write; writes nothing itself.
///
/// Between two writes the cursor stands at the start of the last line and is visible, and lines wrap, so that
/// a program that is killed leaves a sane terminal behind. Nothing is drawn outside the block, and nothing of
/// it scrolls away as long as it is lower than the window.
class ScreenBlock {
  public:
    /// Draws `lines` over those that are there. `width` is that of the window now: in one that became
    /// narrower the lines that are there have been wrapped.
    std::string draw(const std::vector<std::string>& lines, std::size_t width);

    /// Takes the block away; the cursor stands where it began.
    std::string erase(std::size_t width);

    /// Leaves what is there to others: the next draw() begins at the cursor.
    void forget() { widths_.clear(); }

  private:
    std::string to_the_top(std::size_t width) const;

    std::vector<std::size_t> widths_;  ///< of the lines that are there
};

/// Columns that a line takes, colours (`ESC [ ... m`) not counted.
std::size_t visible_width(std::string_view line);

}  // namespace streamgauge::live
