#include "report/export/text_table.h"

#include "report/export/escape.h"

#include <algorithm>
#include <climits>
#include <numeric>

namespace streamgauge::report {
namespace {

std::string cut(std::string_view text, std::size_t width) {
    std::string result;
    std::size_t columns = 0;
    for (const char c : text) {
        const bool begins = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
        if (begins && columns++ == width) break;
        result += c;
    }
    return result;
}

std::string padded(std::string_view text, std::size_t width, bool left) {
    const auto taken = display_width(text);
    const std::string space(width > taken ? width - taken : 0, ' ');
    return left ? std::string(text) + space : space + std::string(text);
}

std::string without_trailing_spaces(std::string line) {
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    return line;
}

}  // namespace

std::string shaded(std::string_view text, Shade shade, bool colour) {
    std::string_view code;
    switch (shade) {
        case Shade::plain:
            break;
        case Shade::bold:
            code = "1";
            break;
        case Shade::dim:
            code = "2";
            break;
        case Shade::good:
            code = "32";
            break;
        case Shade::warning:
            code = "33";
            break;
        case Shade::bad:
            code = "31";
            break;
    }
    if (!colour || code.empty() || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    width = std::max(width, indent + 8);
    std::string result;
    std::size_t column = 0;
    bool begins_line = true;
    while (!text.empty()) {
        const auto space = text.find(' ');
        const std::string word = cut(text.substr(0, space), width - indent);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        if (word.empty()) continue;
        if (!begins_line && column + 1 + display_width(word) > width) {
            result += '\n' + std::string(indent, ' ');
            column = indent;
            begins_line = true;
        }
        if (!begins_line) result += ' ';
        column += display_width(word) + (begins_line ? 0 : 1);
        result += word;
        begins_line = false;
    }
    return result;
}

void TextTable::add(std::vector<Cell> row) {
    row.resize(columns_.size());
    rows_.push_back(std::move(row));
}

std::size_t TextTable::column_width(std::size_t column) const {
    std::size_t width = display_width(columns_[column].heading);
    const auto same_group = [&](std::size_t other) {
        return other < columns_.size() && columns_[other].group == columns_[column].group;
    };
    // A group of one column has to find room in it.
    if (!same_group(column - 1) && !same_group(column + 1))
        width = std::max(width, display_width(columns_[column].group));
    for (const auto& row : rows_)
        width = std::max(width, display_width(row[column].text));
    return width;
}

std::size_t TextTable::space_before(const std::vector<std::size_t>& shown, std::size_t at) const {
    if (at == 0) return 0;
    const auto &before = columns_[shown[at - 1]].group, &here = columns_[shown[at]].group;
    return here.empty() || before != here ? 2 : 1;
}

std::size_t TextTable::width_of(const std::vector<std::size_t>& shown) const {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < shown.size(); ++i)
        taken += space_before(shown, i) + column_width(shown[i]);
    return taken;
}

bool TextTable::fits(std::size_t width, std::size_t indent) const {
    std::vector<std::size_t> all(columns_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return indent + width_of(all) <= width;
}

std::vector<std::size_t> TextTable::fitting_columns(std::size_t width) const {
    std::vector<std::size_t> shown(columns_.size());
    std::iota(shown.begin(), shown.end(), std::size_t{0});
    while (true) {
        const auto least = std::ranges::min_element(
            shown, {}, [&](std::size_t column) { return columns_[column].importance; });
        if (width_of(shown) <= width || least == shown.end() || columns_[*least].importance == INT_MAX)
            return shown;
        shown.erase(least);
    }
}

std::string TextTable::draw_groups(const std::vector<std::size_t>& shown) const {
    std::string line;
    for (std::size_t i = 0; i < shown.size();) {
        const auto& group = columns_[shown[i]].group;
        const std::size_t before = space_before(shown, i);
        std::size_t width = column_width(shown[i]), next = i + 1;
        while (!group.empty() && next < shown.size() && columns_[shown[next]].group == group) {
            width += space_before(shown, next) + column_width(shown[next]);
            ++next;
        }
        line += std::string(before, ' ') + padded(cut(group, width), width, false);
        i = next;
    }
    return without_trailing_spaces(std::move(line));
}

std::string TextTable::draw(std::size_t width, std::size_t indent, bool colour) const {
    const auto shown = fitting_columns(width > indent ? width - indent : 0);
    const std::string margin(indent, ' ');
    std::string text;
    const auto add_line = [&](const std::string& line, Shade shade) {
        text += margin + shaded(line, shade, colour) + '\n';
    };
    const bool grouped =
        std::ranges::any_of(columns_, [](const auto& column) { return !column.group.empty(); });
    if (grouped) add_line(draw_groups(shown), Shade::dim);
    std::string headings;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto& column = columns_[shown[i]];
        headings += std::string(space_before(shown, i), ' ');
        headings += padded(column.heading, column_width(shown[i]), column.left);
    }
    headings = without_trailing_spaces(std::move(headings));
    if (!headings.empty()) add_line(headings, Shade::dim);
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const auto& cell = row[shown[i]];
            auto padding = padded(cell.text, column_width(shown[i]), columns_[shown[i]].left);
            if (i + 1 == shown.size()) padding = without_trailing_spaces(std::move(padding));
            line += std::string(space_before(shown, i), ' ') + shaded(padding, cell.shade, colour);
        }
        text += margin + without_trailing_spaces(std::move(line)) + '\n';
    }
    return text;
}

}  // namespace streamgauge::report
