// Whether the figures of a run count.
import { duration } from './format.mjs'
import { fewestPairs, longestGapMs } from './scenario.mjs'

const undecisive = ['uncertain_tokens', 'send_lag']

/** The direct path shows what the machine itself did: beyond this the pairs would show it as well. */
const stallLimitMs = 50

/** By how long the mean answer of the direct path stood still, or came late, though all are made alike. */
function stallOf(summary) {
  const direct = summary.groups.find(({ target, phase }) => target === 'direct' && !phase)
  const { max_gap: gap, e2e } = direct?.metrics ?? {}
  if (!gap || !e2e) return 0
  return Math.max(0, gap.mean_ns / 1e6 - longestGapMs) + (e2e.mean_ns - e2e.min_ns) / 1e6
}

/** Below this the server's send stamps show no hold. */
const stampedHoldLimitMs = 25

/**
 * The first target whose pairs show hold although the send stamps of most answers show none: then the server, or the
 * direct path that pairs compare with, was late.
 */
function phantomHold(summary) {
  const stamped = key => {
    const group = summary.groups.find(({ target, phase }) => target === key && !phase)
    return group?.metrics?.hold?.percentiles.find(({ quantile }) => quantile === 0.5)?.value_ns / 1e6
  }
  const held = summary.comparisons?.filter(({ phase, verdict }) => !phase && verdict === 'holds') ?? []
  return held.find(({ target }) => stamped(target) < stampedHoldLimitMs)?.target
}

/**
 * Why the figures of a run do not count; empty when they do. `errors` is what the program complained of.
 *
 * Two of streamgauge's own checks do not decide here. Tokens whose arrival the client blurred: what is held to the end
 * comes in one read, so that a single late one blurs a whole stream; such streams are left out of the verdict and of the
 * pairs, of which enough must remain. And requests sent late: lag and hold count from the sending, TTFT added is a median.
 */
export function flawOf(summary, errors) {
  if (!summary) return `the run left no summary. ${errors.split('\n').slice(0, 2).join(' ')}`
  const failed = summary.validity.checks.filter(({ name, state }) => state === 'invalid' && !undecisive.includes(name))
  const flaws = failed.map(({ name, figure }) => `${name.replaceAll('_', ' ')}: ${figure}`)
  const stall = stallOf(summary)
  if (stall > stallLimitMs) flaws.push(`the machine was busy: the direct path stalled by ${duration(stall)} (limit ${stallLimitMs}ms)`)
  const phantom = phantomHold(summary)
  if (phantom) flaws.push(`the machine was busy: pairs show hold at ${phantom} where the send stamps show none`)
  return flaws.join('; ')
}

/** Whether a cell of a run has too few pairs that count, which another run may mend. */
export function lacksPairs(summary) {
  return summary.comparisons?.some(({ pairs }) => pairs < fewestPairs) ?? false
}
