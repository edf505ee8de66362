import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flawOf, lacksPairs } from '../../../ci/proxy_lab/flaw.mjs'

const summary = ({ checks = [], gap = 20.1, late = 0.2 } = {}) => ({
  validity: { valid: checks.length === 0, checks },
  groups: [{ target: 'direct', phase: '', metrics: { max_gap: { mean_ns: gap * 1e6 }, e2e: { min_ns: 4239e6, mean_ns: (4239 + late) * 1e6 } } }],
})
const invalid = name => ({ name, state: 'invalid', figure: 'p99 20ms (limit 10ms)' })

test('a quiet run has no flaw', () => assert.equal(flawOf(summary(), ''), ''))

test('what streamgauge calls invalid is a flaw, but for blurred tokens and requests sent late', () => {
  assert.equal(flawOf(summary({ checks: [invalid('core_wait'), invalid('uncertain_tokens')] }), ''), 'core wait: p99 20ms (limit 10ms)')
  assert.equal(flawOf(summary({ checks: [invalid('uncertain_tokens'), invalid('send_lag')] }), ''), '')
})

test('a direct path that stalls shows a busy machine', () => {
  assert.match(flawOf(summary({ gap: 80 }), ''), /direct path stalled by 60ms \(limit 50ms\)/)
  assert.match(flawOf(summary({ late: 55 }), ''), /stalled by 55ms/)
  assert.equal(flawOf(summary({ gap: 60, late: 5 }), ''), '')
})

test('a run without a summary says what the program said', () => {
  assert.equal(flawOf(undefined, 'scenario.yaml:3:1: error: no\nmore\nyet more'), 'the run left no summary. scenario.yaml:3:1: error: no more')
})

test('one cell with too few pairs spoils a run', () => {
  assert.ok(lacksPairs({ comparisons: [{ pairs: 12 }, { pairs: 9 }] }))
  assert.ok(!lacksPairs({ comparisons: [{ pairs: 10 }] }))
})

test('hold that the send stamps do not show is the machine\'s', () => {
  const held = stampedMs => ({
    ...summary(),
    groups: [...summary().groups, { target: 'front', phase: '', metrics: { hold: { percentiles: [{ quantile: 0.5, value_ns: stampedMs * 1e6 }] } } }],
    comparisons: [{ target: 'front', phase: '', verdict: 'holds', pairs: 14 }],
  })
  assert.match(flawOf(held(0.2), ''), /pairs show hold at front where the send stamps show none/)
  assert.equal(flawOf(held(150), ''), '')
  const passing = { ...held(0.2), comparisons: [{ target: 'front', phase: '', verdict: 'passes', pairs: 14 }] }
  assert.equal(flawOf(passing, ''), '')
})
