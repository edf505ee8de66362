#pragma once

#include "bench/probe/experiment.h"
#include "bench/probe/observation.h"
#include "report/buffering/remedies/remedy.h"
#include "report/model/buffering_verdict.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::probe {

enum class Answer : std::uint8_t {
    streams,         ///< tokens arrive as they are made
    held,            ///< they are kept back on the way, always or where compression is accepted
    broken,          ///< answers break off
    not_measurable,  ///< no answer came, or it does not tell
};

inline constexpr std::array<std::string_view, 4> answer_names{"streams", "held", "broken", "not_measurable"};

constexpr std::string_view to_string(Answer answer) {
    return answer_names[static_cast<std::size_t>(answer)];
}

/// What all experiments showed, before they are compared.
struct Evidence {
    std::vector<Observation> observations;  ///< one of each variant that was tried
    report::BufferingVerdict
        usual;  ///< over all answers of the usual length and size that came without a coding
    report::BufferingVerdict all;  ///< over those and the longer and larger ones

    const Observation* find(Variant variant) const;
};
Evidence gather(std::span<const Trial> trials);

/// Something that was tried or could have been, and says nothing.
struct LeftOut {
    Variant variant = Variant::plain;
    std::string why;
};

/// What the experiments mean together. Sentences may hold text of the server: escape them for their medium.
struct Diagnosis {
    Answer answer = Answer::not_measurable;
    std::string sentence;  ///< the whole answer in one or two sentences
    report::BufferingVerdict verdict;
    bool only_compressed = false;      ///< held only where compression is accepted
    std::vector<std::string> reasons;  ///< what each experiment adds, with its figures
    std::string where;                 ///< in which layer tokens are held; empty: cannot be told
    std::vector<report::Remedy> remedies;
    std::vector<report::Remedy> on_the_way;  ///< products that were recognised where nothing is held
    std::vector<LeftOut> left_out;
    std::vector<std::string> cautions;  ///< what weakens the answer: a busy client, failed or cut requests
    bool client_kept_up = true;
};

/// Which experiments would tell more, after the first ones: larger events where something holds by size, time
/// or number, a longer answer where too little came.
std::vector<Variant> follow_ups(const Evidence& evidence, const Subject& subject);

/// Pure: no clock, no I/O.
Diagnosis diagnose(const Evidence& evidence, const Subject& subject);

}  // namespace streamgauge::probe
