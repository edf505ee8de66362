// Every shell script of ci/, and those inside what users copy, in the eyes of shellcheck.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { actionStep, pipelineScript, templateScript } from './shell_parts.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const skip = spawnSync('shellcheck', ['--version']).error ? 'shellcheck is not here' : false

function check(args, input) {
  // 2317: functions that are called by their names in variables look as if nothing reached them.
  const { status, stdout } = spawnSync('shellcheck', ['--exclude', 'SC2317', ...args], { cwd: root, input, encoding: 'utf8' })
  assert.equal(status, 0, stdout)
}

const scripts = ['ci', '.ci'].flatMap(folder => readdirSync(join(root, folder), { withFileTypes: true })
  .filter(entry => entry.isFile()).map(entry => join(folder, entry.name)))
  .filter(path => /^#!.*\b(ba)?sh\n/.test(readFileSync(join(root, path), 'utf8')))

test('the scripts of this repository', { skip }, () => {
  assert.ok(scripts.includes('ci/test') && scripts.includes('ci/package') && scripts.includes('.ci/run'), scripts.join(' '))
  check(['--external-sources', ...scripts])
})

test('the scripts that others copy', { skip }, () => {
  for (const step of ['install', 'run']) check(['--shell', 'bash', '-'], actionStep(step))
  check(['--shell', 'sh', '-'], templateScript())
  check(['--shell', 'sh', '-'], pipelineScript())
})
