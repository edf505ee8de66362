#include "report/summary/throughput.h"

#include "report/summary/spread.h"

namespace streamgauge::report {

void Throughput::add(const RequestMetrics& request, const PhaseTime& phase) {
    if (request.total) open_ns += phase.overlap(request.start, request.start + *request.total).count();
    if (!request.ttft || !request.e2e) return;
    Spread spread{request.start + *request.ttft, request.start + *request.e2e, request.token_events};
    token_events += spread.between(phase.begin, phase.end);
    spread.count = request.output_tokens.value_or(request.token_events);
    tokens += spread.between(phase.begin, phase.end);
}

void Throughput::merge(const Throughput& other) {
    token_events += other.token_events;
    tokens += other.tokens;
    open_ns += other.open_ns;
}

}  // namespace streamgauge::report
