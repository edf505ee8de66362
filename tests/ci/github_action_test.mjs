// The action's scripts, run by bash as a runner would, with a program that writes down its arguments.
import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { FakePrograms, action, actionStep, githubShell, hostileTexts } from './shell_parts.mjs'

const fakes = new FakePrograms()
after(() => fakes.remove())
const program = fakes.add('program')

function run(inputs) {
  const GITHUB_OUTPUT = join(fakes.folder, 'output')
  writeFileSync(GITHUB_OUTPUT, '')
  const result = fakes.run(githubShell, actionStep('run'),
    { PROGRAM: program, SCENARIO: 'chat.yaml', OUT: 'run', CHANGES: '', EXPORT: '', GITHUB_OUTPUT, ...inputs })
  return { ...result, given: fakes.called('program'), output: readFileSync(GITHUB_OUTPUT, 'utf8') }
}

test('no script holds an expression: inputs come as variables', () => {
  assert.ok(actionStep('run').includes('"$PROGRAM" run'))
  assert.ok(actionStep('install').includes('/../package'))
  for (const step of ['install', 'run']) assert.ok(!actionStep(step).includes('${{'), step)
})

test('every input reaches the environment of the step', () => {
  const inputs = [...action.slice(action.indexOf('inputs:'), action.indexOf('outputs:')).matchAll(/^ {2}(\w+):$/gm)]
  assert.equal(inputs.length, 5)
  for (const [, name] of inputs) assert.match(action, new RegExp(`^ {8}[A-Z]+: \\$\\{\\{ inputs\\.${name} \\}\\}$`, 'm'))
})

test('a plain run', () => {
  const { status, given, output } = run({})
  assert.equal(status, 0)
  assert.deepEqual(given, ['run', 'chat.yaml', '--out=run'])
  assert.equal(output, 'status=0\n')
})

test('changes come one a line, exports as they are', () => {
  const { given } = run({ CHANGES: 'seed=7\nload.peak.for=5s\n', EXPORT: 'junit,csv' })
  assert.deepEqual(given, ['run', 'chat.yaml', '--out=run', '--set=seed=7', '--set=load.peak.for=5s', '--export=junit,csv'])
})

test('the status of the run is that of the step', () => {
  const { status, output } = run({ STATUS: '3' })
  assert.equal(status, 3)
  assert.equal(output, 'status=3\n')
})

test('an input stays one word whatever is in it', () => {
  for (const text of hostileTexts(fakes.trap)) {
    const { given, output } = run({ SCENARIO: text, OUT: text, EXPORT: text })
    assert.deepEqual(given, ['run', text, `--out=${text}`, `--export=${text}`])
    assert.equal(output, 'status=0\n')
    const lines = text.split('\n').filter(line => line !== '')
    assert.deepEqual(run({ CHANGES: text }).given.slice(3), lines.map(line => `--set=${line}`))
    assert.ok(!existsSync(fakes.trap), text)
  }
})

test('an input is never taken for an option', () => {
  const { given } = run({ SCENARIO: '--help', OUT: '--help', CHANGES: '--help', EXPORT: '--help' })
  assert.deepEqual(given, ['run', './--help', '--out=--help', '--set=--help', '--export=--help'])
})

/** The first step in a checkout whose ci/package makes a file that is named like a package. */
function install(variables) {
  const checkout = join(fakes.folder, 'check out')
  mkdirSync(join(checkout, 'ci', 'github'), { recursive: true })
  const script = join(checkout, 'ci', 'package')
  writeFileSync(script, '#!/bin/bash\nmkdir "$1"\ntouch "$1/streamgauge_1_all.deb"\n')
  chmodSync(script, 0o755)
  fakes.add('sudo', '"$@"')
  fakes.add('apt-get')
  return fakes.run(githubShell, actionStep('install'), { GITHUB_ACTION_PATH: join(checkout, 'ci', 'github'), ...variables })
}

test('a program of the user is not installed over', () => {
  assert.equal(install({ PROGRAM: './build/streamgauge' }).status, 0)
  assert.equal(fakes.called('apt-get'), undefined)
})

const skip = fakes.run(['bash'], 'command -v streamgauge').status === 0 ? 'streamgauge is installed here' : false
test('a program that is not there is packed and installed', { skip }, () => {
  const { status, stderr } = install({ PROGRAM: 'streamgauge' })
  assert.equal(status, 0, stderr)
  const [install_, yes, file] = fakes.called('apt-get')
  assert.deepEqual([install_, yes], ['install', '--yes'])
  assert.match(file, /\/streamgauge_1_all\.deb$/)
})

test('a program that is there is taken', () => {
  fakes.add('streamgauge')
  fakes.add('apt-get', 'exit 1')
  assert.equal(install({ PROGRAM: 'streamgauge', STATUS: '1' }).status, 0)
})
