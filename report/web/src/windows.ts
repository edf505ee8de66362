// The windows of a target, from columns back to rows.
import type { Course, Window } from "./run.js";

const ns = (us: number | null | undefined): number | null => (typeof us === "number" ? us * 1e3 : null);

export function windows_of(course: Course): Window[] {
    return course.started.map((started, i) => ({
        target: course.target, start_ns: course.start_ns + i * course.length_ns, length_ns: course.length_ns, started,
        ended: course.ended[i] ?? 0, errors: course.errors[i] ?? 0,
        token_events: course.token_events[i] ?? 0, open_streams: course.open_streams[i] ?? 0,
        ttft_p50_ns: ns(course.ttft_p50_us[i]), ttft_p95_ns: ns(course.ttft_p95_us[i]), ttft_p99_ns: ns(course.ttft_p99_us[i]),
        send_lag_p99_ns: ns(course.send_lag_p99_us[i]), receive_lag_p99_ns: ns(course.receive_lag_p99_us[i]),
    }));
}
