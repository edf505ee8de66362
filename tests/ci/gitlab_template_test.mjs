// The job of the GitLab template, run by the shells a runner may have, with a program that writes down its arguments.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, test } from 'node:test'
import { FakePrograms, hostileTexts, template, templateScript } from './shell_parts.mjs'

const fakes = new FakePrograms()
after(() => fakes.remove())
fakes.add('streamgauge')

for (const shell of ['bash', 'sh']) {
  const run = variables => fakes.run([shell], templateScript(), { STREAMGAUGE_SCENARIO: 'ci/chat.yaml', ...variables })

  test(`${shell}: a plain run, whose status is that of the job`, () => {
    assert.equal(run({}).status, 0)
    assert.deepEqual(fakes.called('streamgauge'), ['run', './ci/chat.yaml', '--export', 'junit,openmetrics,markdown'])
    assert.equal(run({ STATUS: '3' }).status, 3)
  })

  test(`${shell}: the scenario stays one word, and no option`, () => {
    for (const text of [...hostileTexts(fakes.trap), '--help']) {
      run({ STREAMGAUGE_SCENARIO: text })
      assert.equal(fakes.called('streamgauge')[1], `./${text}`)
      assert.ok(!existsSync(fakes.trap), text)
    }
  })
}

test('every variable of the job has a value to begin with', () => {
  const used = new Set([...template.matchAll(/\$(STREAMGAUGE_[A-Z]+)/g)].map(([, name]) => name))
  assert.deepEqual([...used].sort(), ['STREAMGAUGE_IMAGE', 'STREAMGAUGE_OUT', 'STREAMGAUGE_SCENARIO'])
  for (const name of used) assert.match(template, new RegExp(`^ {4}${name}: \\S+`, 'm'))
})
