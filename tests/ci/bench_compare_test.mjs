import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ci = fileURLToPath(new URL('../../ci/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'streamgauge-bench-'))
after(() => rmSync(folder, { recursive: true }))

const one = (name, value, scatter = 0, more = {}) =>
  ({ name, unit: 'us', value, min: value - scatter, max: value + scatter, repetitions: 3, ...more })

function run(script, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ci, script), ...args], { encoding: 'utf8' })
  return { status, stdout, stderr, lines: stdout.trimEnd().split('\n') }
}

function file(name, measurements) {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify({ schema: 1, host: {}, measurements }))
  return path
}

function compare(old, now, ...more) {
  return run('bench-compare', file('old.json', old), file('new.json', now), ...more)
}

const verdictOn = (result, name) => result.lines.find(line => line.startsWith(name + ' '))

test('a slower figure is worse, a faster one better', () => {
  const result = compare([one('a/b/c/cpu_per_event', 10), one('a/b/c/rss', 10)], [one('a/b/c/cpu_per_event', 12), one('a/b/c/rss', 8)])
  assert.equal(result.status, 0)
  assert.match(verdictOn(result, 'a/b/c/cpu_per_event'), /\+20\.0 % +WORSE/)
  assert.match(verdictOn(result, 'a/b/c/rss'), /-20\.0 % +better/)
})

test('of rates, ratios and completed streams more is better', () => {
  for (const name of ['x/tokens_per_cpu_second', 'x/bytes_per_second', 'x/ratio_to_floor', 'x/streams_complete']) {
    assert.match(verdictOn(compare([one(name, 10)], [one(name, 12)]), name), /better/, name)
  }
})

test('what the scatter explains is no change', () => {
  const result = compare([one('x/rss', 10, 2)], [one('x/rss', 12, 1)], '--all')
  assert.match(verdictOn(result, 'x/rss'), /same/)
})

test('few repetitions want a large change', () => {
  const few = { repetitions: 1 }
  assert.match(verdictOn(compare([one('x/rss', 10, 0, few)], [one('x/rss', 11.5, 0, few)], '--all'), 'x/rss'), /same/)
  assert.match(verdictOn(compare([one('x/rss', 10, 0, few)], [one('x/rss', 13, 0, few)]), 'x/rss'), /WORSE/)
})

test('a server that was late decides nothing', () => {
  const result = compare([one('x/rss', 10)], [one('x/rss', 20, 0, { disturbed: 1 })])
  assert.match(verdictOn(result, 'x/rss'), /disturbed/)
})

test('ratios to the floor come first and are always shown', () => {
  const result = compare([one('a/rss', 1), one('z/ratio_to_floor', 0.8)], [one('a/rss', 2), one('z/ratio_to_floor', 0.8)])
  assert.ok(result.lines[1].startsWith('z/ratio_to_floor'))
  assert.ok(result.lines[2].startsWith('a/rss'))
})

test('what is new and what is gone is said', () => {
  const result = compare([one('x/old', 1)], [one('x/new', 1)])
  assert.match(verdictOn(result, 'x/old'), /gone/)
  assert.match(verdictOn(result, 'x/new'), /new/)
  assert.match(result.lines.at(-1), /1 new, 1 gone/)
})

test('a file that is none of ours is named', () => {
  const path = join(folder, 'other.json')
  writeFileSync(path, '{}')
  const result = run('bench-compare', path, path)
  assert.equal(result.status, 2)
  assert.match(result.stderr, /other\.json is not a result of ci\/bench/)
  assert.equal(run('bench-compare', join(folder, 'none.json'), path).status, 2)
  assert.equal(run('bench-compare').status, 2)
})

test('results are put together from both kinds of files, without a host name', () => {
  const input = mkdtempSync(join(folder, 'input-'))
  const repetition = cpu_time =>
    ({ run_name: 'decode/1', run_type: 'iteration', cpu_time, real_time: 99, time_unit: 'ns', bytes_per_second: 1e9 / cpu_time })
  writeFileSync(join(input, 'wire.json'), JSON.stringify({
    context: { host_name: 'secret' },
    benchmarks: [repetition(3), repetition(1), repetition(2), { run_name: 'decode/1', run_type: 'aggregate', cpu_time: 2 }],
  }))
  writeFileSync(join(input, 'end_to_end.json'), JSON.stringify({ measurements: [one('drain/ratio_to_floor', 0.8)] }))
  const { status, stdout } = run('bench-merge', input)
  assert.equal(status, 0)
  const merged = JSON.parse(stdout)
  assert.equal(merged.schema, 1)
  assert.ok(merged.host.cores > 0)
  assert.doesNotMatch(stdout, /secret/)
  assert.deepEqual(merged.measurements.map(({ name }) => name),
    ['drain/ratio_to_floor', 'micro/wire/decode/1', 'micro/wire/decode/1/bytes_per_second'])
  assert.deepEqual(merged.measurements[1], { name: 'micro/wire/decode/1', unit: 'ns', value: 2, min: 1, max: 3, repetitions: 3 })
})

test('what a benchmark that was cut short has left is left out, and said so', () => {
  const input = mkdtempSync(join(folder, 'input-'))
  writeFileSync(join(input, 'wire.json'), '{ "benchmarks": [ {"run_name": "dec')
  writeFileSync(join(input, 'end_to_end.json'), JSON.stringify({ measurements: [one('drain/ratio_to_floor', 0.8)] }))
  writeFileSync(join(input, 'load_average_before'), '0.25\n')
  const { status, stdout, stderr } = run('bench-merge', input)
  assert.equal(status, 0)
  assert.match(stderr, /wire\.json was cut short/)
  const merged = JSON.parse(stdout)
  assert.deepEqual(merged.measurements.map(({ name }) => name), ['drain/ratio_to_floor'])
  assert.equal(merged.host.load_average_before, 0.25)
})

test('each bar says whether it is met', () => {
  const bars = (...measurements) => run('bench-bars', file('bars.json', measurements))
  const line = (result, begin) => result.lines.find(text => text.startsWith(begin))
  const met = bars(one('drain/cleartext/streamgauge/ratio_to_floor', 0.75), one('many/cleartext/streamgauge/bytes_per_stream', 4096))
  assert.equal(met.status, 0)
  assert.match(line(met, 'tokens per CPU-s to the bare client, drain'), />= 0\.75 +met$/)
  assert.match(line(met, '                memory for each'), /4,096 us +<= 4,096 +met$/)
  assert.match(line(met, 'start to first request'), /not measured$/)
  const missed = bars(one('drain/cleartext/streamgauge/ratio_to_floor', 0.74), one('many/cleartext/streamgauge/bytes_per_stream', 4097, 0, { disturbed: 1 }))
  assert.equal(missed.status, 0, 'it judges nothing')
  assert.match(line(missed, 'tokens per CPU-s to the bare client, drain'), />= 0\.75 +MISSED$/)
  assert.match(line(missed, '                memory for each'), /MISSED, but the server was late$/)
  assert.equal(run('bench-bars', join(folder, 'none.json')).status, 2)
})
