#pragma once

#include "bench/simulator/random.h"

#include <string>

namespace streamgauge::simulator {

/// Makes up the text of answers, a word a token. Words need no escaping in JSON.
class Words {
  public:
    /// With `multi_byte`, every word holds characters of two to four bytes in UTF-8.
    Words(Random random, bool multi_byte) : random_{random}, multi_byte_{multi_byte} {}

    /// Appends one token: a space and a word.
    void append(std::string& text);

  private:
    Random random_;
    bool multi_byte_;
};

/// `length` characters of letters and digits that gzip cannot shrink much; the same for the same `position`.
void append_padding(std::string& text, std::uint64_t position, std::size_t length);

}  // namespace streamgauge::simulator
