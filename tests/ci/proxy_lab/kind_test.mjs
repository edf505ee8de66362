import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindInWords, kindOf, matches, parseKind } from '../../../ci/proxy_lab/kind.mjs'

test('kinds are read with their parameter', () => {
  assert.deepEqual(parseKind('block:4096'), { name: 'block', parameter: 4096 })
  assert.deepEqual(parseKind('timer:200ms'), { name: 'timer', parameter: 200 })
  assert.deepEqual(parseKind('none'), { name: 'none' })
})

test('a slip in a table is named', () => {
  for (const text of ['blocks', 'block:4k', 'block:4096ms', 'timer:200', '']) {
    assert.throws(() => parseKind(text), new RegExp(`"${text}"`), text)
  }
})

test('a verdict becomes a kind', () => {
  assert.deepEqual(kindOf({ kind: 'block', block_bytes: 16384 }), { name: 'block', parameter: 16384 })
  assert.deepEqual(kindOf({ kind: 'timer', timer_period_ns: 216e6 }), { name: 'timer', parameter: 216 })
  assert.deepEqual(kindOf({ kind: 'token_window', window_tokens: 8 }), { name: 'token_window', parameter: 8 })
  assert.deepEqual(kindOf({ kind: 'full' }), { name: 'full' })
  assert.deepEqual(kindOf({ kind: 'block' }), { name: 'block' })
})

const fits = (expected, verdict) => matches(parseKind(expected), kindOf(verdict))

test('another kind, another size or no size is no match', () => {
  assert.ok(fits('block:4096', { kind: 'block', block_bytes: 4096 }))
  assert.ok(!fits('block:4096', { kind: 'block', block_bytes: 4104 }))
  assert.ok(!fits('block:4096', { kind: 'block' }))
  assert.ok(!fits('block:4096', { kind: 'block_or_window', block_bytes: 4096 }))
  assert.ok(!fits('none', { kind: 'instant' }))
  assert.ok(fits('block', { kind: 'block', block_bytes: 5000 }))
})

test('a timer may be a seventh longer, no more', () => {
  assert.ok(fits('timer:200ms', { kind: 'timer', timer_period_ns: 225e6 }))
  assert.ok(fits('timer:200ms', { kind: 'timer', timer_period_ns: 199e6 }))
  assert.ok(!fits('timer:200ms', { kind: 'timer', timer_period_ns: 240e6 }))
  assert.ok(!fits('timer:200ms', { kind: 'timer' }))
})

test('people read sizes and periods', () => {
  assert.equal(kindInWords({ name: 'block', parameter: 4096 }), 'blocks of 4096 B')
  assert.equal(kindInWords({ name: 'timer', parameter: 215.9 }), 'timer of 216 ms')
  assert.equal(kindInWords({ name: 'token_window', parameter: 8 }), 'window of 8 tokens')
  assert.equal(kindInWords({ name: 'timer_or_window' }), 'timer or window')
})
