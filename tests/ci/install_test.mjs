// What ci/install installs, against what the build looks for: a machine that has all of it hides what is missing.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = path => readFileSync(join(root, path), 'utf8')
const script = read('ci/install')

/** The words of an array of the script. */
function list(name) {
  const [, words] = script.match(new RegExp(`^${name}=\\(([^)]*)\\)`, 'm'))
  return words.trim().split(/\s+/)
}

/** Which package has what CMake looks for. Boost and Node come by steps of their own; Threads is of the compiler. */
const packages = {
  OpenSSL: 'libssl-dev', ZLIB: 'zlib1g-dev', 'yaml-cpp': 'libyaml-cpp-dev', fmt: 'libfmt-dev', simdjson: 'libsimdjson-dev',
  CLI11: 'libcli11-dev', PkgConfig: 'pkg-config', GTest: 'libgtest-dev', benchmark: 'libbenchmark-dev', LibXml2: 'libxml2-dev',
  libbrotlidec: 'libbrotli-dev', libbrotlienc: 'libbrotli-dev', libzstd: 'libzstd-dev', Boost: '', Threads: '',
}

/** What the build looks for, as its lists say: name -> where. */
function wanted() {
  const found = new Map()
  const lists = spawnSync('find', ['.', '-name', 'CMakeLists.txt', '-not', '-path', '*/node_modules/*', '-not', '-path', './build/*'],
    { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n')
  for (const path of lists) {
    const text = read(path)
    for (const [, name] of text.matchAll(/^\s*find_package\(([\w-]+)/gm)) found.set(name, path)
    for (const [, names] of text.matchAll(/^\s*pkg_check_modules\(\w+ (?:REQUIRED |IMPORTED_TARGET )*([^)]*)\)/gm)) {
      for (const name of names.split(/\s+/)) found.set(name.replace(/[<>=].*/, ''), path)
    }
  }
  return found
}

test('a package stands in the list for everything the build looks for', () => {
  const found = wanted()
  assert.ok(found.has('LibXml2') && found.has('libzstd') && found.has('fmt'), [...found.keys()].join(' '))
  for (const [name, path] of found) {
    assert.ok(name in packages, `${path} looks for ${name}: say here which package has it, and add that to ci/install`)
    // The demo configures with the tests; the package without.
    const listed = path.startsWith('./tests/') || path.includes('/micro/') || name === 'GTest' ? [...list('packages'), ...list('tests')] : list('packages')
    if (packages[name] !== '') assert.ok(listed.includes(packages[name]), `${packages[name]} for ${path} is not in ci/install`)
  }
})

test('every purpose that configures with the tests installs what they look for', () => {
  for (const purpose of ['demo', 'test', 'real-llm']) {
    assert.match(script, new RegExp(`^${purpose}\\)\\s+packages\\+=\\(\\s*"\\$\\{tests\\[@\\]\\}"`, 'm'), purpose)
  }
})

test('an unknown purpose is refused, with those that are known', () => {
  const { status, stderr } = spawnSync(join(root, 'ci/install'), ['--everything'], { encoding: 'utf8' })
  assert.equal(status, 1)
  for (const purpose of ['--demo', '--test', '--package', '--real-llm']) assert.ok(stderr.includes(purpose), stderr)
})
