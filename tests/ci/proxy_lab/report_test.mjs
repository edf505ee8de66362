import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exitStatus, headline, makeReport, numberRemedies } from '../../../ci/proxy_lab/report.mjs'
import { configurations, facts, resultsOf } from './made_report.mjs'

const report = (change, results = resultsOf(change)) => makeReport(configurations, results, facts)
const key = 'nginx-streaming-h1'
const wrong = (each, group) => { if (each === key) group.buffering.verdict = { kind: 'full' } }

test('a matrix has a cell for every front, and says of h2 that it was not measured', () => {
  const { configurations: rows, cells } = report()
  assert.equal(cells, 7)
  assert.deepEqual(rows.map(({ fronts }) => [fronts.h1.state, fronts.h1_tls.state, fronts.h2.state]), [
    ['right', 'right', 'not measured'], ['right', 'right', 'not measured'],
    ['right', 'absent', 'not measured'], ['right', 'right', 'not measured'],
  ])
})

test('all right ends with 0', () => {
  assert.equal(exitStatus(report()), 0)
  assert.equal(headline(report()), 'All 7 cells are as expected.')
})

test('a wrong cell ends with 1, by its name', () => {
  const made = report(wrong)
  assert.equal(exitStatus(made), 1)
  assert.deepEqual(made.wrong.map(({ configuration, front }) => [configuration, front]), [['nginx/streaming', 'h1']])
  assert.match(headline(made), /Of 7 cells 1 not as expected/)
})

test('what was not measured ends with 3, wrong cells or not', () => {
  const results = resultsOf(wrong)
  results.find(({ run }) => run.name === 'varnish').flaw = 'send lag'
  const made = report(undefined, results)
  assert.equal(exitStatus(made), 3)
  assert.match(headline(made), /1 not as expected, 1 could not be measured/)
})

test('one remedy for many cells has one number', () => {
  const made = report()
  const { remedies, numberOf } = numberRemedies(made)
  assert.equal(remedies.length, 1)
  assert.equal(numberOf(made.configurations[0].fronts.h1_tls), 1)
  assert.equal(numberOf(made.configurations[1].fronts.h1), undefined)
})
