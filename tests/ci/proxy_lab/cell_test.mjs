import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeCell } from '../../../ci/proxy_lab/cell.mjs'
import { runs, summaryOf } from './made_report.mjs'

/** The cell of one target when `change` has altered what was found. */
function judged(key, change, { flaw = '', alter = () => {} } = {}) {
  const run = runs.find(({ cells }) => cells.some(({ target }) => target.key === key))
  const summary = summaryOf(run, (each, group, pair) => each === key && change?.(group, pair))
  alter(summary)
  return judgeCell(run.cells.find(({ target }) => target.key === key), { run, summary, flaw })
}

const held = 'nginx-buffering-http10-h1'
const streaming = 'nginx-streaming-h1'
const chain = 'nginx-streaming-nginx-buffering-http10-h1'

test('what was expected is right, with its figures in ms', () => {
  const cell = judged(held)
  assert.equal(cell.state, 'right')
  assert.deepEqual(cell.found, { name: 'block', parameter: 4096 })
  assert.deepEqual(cell.ttft_added_ms, { value: 301, low: 270.9, high: 331.1 })
  assert.equal(cell.hold_p95_ms.value, 280)
  assert.equal(cell.remedy.product, 'nginx')
  assert.equal(judged(streaming).state, 'right')
})

test('another kind is wrong, and said with what was expected', () => {
  const cell = judged(held, group => { group.buffering.verdict = { kind: 'block', block_bytes: 8192 } })
  assert.equal(cell.state, 'wrong')
  assert.match(cell.reason, /found blocks of 8192 B, expected blocks of 4096 B/)
})

test('pairs that contradict the kind make a cell wrong', () => {
  assert.match(judged(held, (_, pair) => { pair.verdict = 'passes' }).reason, /pairs show no hold/)
  assert.match(judged(streaming, (_, pair) => { pair.verdict = 'holds' }).reason, /pairs show hold/)
})

test('too few pairs, an undecided verdict, no answer and a spoilt run are not measured', () => {
  assert.match(judged(held, (_, pair) => { pair.pairs = 9 }).reason, /only 9 pairs/)
  const undecided = group => { group.buffering.verdict = { kind: 'insufficient', evidence: '2 events are too few' } }
  assert.match(judged(held, undecided).reason, /2 events are too few/)
  assert.match(judged(held, group => { group.target = 'other' }).reason, /no request was answered/)
  const spoilt = judged(held, undefined, { flaw: 'send lag: p99 20ms' })
  assert.deepEqual([spoilt.state, spoilt.reason], ['not measured', 'send lag: p99 20ms'])
  for (const change of [(_, pair) => { pair.pairs = 9 }, undecided]) assert.equal(judged(held, change).state, 'not measured')
})

test('of two in a row the hop that holds is named, with its remedy', () => {
  const behind = 'nginx-buffering-http10-h1'
  const alter = summary => { summary.groups.find(({ target }) => target === behind).remedies[0].product = 'the inner one' }
  const cell = judged(chain, undefined, { alter })
  assert.equal(cell.state, 'right')
  assert.equal(cell.holds, 'nginx/buffering-http10')
  assert.equal(cell.remedy.product, 'the inner one')
})

test('blaming the other hop, or none, is wrong', () => {
  const blame = holds => judged(chain, undefined, { alter: summary => { summary.hops.holds = holds } })
  assert.match(blame(chain).reason, /hop that holds is nginx\/streaming, expected nginx\/buffering-http10/)
  assert.match(blame(undefined).reason, /hop that holds is none/)
})
