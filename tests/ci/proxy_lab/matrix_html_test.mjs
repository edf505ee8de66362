import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matrixHtml } from '../../../ci/proxy_lab/matrix_html.mjs'
import { makeReport } from '../../../ci/proxy_lab/report.mjs'
import { configurations, facts, resultsOf } from './made_report.mjs'

const page = results => matrixHtml(makeReport(configurations, results, facts))

test('the page needs nothing but itself', () => {
  const text = page(resultsOf())
  assert.match(text, /^<!doctype html>/)
  assert.match(text, /default-src 'none'|default-src &#39;none&#39;/)
  assert.doesNotMatch(text, /<script|src=|@import|url\(|https?:\/\//)
  assert.match(text, /prefers-color-scheme: dark/)
  assert.match(text, /name="viewport"/)
})

test('each row has its three fronts, h2 as not measured', () => {
  const text = page(resultsOf())
  assert.equal(text.match(/<td data-front="h1"/g).length, 4)
  assert.equal(text.match(/<td data-front="h1\+TLS"/g).length, 4)
  assert.equal(text.match(/<td data-front="h2" class="quiet">not measured/g).length, 4)
  assert.match(text, /nginx\/streaming &gt; nginx\/buffering-http10<small>held by nginx\/buffering-http10/)
  assert.match(text, /<strong>blocks of 4096 B<\/strong><a href="#remedy-1">/)
  assert.match(text, /id="remedy-1"/)
  assert.match(text, /\+301ms <small>\+271ms to \+331ms/)
})

test('a wrong cell says what was expected', () => {
  const text = page(resultsOf((key, group) => { if (key === 'varnish-gzip-h1') group.buffering.verdict = { kind: 'full' } }))
  assert.match(text, /class="wrong">\s*<strong>full<\/strong>.*wrong: found full, expected compression/s)
  assert.match(text, /class="verdict bad"/)
})

test('hostile text stays text', () => {
  const hostile = '</style><script>alert(1)</script>"\''
  const results = resultsOf((_, group) => {
    for (const remedy of group.remedies) Object.assign(remedy, { product: hostile, text: hostile, snippet: hostile, source: hostile })
    group.buffering.verdict.evidence = hostile
  })
  results[0].flaw = hostile
  assert.doesNotMatch(page(results), /<script/)
})
