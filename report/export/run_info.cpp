#include "report/export/run_info.h"

#include "report/export/masker.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <sys/utsname.h>

namespace streamgauge::report {
namespace {

std::string format_number(double value) {
    std::string text = fmt::format("{:.6g}", value);
    if (text.find_first_of(".e") != std::string::npos) return text;
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string describe_ramp(const scenarios::Ramp& ramp) {
    if (ramp.over.count() == 0 || ramp.from == ramp.to) return format_number(ramp.to);
    return fmt::format("{} to {}", format_number(ramp.from), format_number(ramp.to));
}

std::string ramp_time(const scenarios::Ramp& ramp) {
    if (ramp.over.count() == 0 || ramp.from == ramp.to) return {};
    return " over " + scenarios::format_duration(ramp.over);
}

}  // namespace

std::string describe_shape(const scenarios::LoadPhase& phase) {
    if (const auto* closed = std::get_if<scenarios::ClosedLoop>(&phase.shape)) {
        const bool one = closed->users.to == 1 && ramp_time(closed->users).empty();
        auto text = fmt::format("{} {}{}", describe_ramp(closed->users), one ? "user" : "users",
                                ramp_time(closed->users));
        if (closed->think.count() > 0) {
            text += fmt::format(", {} think time", scenarios::format_duration(closed->think));
        }
        return text;
    }
    const auto& open = std::get<scenarios::OpenLoop>(phase.shape);
    auto text = fmt::format("{}/s {}{}", describe_ramp(open.rate),
                            open.arrivals == scenarios::Arrivals::poisson ? "poisson" : "constant",
                            ramp_time(open.rate));
    if (open.max_in_flight) {
        text +=
            fmt::format(", at most {} in flight", format_number(static_cast<double>(*open.max_in_flight)));
    }
    return text;
}

RunInfo describe_run(const scenarios::Scenario& scenario, unsigned workers, std::int64_t start_unix_ns) {
    RunInfo info;
    const Masker masker(scenario.secrets);
    info.scenario_name = masker.mask(scenario.name);
    info.scenario_file = scenario.file.string();
    info.version = STREAMGAUGE_VERSION;
    info.seed = scenario.seed;
    info.start_unix_ns = start_unix_ns;
    info.workers = workers;
    utsname machine{};
    if (::uname(&machine) == 0) {
        info.host = machine.nodename;
        info.kernel = fmt::format("{} {} {}", machine.sysname, machine.release, machine.machine);
    }
    for (const auto& target : scenario.targets)
        info.targets.push_back({target.name, masker.mask(target.url.text), target.api});
    nanoseconds start{0};
    for (const auto& phase : scenario.load) {
        info.phases.push_back({phase.name, describe_shape(phase), start, phase.duration, phase.warmup});
        start += phase.duration;
    }
    return info;
}

}  // namespace streamgauge::report
