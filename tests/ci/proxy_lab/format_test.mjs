import assert from 'node:assert/strict'
import { test } from 'node:test'
import { difference, duration, html, printable, wrap } from '../../../ci/proxy_lab/format.mjs'

test('durations are as precise as they mean something', () => {
  for (const [ms, text] of [[0.04, '0ms'], [0.21, '0.2ms'], [9.96, '10ms'], [301.4, '301ms'], [1236, '1.24s'], [-0.3, '-0.3ms']]) {
    assert.equal(duration(ms), text)
  }
  assert.equal(difference(301), '+301ms')
  assert.equal(difference(0.01), '0ms')
})

test('lines break at blanks', () => {
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three'])
  assert.deepEqual(wrap('longerthanthat a', 5), ['longerthanthat', 'a'])
})

test('a terminal gets no commands', () => {
  assert.equal(printable('a\u001b[31mb\u009bc\r\n'), 'a [31mb c  ')
})

test('values in HTML are escaped, templates in templates are not', () => {
  assert.equal(html`<p title="${'"\''}">${'<b>&'}${html`<i>${1}</i>`}${[html`x`, '<']}${undefined}${false}</p>`.text,
    '<p title="&quot;&#39;">&lt;b&gt;&amp;<i>1</i>x&lt;</p>')
})
