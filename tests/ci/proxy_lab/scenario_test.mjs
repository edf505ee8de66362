import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer, pairs, scenarioText } from '../../../ci/proxy_lab/scenario.mjs'
import { runs } from './made_report.mjs'

const text = name => scenarioText(runs.find(run => run.name === name), '/lab/ca.pem')

test('the direct path is the base of a product', () => {
  assert.match(text('nginx'), /^compare: \{ base: direct, with: \[nginx-buffering-http10-h1, nginx-buffering-http10-h1-tls, /m)
  assert.match(text('nginx'), new RegExp(`^limits: \\{ requests: ${5 * pairs} \\}$`, 'm'))
})

test('hops go from the client to the server', () => {
  assert.match(text('nginx-streaming-nginx-buffering-http10-h1'),
    /^hops: \[nginx-streaming-nginx-buffering-http10-h1, nginx-buffering-http10-h1, direct\]$/m)
})

test('a TLS front is trusted by the authority of the lab alone', () => {
  assert.match(text('nginx'), /url: https:\/\/127\.0\.0\.1:1002\/.*\n.*\n    tls: \{ ca_file: "\/lab\/ca\.pem" \}/)
  assert.equal(text('varnish').includes('ca_file'), false)
})

test('gzip is asked for where the configuration says so, never of the server itself', () => {
  assert.match(text('varnish'), /varnish-gzip-h1:\n(.*\n){2}    accept_encoding: \[gzip\]/)
  assert.equal(text('varnish').match(/accept_encoding/g).length, 1)
  assert.equal(text('nginx').includes('accept_encoding'), false)
})

test('every stream is the same to the last gap, and long enough for five blocks of 16 KiB', () => {
  assert.equal(text('nginx').match(/itl=uniform\(4ms,20ms\); tokens=340;.* request_number=1/g).length, 5)
  assert.ok(answer.tokens * answer.event_size > 5 * 16384)
})
