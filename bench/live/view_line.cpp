#include "bench/live/view_line.h"

#include "report/export/escape.h"

#include <algorithm>
#include <utility>

namespace streamgauge::live {

namespace {

using report::display_width;

std::string blanks_up_to(std::string_view text, std::size_t columns) {
    const auto taken = display_width(text);
    return std::string(columns > taken ? columns - taken : 0, ' ');
}

}  // namespace

ViewLine& ViewLine::add(std::string text, report::Shade shade, int importance, std::size_t gap) {
    if (!text.empty()) pieces_.push_back({std::move(text), shade, importance, gap, right_});
    return *this;
}

ViewLine& ViewLine::to_the_right() {
    right_ = true;
    return *this;
}

std::size_t ViewLine::width_of(const std::vector<Piece>& pieces) {
    std::size_t width = 0;
    for (const auto& piece : pieces)
        width += (&piece == &pieces.front() ? 0 : piece.gap) + display_width(piece.text);
    return width;
}

std::string ViewLine::draw(std::size_t width, bool colour) const {
    auto pieces = pieces_;
    while (pieces.size() > 1 && width_of(pieces) > width)
        pieces.erase(std::ranges::min_element(pieces, {}, &Piece::importance));
    const auto taken = width_of(pieces);
    std::size_t free = width > taken ? width - taken : 0;
    std::string line;
    for (const auto& piece : pieces) {
        const bool first = &piece == &pieces.front();
        const std::size_t gap = (first ? 0 : piece.gap) + (piece.right ? std::exchange(free, 0) : 0);
        line += std::string(gap, ' ');
        auto text = cut(piece.text, width);
        if (&piece == &pieces.back()) text.erase(text.find_last_not_of(' ') + 1);
        line += report::shaded(text, piece.shade, colour);
    }
    return line;
}

std::string cut(std::string_view text, std::size_t columns) {
    std::size_t end = 0, taken = 0;
    while (end < text.size()) {
        const bool begins = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
        if (begins && taken++ == columns) break;
        ++end;
    }
    return std::string(text.substr(0, end));
}

std::string padded_right(std::string_view text, std::size_t columns) {
    return std::string(text) + blanks_up_to(text, columns);
}

std::string padded_left(std::string_view text, std::size_t columns) {
    return blanks_up_to(text, columns) + std::string(text);
}

}  // namespace streamgauge::live
