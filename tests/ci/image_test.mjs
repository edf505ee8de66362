// The Dockerfile, as far as it can be looked at without a daemon.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = path => readFileSync(join(root, path), 'utf8')
const [, build, image] = read('ci/docker/Dockerfile').split(/^FROM .*\n/m)
const rules = read('ci/docker/Dockerfile.dockerignore').split('\n').filter(line => line !== '' && !line.startsWith('#'))
const taken = rules.filter(rule => rule.startsWith('!')).map(rule => rule.slice(1))

test('the context is what the build reads, and no more', () => {
  assert.equal(rules[0], '*')
  const used = [...read('CMakeLists.txt').matchAll(/^(?:add_subdirectory|include)\((\w+)[/)]/gm)].map(([, folder]) => folder)
  assert.ok(used.includes('bench') && used.includes('ci'), used.join(' '))
  for (const name of [...used, 'CMakeLists.txt', 'CMakePresets.json', 'README.md']) assert.ok(taken.includes(name), name)
  for (const name of taken.filter(name => name !== 'LICENSE')) assert.ok(existsSync(join(root, name)), name)
  for (const rule of ['**/node_modules', 'report/web/dist']) assert.ok(rules.indexOf(rule) > rules.lastIndexOf('!report'), rule)
})

test('what the build needs stands in ci/install alone', () => {
  assert.match(build, /^RUN ci\/install --package$/m)
  assert.match(build, /^RUN ci\/package$/m)
  assert.ok(!build.includes('apt-get'))
})

test('the image runs the program, as a user who is not root', () => {
  assert.match(image, /^USER [1-9]\d*:[1-9]\d*$/m)
  assert.match(image, /^ENTRYPOINT \["streamgauge"\]$/m)
  assert.ok(image.indexOf('\nUSER ') > image.lastIndexOf('\nRUN '))
})
