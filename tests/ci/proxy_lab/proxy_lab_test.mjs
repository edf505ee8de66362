import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../../ci/proxy-lab', import.meta.url))
const run = (...args) => spawnSync(script, args, { encoding: 'utf8' })

test('a slip on the command line is named, and nothing is started', () => {
  for (const [args, words] of [
    [['--bogus'], /unknown option '--bogus'; see ci\/proxy-lab --help/], [['--out'], /--out wants a value/],
    [['--program', '/none'], /\/none is no program/],
  ]) {
    const { status, stdout, stderr } = run(...args)
    assert.equal(status, 2)
    assert.match(stderr, words)
    assert.equal(stdout, '')
  }
})

test('the help says what the exit status means', () => {
  const { status, stdout } = run('--help')
  assert.equal(status, 0)
  assert.match(stdout, /^Compares proxy configurations/)
  assert.match(stdout, /usage: ci\/proxy-lab/)
  assert.match(stdout, /Exit status: 0 every cell/)
  assert.doesNotMatch(stdout, /shellcheck|source/)
})
