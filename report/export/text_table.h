#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {

/// How a piece of text looks on a terminal that has colours.
enum class Shade { plain, bold, dim, good, warning, bad };

/// `text` in the ANSI colours of `shade`, or as it is when `colour` is false.
std::string shaded(std::string_view text, Shade shade, bool colour);

/// Breaks text at spaces so that no line is wider than `width`; every line but the first begins with `indent`
/// spaces. Words that are too long are cut. No line end after the last line.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// Columns of text, aligned. Columns that do not fit are left out, the least important first.
class TextTable {
  public:
    struct Column {
        std::string group;  ///< shown above the heading, over all neighbouring columns of the same group
        std::string heading;
        bool left = false;   ///< aligned to the left
        int importance = 0;  ///< the column with the smallest goes first; INT_MAX stays
    };
    struct Cell {
        std::string text;
        Shade shade = Shade::plain;
    };

    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

    void add(std::vector<Cell> row);
    /// Whether draw() leaves no column out, nor goes beyond `width`.
    bool fits(std::size_t width, std::size_t indent) const;
    /// Lines with their ends, each indented by `indent` spaces and at most `width` columns wide in all.
    std::string draw(std::size_t width, std::size_t indent, bool colour) const;

  private:
    std::vector<std::size_t> fitting_columns(std::size_t width) const;
    std::size_t width_of(const std::vector<std::size_t>& shown) const;
    std::size_t column_width(std::size_t column) const;
    std::size_t space_before(const std::vector<std::size_t>& shown, std::size_t at) const;
    std::string draw_groups(const std::vector<std::size_t>& shown) const;

    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace streamgauge::report
