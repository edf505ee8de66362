#pragma once

#include "report/export/text_table.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::live {

/// A line of pieces of text that is put into the width there is: where space is short the least important
/// pieces are left out, and the last one that stays is cut. Pieces hold no control characters.
class ViewLine {
  public:
    /// Adds a piece `gap` columns behind the one before.
    ViewLine& add(std::string text, report::Shade shade = report::Shade::plain, int importance = 0,
                  std::size_t gap = 2);
    /// All that follows stands at the right end of the line.
    ViewLine& to_the_right();

    /// At most `width` columns, no spaces at the end.
    std::string draw(std::size_t width, bool colour) const;

  private:
    struct Piece {
        std::string text;
        report::Shade shade;
        int importance;
        std::size_t gap;
        bool right;
    };
    static std::size_t width_of(const std::vector<Piece>& pieces);

    std::vector<Piece> pieces_;
    bool right_ = false;
};

/// The first `columns` columns of a text.
std::string cut(std::string_view text, std::size_t columns);
/// A text with blanks behind it, or before it, up to `columns` columns; no shorter than it is.
std::string padded_right(std::string_view text, std::size_t columns);
std::string padded_left(std::string_view text, std::size_t columns);

}  // namespace streamgauge::live
