#include "bench/load/resource_check.h"

#include "bench/load/user_ramp.h"

#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <locale>
#include <map>
#include <utility>
#include <variant>

namespace streamgauge::load {

namespace {

using boost::asio::ip::tcp;
using scenarios::Scenario;

/// Epoll sets, timers and wake-ups of a worker's loop.
constexpr std::uint64_t descriptors_per_worker = 8;
/// Rows, timelines, the report, name look-ups.
constexpr std::uint64_t descriptors_per_run = 24;

std::string with_commas(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

std::uint64_t count_open_files() {
    std::error_code error;
    std::uint64_t count = 0;
    for (std::filesystem::directory_iterator entry{"/proc/self/fd", error}, end; !error && entry != end;
         entry.increment(error)) {
        ++count;
    }
    return count;
}

std::uint64_t count_ports() {
    std::ifstream file{"/proc/sys/net/ipv4/ip_local_port_range"};
    std::uint64_t first = 0, last = 0;
    return file >> first >> last && first <= last ? last - first + 1 : 0;
}

/// Streams that are certain to be open at a time.
struct Demand {
    std::uint64_t streams = 0;
    std::string phase;
};

Demand most_streams(const Scenario& scenario) {
    Demand most;
    for (const auto& phase : scenario.load) {
        const auto* shape = std::get_if<scenarios::ClosedLoop>(&phase.shape);
        if (shape == nullptr) continue;
        const std::uint64_t users = user_count(*shape, phase.duration);
        if (users > most.streams) most = {users, phase.name};
    }
    for (const auto& cap : {scenario.connections.max, scenario.limits.requests})
        if (cap) most.streams = std::min(most.streams, *cap);
    return most;
}

/// Share of the streams for each address that is certain to be dialled: a name may have several.
std::map<std::pair<std::string, std::uint16_t>, double> dialled_addresses(const Scenario& scenario) {
    std::map<std::pair<std::string, std::uint16_t>, double> shares;
    for (const auto& target : scenario.targets) {
        const auto& host = target.connect_to ? target.connect_to->host : target.url.host;
        const auto port = target.connect_to ? target.connect_to->port : target.url.port;
        boost::system::error_code is_a_name;
        boost::asio::ip::make_address(host, is_a_name);
        if (!is_a_name) shares[{host, port}] += target.share;
    }
    return shares;
}

std::string describe_missing_files(const Demand& demand, std::uint64_t own, std::uint64_t limit) {
    const std::uint64_t needed = demand.streams + own;
    const std::string cap =
        limit > own ? fmt::format("set `connections.max: {}`", limit - own) : "lower the load";
    return fmt::format(
        "phase `{}` needs {} open files ({} streams and {} of the program's own), but this process may have "
        "{}, its hard limit; raise it (as root: `prlimit --pid $$ --nofile={}`, then `ulimit -n {}`), or {}",
        demand.phase, with_commas(needed), with_commas(demand.streams), own, with_commas(limit), needed,
        needed, cap);
}

std::string describe_missing_ports(const Demand& demand, std::uint64_t streams, const std::string& host,
                                   std::uint16_t port, std::uint64_t ports_of_one, std::uint64_t limit) {
    const std::uint64_t addresses = (streams + ports_of_one - 1) / ports_of_one;
    std::string example;
    if (host.starts_with("127.")) {
        for (std::uint64_t i = 0; i < std::min<std::uint64_t>(addresses, 4); ++i)
            example += fmt::format("{}127.0.0.{}", i == 0 ? "" : ", ", i + 2);
        example = fmt::format(", such as `[{}{}]`", example, addresses > 4 ? ", ..." : "");
    }
    return fmt::format(
        "phase `{}` needs {} connections to {}:{}, but this machine has ephemeral ports for {} "
        "(net.ipv4.ip_local_port_range, for each source address); name {} addresses of this machine in "
        "`connections.source_addresses`{}, or set `connections.max: {}`",
        demand.phase, with_commas(streams), host, port, with_commas(limit), addresses, example, limit);
}

bool is_of_this_machine(const std::string& text) {
    const tcp::endpoint address{boost::asio::ip::make_address(text), 0};
    const int descriptor = ::socket(address.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return errno != EAFNOSUPPORT;
    const bool bound = ::bind(descriptor, address.data(), static_cast<socklen_t>(address.size())) == 0;
    ::close(descriptor);
    return bound;
}

}  // namespace

MachineLimits claim_machine() {
    MachineLimits limits;
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
        ::getrlimit(RLIMIT_NOFILE, &files);
        limits.descriptors = files.rlim_cur;
    }
    limits.descriptors_in_use = count_open_files();
    limits.ports = count_ports();
    return limits;
}

std::uint64_t port_limit(const Scenario& scenario, const MachineLimits& limits) {
    return limits.ports * std::max<std::uint64_t>(1, scenario.connections.source_addresses.size());
}

std::vector<std::string> missing_resources(const Scenario& scenario, unsigned workers,
                                           const MachineLimits& limits) {
    std::vector<std::string> missing;
    const Demand demand = most_streams(scenario);
    const std::uint64_t own =
        limits.descriptors_in_use + workers * descriptors_per_worker + descriptors_per_run;
    if (demand.streams > 0 && limits.descriptors > 0 && demand.streams + own > limits.descriptors)
        missing.push_back(describe_missing_files(demand, own, limits.descriptors));
    const std::uint64_t ports = port_limit(scenario, limits);
    for (const auto& [address, share] : dialled_addresses(scenario)) {
        const auto streams =
            static_cast<std::uint64_t>(std::llround(share * static_cast<double>(demand.streams)));
        if (ports == 0 || streams <= ports) continue;
        missing.push_back(
            describe_missing_ports(demand, streams, address.first, address.second, limits.ports, ports));
    }
    return missing;
}

std::vector<std::string> missing_source_addresses(const Scenario& scenario) {
    std::vector<std::string> missing;
    for (const auto& address : scenario.connections.source_addresses) {
        if (is_of_this_machine(address)) continue;
        missing.push_back(
            fmt::format("`connections.source_addresses` names {}, which is no address of this machine; `ip "
                        "address` lists "
                        "those it has",
                        address));
    }
    return missing;
}

std::vector<std::string> all_missing(const Scenario& scenario, unsigned workers) {
    auto missing = missing_resources(scenario, workers, claim_machine());
    for (auto& sentence : missing_source_addresses(scenario))
        missing.push_back(std::move(sentence));
    return missing;
}

}  // namespace streamgauge::load
