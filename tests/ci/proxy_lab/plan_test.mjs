import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRuns, targetsOf } from '../../../ci/proxy_lab/plan.mjs'
import { configurations, runs, startedFronts } from './made_report.mjs'

test('a run compares the fronts of a product with the direct path', () => {
  const [nginx] = runs
  assert.equal(nginx.name, 'nginx')
  assert.deepEqual(targetsOf(nginx).map(({ key, port, tls }) => [key, port, tls]), [
    ['direct', 1000, false], ['nginx-buffering-http10-h1', 1001, false], ['nginx-buffering-http10-h1-tls', 1002, true],
    ['nginx-streaming-h1', 1003, false], ['nginx-streaming-h1-tls', 1004, true],
  ])
})

test('of two in a row the hops are compared, each front by itself', () => {
  const chains = runs.filter(({ hops }) => hops)
  assert.deepEqual(chains.map(({ hops }) => hops.map(({ port }) => port)), [[1006, 1001, 1000], [1007, 1001, 1000]])
})

test('every front is in one cell', () => {
  const keys = runs.flatMap(({ cells }) => cells.map(({ target }) => target.key))
  assert.equal(keys.length, 7)
  assert.equal(new Set(keys).size, 7)
})

test('the longest run comes first', () => {
  const lengths = runs.map(run => targetsOf(run).length)
  assert.deepEqual(lengths, [...lengths].sort((a, b) => b - a))
})

test('a front that was not started is named', () => {
  const fronts = new Map(startedFronts)
  fronts.delete('varnish/gzip.vcl')
  assert.throws(() => planRuns(configurations, fronts), /varnish\/gzip\.vcl has no h1 front/)
})
