// What was found in one cell of the matrix, and whether it is what was expected.
import { kindInWords, kindOf, matches } from './kind.mjs'
import { fewestPairs } from './scenario.mjs'

const ms = figure => figure && { value: figure.value_ns / 1e6, low: figure.low_ns / 1e6, high: figure.high_ns / 1e6 }

const ofAllPhases = (list, key) => list?.find(({ target, phase }) => target === key && !phase)

/** Of two in a row what mends it stands at the hop that holds. */
function remedyOf(cell, summary) {
  const target = summary.hops?.holds ?? cell.target.key
  const first = ofAllPhases(summary.groups, target)?.remedies?.[0]
  return first && { product: first.product, text: first.text, snippet: first.snippet, source: first.source }
}

/** Of two in a row the name of the one that holds tokens back, which may be `none`. */
function holderOf(cell, { summary, run }) {
  if (cell.configuration.hops.length === 1) return undefined
  const index = run.hops.findIndex(({ key }) => key === summary.hops?.holds)
  return cell.configuration.hops[index] ?? 'none'
}

function figuresOf(cell, result) {
  const { summary } = result
  const group = ofAllPhases(summary.groups, cell.target.key)
  if (!group) return { reason: 'no request was answered' }
  const pair = ofAllPhases(summary.comparisons, cell.target.key)
  const found = kindOf(group.buffering.verdict)
  const figures = {
    found, evidence: group.buffering.verdict.evidence, pairs: pair?.pairs ?? 0, pair_verdict: pair?.verdict,
    ttft_added_ms: ms(pair?.ttft_added), lag_ms: ms(pair?.lag), hold_p95_ms: ms(pair?.hold_p95),
    remedy: remedyOf(cell, summary), holds: holderOf(cell, result),
  }
  if (figures.pairs < fewestPairs) figures.reason = `only ${figures.pairs} pairs count, of ${fewestPairs} or more that are needed`
  if (found.name === 'insufficient') figures.reason = figures.evidence
  return figures
}

/** What contradicts the expectation; empty when nothing does. */
function faultsOf(cell, figures) {
  const expected = cell.configuration.expected[cell.front]
  const faults = []
  if (!matches(expected, figures.found)) faults.push(`found ${kindInWords(figures.found)}, expected ${kindInWords(expected)}`)
  const holds = figures.pair_verdict === 'holds'
  if (holds !== (expected.name !== 'none')) {
    faults.push(holds ? 'the pairs show hold, which is not expected' : 'the pairs show no hold, which is expected')
  }
  const { holds: hop } = cell.configuration
  if (hop && figures.holds !== hop) faults.push(`the hop that holds is ${figures.holds}, expected ${hop}`)
  return faults
}

/**
 * The cell's part of the report, from the result of its run. `state` is right, wrong or not measured; `reason` says
 * why it is not right.
 */
export function judgeCell(cell, result) {
  const expected = cell.configuration.expected[cell.front]
  if (result.flaw !== '') return { state: 'not measured', expected, reason: result.flaw }
  const figures = figuresOf(cell, result)
  if (figures.reason) return { state: 'not measured', expected, ...figures }
  const faults = faultsOf(cell, figures)
  if (faults.length > 0) return { state: 'wrong', expected, ...figures, reason: faults.join('; ') }
  return { state: 'right', expected, ...figures }
}
