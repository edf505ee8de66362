// The shell step of the Jenkins pipeline, with a program that writes down its arguments.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { FakePrograms, pipeline, pipelineScript } from './shell_parts.mjs'

const fakes = new FakePrograms()
after(() => fakes.remove())
fakes.add('streamgauge')

test('the step runs the scenario, and hands on the status', () => {
  for (const STATUS of ['0', '1', '3']) assert.equal(fakes.run(['sh', '-xe'], pipelineScript(), { STATUS }).status, Number(STATUS))
  assert.deepEqual(fakes.called('streamgauge'), ['run', 'ci/chat.yaml', '--export', 'junit,markdown'])
})

test('Groovy puts nothing into a script', () => {
  const scripts = [...pipeline.matchAll(/\bsh\b.*$/gm)].map(([line]) => line).filter(line => line.includes('script:'))
  assert.equal(scripts.length, 1)
  for (const line of scripts) assert.match(line, /script: '[^'"$]*'\)/)
})

test('the key comes from the store of credentials, and is not printed', () => {
  assert.match(pipeline, /STAGING_KEY = credentials\('[a-z-]+'\)/)
  assert.ok(!pipelineScript().includes('STAGING_KEY'))
})
