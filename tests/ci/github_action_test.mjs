// The action's script, run by bash as a runner would, with a program that writes down its arguments.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const action = readFileSync(fileURLToPath(new URL('../../ci/github/action.yml', import.meta.url)), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'streamgauge-action-'))
after(() => rmSync(folder, { recursive: true }))

const lines = action.split('\n')
const begin = lines.indexOf('      run: |')
const script = lines.slice(begin + 1).map(line => line.replace(/^ {8}/, '')).join('\n')

const program = join(folder, 'program')
writeFileSync(program, '#!/bin/bash\nprintf "%s\\n" "$@" >"$ARGUMENTS"\nexit "${STATUS:-0}"\n')
chmodSync(program, 0o755)

function run(inputs) {
  const ARGUMENTS = join(folder, 'arguments')
  const GITHUB_OUTPUT = join(folder, 'output')
  writeFileSync(GITHUB_OUTPUT, '')
  const env = { PATH: process.env.PATH, PROGRAM: program, SCENARIO: 'chat.yaml', OUT: 'run', CHANGES: '', EXPORT: '',
    ARGUMENTS, GITHUB_OUTPUT, ...inputs }
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script],
    { env, cwd: folder, encoding: 'utf8' })
  const given = readFileSync(ARGUMENTS, 'utf8').trimEnd().split('\n')
  return { status, stderr, given, output: readFileSync(GITHUB_OUTPUT, 'utf8') }
}

test('the script holds no expression: inputs come as variables', () => {
  assert.ok(begin > 0)
  assert.ok(script.includes('"$PROGRAM" run'))
  assert.ok(!script.includes('${{'))
})

test('every input reaches the environment of the step', () => {
  const inputs = [...action.slice(action.indexOf('inputs:'), action.indexOf('outputs:')).matchAll(/^ {2}(\w+):$/gm)]
  assert.equal(inputs.length, 5)
  for (const [, name] of inputs) assert.match(action, new RegExp(`^ {8}[A-Z]+: \\$\\{\\{ inputs\\.${name} \\}\\}$`, 'm'))
})

test('a plain run', () => {
  const { status, given, output } = run({})
  assert.equal(status, 0)
  assert.deepEqual(given, ['run', 'chat.yaml', '--out', 'run'])
  assert.equal(output, 'status=0\n')
})

test('changes come one a line, exports as they are', () => {
  const { given } = run({ CHANGES: 'seed=7\nload.peak.for=5s\n', EXPORT: 'junit,csv' })
  assert.deepEqual(given, ['run', 'chat.yaml', '--out', 'run', '--set', 'seed=7', '--set', 'load.peak.for=5s',
    '--export', 'junit,csv'])
})

test('the status of the run is that of the step', () => {
  const { status, output } = run({ STATUS: '3' })
  assert.equal(status, 3)
  assert.equal(output, 'status=3\n')
})

test('an input stays one word whatever is in it', () => {
  const trap = join(folder, 'trap')
  const hostile = `x"; touch ${trap}; $(touch ${trap}) \`touch ${trap}\` ' * --quiet`
  const { given } = run({ SCENARIO: hostile, OUT: hostile, CHANGES: hostile, EXPORT: hostile })
  assert.deepEqual(given, ['run', hostile, '--out', hostile, '--set', hostile, '--export', hostile])
  assert.ok(!existsSync(trap))
})
