#pragma once

#include "scenarios/abort_condition.h"
#include "scenarios/expectation.h"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What a scenario file says, as plain values. Every default of the language stands in this header and
/// nowhere else.
namespace streamgauge::scenarios {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

/// A header as the scenario gives it. A value that took anything from `${env:...}` or a file is secret and is
/// masked wherever it would be shown.
struct Header {
    std::string name;
    std::string value;
    bool secret = false;
};

/// An http:// or https:// address, split.
struct Url {
    std::string text;  ///< as written, userinfo removed
    bool tls = false;
    std::string host;  ///< without brackets
    std::uint16_t port = 80;
    std::string path_and_query = "/";
    std::optional<std::string> userinfo;  ///< secret; sent as `Authorization: Basic`
};

struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};

struct TlsOptions {
    std::filesystem::path ca_file;    ///< absolute once loaded; empty: the system's store
    std::string server_name;          ///< SNI and the name verified; empty: the URL's host
    bool insecure = false;            ///< skip verification; only when written
    std::filesystem::path cert_file;  ///< PEM chain shown to the server; absolute once loaded; empty: none
    std::filesystem::path key_file;   ///< its PEM key; absolute once loaded
    bool session_reuse = false;  ///< a new connection resumes an earlier session; else each shakes hands in
                                 ///< full, as new clients do
};

struct Target {
    std::string name;
    Url url;
    std::optional<HostPort> connect_to;  ///< dial this instead of the URL's host
    std::string api = "openai-chat";     ///< one of `api_names()`
    std::vector<Header> headers;
    std::vector<std::string> accept_encoding;  ///< empty: identity
    TlsOptions tls;
    double share = 1.0;  ///< fraction of requests dealt to this target; the shares of a scenario add up to 1
};

/// A distribution of whole numbers (words of a prompt).
struct LengthDistribution {
    enum class Kind { constant, uniform, normal, lognormal };
    Kind kind = Kind::constant;
    double a = 100;  ///< constant: the value; uniform: minimum; normal: mean; lognormal: median
    double b = 0;    ///< uniform: maximum; normal: standard deviation; lognormal: p95
};

struct TextPrompt {
    std::string text;
};
/// A JSONL file: each line a string, or an object with `prompt` (text), or `messages` (sent as they are), and
/// optionally `max_tokens`. Lines are dealt in order, round and round.
struct FilePrompts {
    std::filesystem::path file;  ///< written relative to the scenario file, absolute once loaded
};
struct SyntheticPrompts {
    LengthDistribution words;
    double shared_prefix = 0;  ///< fraction of each prompt that all prompts share
};

struct Workload {
    std::string model = "default";
    std::variant<TextPrompt, FilePrompts, SyntheticPrompts> prompts =
        TextPrompt{"Write one short paragraph about rivers."};
    std::optional<std::uint32_t> max_tokens;
    bool usage = true;            ///< ask the API for token usage where it lets us
    boost::json::object extra{};  ///< merged into the JSON body last
};

/// A value that stays, or goes linearly from `from` to `to` over `over` and stays there.
struct Ramp {
    double from = 0;
    double to = 0;
    nanoseconds over = 0ns;  ///< 0: `to` from the start
};

enum class Arrivals { constant, poisson };

/// Closed loop: so many users, each with one request at a time.
struct ClosedLoop {
    Ramp users;
    nanoseconds think = 0ns;  ///< pause between a user's requests
};
/// Open loop: requests are due at a rate (per second), whether or not earlier ones have ended.
struct OpenLoop {
    Ramp rate;
    Arrivals arrivals = Arrivals::constant;
    std::optional<std::uint64_t> max_in_flight;  ///< a request due beyond it is `not_started`
};

struct LoadPhase {
    std::string name;
    std::variant<ClosedLoop, OpenLoop> shape = ClosedLoop{};
    nanoseconds duration = 10s;  ///< `for`
    bool warmup = false;         ///< shown, but in no figure and no gate
};

struct Limits {
    std::optional<std::uint64_t> requests;
    std::optional<std::uint64_t> output_tokens;
};

struct Connections {
    bool reuse = true;
    std::optional<std::uint64_t> max;  ///< open at once over the whole run; a request waits for one
    /// New ones a second over the whole run, so that many users who start at once do not overflow the
    /// listener's queue; a request waits its turn. Infinite: unpaced.
    double max_rate = 20'000;
    std::vector<std::string> source_addresses;  ///< dial from these in turn; empty: the system chooses
};

struct Timeouts {
    nanoseconds connect = 5s;       ///< name, TCP and TLS together
    nanoseconds first_token = 60s;  ///< from `sent`
    nanoseconds idle = 60s;         ///< no byte of body
    nanoseconds stall = 60s;        ///< no token event
    nanoseconds total = 600s;       ///< from `sent`
};

/// Whether the requests of a pair ask for the same text.
enum class PairPrompts {
    fresh,      ///< of the same length, each begun by words of its own, so that no cached prefix helps
    identical,  ///< the same to the letter
};

/// `compare` or `hops`: every arrival sends one request to each target, one after the other, and their order
/// turns about from arrival to arrival. Rates and limits count requests.
struct Comparison {
    std::uint32_t base = 0;  ///< index into Scenario::targets of the one that the others are compared with
    /// Indices of the others. Of a chain they go outward: the first stands right in front of the base.
    std::vector<std::uint32_t> with;
    bool chain = false;  ///< written as `hops`: each target is reached through the one after it
    PairPrompts prompts = PairPrompts::fresh;
    SourcePosition where;  ///< of the key

    std::uint32_t requests_per_arrival() const { return static_cast<std::uint32_t>(with.size()) + 1; }
};

struct Budgets {
    nanoseconds ttft = 1s;
    nanoseconds gap = 100ms;
    nanoseconds stall = 1s;  ///< a longer gap counts as a stall
};

/// What answers are told apart by: figures are given for each value of the header as well.
struct Label {
    std::string name;
    std::string header;  ///< of the response, in lower case
};

/// An earlier run to compare with.
struct BaselineRun {
    std::string text;              ///< as written
    std::filesystem::path folder;  ///< absolute once loaded
};

/// What a change must at least be to count.
struct BaselineFloor {
    double relative = 0.05;  ///< of the baseline's figure
    nanoseconds time = 2ms;  ///< of durations
    double errors = 0.005;   ///< of `errors`, in shares of all requests
};

/// `baseline`: runs than which this one must not be worse.
struct Baseline {
    std::vector<BaselineRun> runs;  ///< empty: nothing is compared unless the command line names some
    std::vector<std::string> gate{"ttft.p95", "tpot.p95", "errors"};
    BaselineFloor floor;
    SourcePosition where;  ///< of the key
};

struct Scenario {
    int version = 1;
    std::string name = "unnamed";
    std::uint64_t seed = 1;
    std::vector<Target> targets;
    std::optional<Comparison> comparison;  ///< empty: each request goes to one target, by the shares
    Workload workload;
    std::vector<LoadPhase> load;
    nanoseconds drain = 30s;
    Limits limits;
    Connections connections;
    Timeouts timeouts;
    Budgets budgets;
    std::vector<Label> labels;
    std::vector<Expectation> expect;
    std::vector<AbortCondition> abort_when;  ///< any of them ends the run early
    std::optional<Baseline> baseline;

    std::filesystem::path file;  ///< where it was read from; empty for text
    std::string source;  ///< the text before interpolation, kept for the run folder; secrets written out in
                         ///< it are `***`
    std::vector<std::string> secrets;  ///< every secret value, for masking; longest first
};

}  // namespace streamgauge::scenarios
