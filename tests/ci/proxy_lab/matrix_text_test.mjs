import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matrixText } from '../../../ci/proxy_lab/matrix_text.mjs'
import { makeReport } from '../../../ci/proxy_lab/report.mjs'
import { configurations, facts, resultsOf } from './made_report.mjs'

const lines = results => matrixText(makeReport(configurations, results, facts)).split('\n')

test('every front has a line with its figures', () => {
  const text = lines(resultsOf())
  assert.ok(text.includes('  nginx/buffering-http10      h1          +301ms     0.3ms     280ms  blocks of 4096 B    [1]'))
  assert.ok(text.includes('                              h1+TLS      +301ms     0.3ms     280ms  blocks of 16384 B   [1]'))
  assert.ok(text.includes('  nginx/streaming             h1          +0.2ms     0.3ms     0.1ms  none'))
  assert.equal(text.filter(line => line.includes('varnish/gzip')).length, 1)
  assert.ok(text.includes('  nginx/streaming > nginx/buffering-http10, held by nginx/buffering-http10'))
  assert.match(text.join('\n'), /h2 fronts: not measured/)
})

test('no line is wider than 100 columns, whatever a remedy says', () => {
  const results = resultsOf((key, group) => {
    for (const remedy of group.remedies) remedy.text = 'many words '.repeat(40)
    if (key.includes('streaming')) group.buffering.verdict = { kind: 'timer_or_window' }
  })
  results[0].flaw = 'a long reason '.repeat(20)
  for (const line of lines(results)) assert.ok(line.length <= 100, line)
})

test('wrong cells and those not measured are named at the end', () => {
  const results = resultsOf((key, group) => { if (key === 'varnish-gzip-h1') group.buffering.verdict = { kind: 'full' } })
  results.find(({ run }) => run.name === 'nginx').flaw = 'send lag: p99 20ms'
  const text = lines(results).join('\n')
  assert.match(text, /varnish\/gzip h1: found full, expected compression/)
  assert.match(text.replace(/\s+/g, ' '), /nginx\/streaming h1, nginx\/streaming h1\+TLS: send lag: p99 20ms/)
  assert.match(text, /^✗ varnish\/gzip .* full +\[1\]$/m)
  assert.match(text, /^\? nginx\/streaming .* not measured$/m)
})

test('what a server sent cannot command the terminal', () => {
  const text = lines(resultsOf((_, group) => { for (const remedy of group.remedies) remedy.product = '\u001b[2Jx' })).join('\n')
  assert.equal(text.includes('\u001b'), false)
})
