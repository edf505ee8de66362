#pragma once

#include <cstddef>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::wire {

/// Damages samples: changes, removes, repeats and inserts. The same seed gives the same damage everywhere,
/// because only the generator's raw numbers are used.
class Mutator {
  public:
    explicit Mutator(std::uint32_t seed) : random_(seed) {}

    /// The sample after one to four changes; `words` are pieces of its grammar to insert.
    std::string mutate(std::string sample, std::initializer_list<std::string_view> words) {
        const auto changes = 1 + below(4);
        for (std::size_t i = 0; i < changes; ++i)
            change(sample, words);
        return sample;
    }

    /// Sizes of pieces to cut an input into, used round and round.
    std::vector<std::size_t> sizes() {
        std::vector<std::size_t> result(1 + below(5));
        for (auto& size : result)
            size = 1 + below(40);
        return result;
    }

  private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

    void change(std::string& text, std::initializer_list<std::string_view> words) {
        const auto at = below(text.size() + 1);
        const auto length = below(12);
        switch (below(5)) {
            case 0:
                if (at < text.size()) text[at] = static_cast<char>(random_());
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(at, text.substr(below(text.size()), length));
                break;
            case 3:
                text.insert(at, *(words.begin() + below(words.size())));
                break;
            default:
                text.resize(at);
        }
    }

    std::mt19937 random_;
};

}  // namespace streamgauge::wire
