import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { readConfigurations, readFronts, rowsOf } from '../../../ci/proxy_lab/tables.mjs'
import { configurations } from './made_report.mjs'

const proxies = new URL('../../../scenarios/proxies/', import.meta.url)
const read = name => readFileSync(new URL(name, proxies), 'utf8')

test('notes and empty lines are no rows', () => {
  assert.deepEqual(rowsOf('# note\n\na\tb\n'), [['a', 'b']])
})

test('a configuration has a name without the ending of its file', () => {
  const [first, , varnish, chain] = configurations
  assert.equal(first.name, 'nginx/buffering-http10')
  assert.deepEqual(first.expected, { h1: { name: 'block', parameter: 4096 }, h1_tls: { name: 'block', parameter: 16384 } })
  assert.deepEqual(Object.keys(varnish.expected), ['h1'])
  assert.deepEqual(chain.hops, ['nginx/streaming', 'nginx/buffering-http10'])
  assert.equal(chain.name, 'nginx/streaming > nginx/buffering-http10')
  assert.equal(chain.holds, 'nginx/buffering-http10')
})

test('fronts come with their ports', () => {
  assert.deepEqual(readFronts('a\th1\t1\na\th1_tls\t2\n'), new Map([['a', { h1: 1, h1_tls: 2 }]]))
})

test('the tables list every template, and nothing else', () => {
  const listed = readConfigurations(read('configurations.tsv'), read('chains.tsv'))
  const alone = listed.filter(({ hops }) => hops.length === 1).map(({ id }) => id)
  const templates = readdirSync(proxies, { withFileTypes: true }).filter(entry => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(new URL(`${name}/`, proxies)).map(file => `${name}/${file}`))
  assert.deepEqual([...alone].sort(), templates.sort())
  for (const { id, hops, holds } of listed.filter(({ hops }) => hops.length > 1)) {
    for (const part of id.split(' > ')) assert.ok(alone.includes(part), part)
    assert.ok(hops.includes(holds), holds)
  }
})
