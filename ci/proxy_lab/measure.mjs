// Runs streamgauge, several runs side by side.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flawOf, lacksPairs } from './flaw.mjs'
import { scenarioText } from './scenario.mjs'

/** So few that neither the client nor the server is ever busy. */
const atOnce = 5
/** A machine that is busy with other things can spoil a run: streamgauge says so, and it is made again. */
const tries = 3
/** But nothing is begun again after so long, so that the lab ends. */
const patienceMs = 150_000

function finished(child) {
  return new Promise(resolve => {
    let errors = ''
    child.stderr.on('data', data => { errors = (errors + data).slice(-4000) })
    child.on('error', error => resolve(error.message))
    child.on('close', () => resolve(errors.trim()))
  })
}

function readSummary(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'run', 'summary.json'), 'utf8'))
  } catch {
    return undefined
  }
}

async function measureOnce(run, setting) {
  const folder = join(setting.out, 'runs', run.name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const scenario = join(folder, 'scenario.yaml')
  writeFileSync(scenario, scenarioText(run, setting.ca))
  const child = spawn(setting.program, ['run', scenario, '--out', join(folder, 'run'), '--quiet'],
    { stdio: ['ignore', 'ignore', 'pipe'] })
  const errors = await finished(child)
  const summary = readSummary(folder)
  return { run, summary, flaw: flawOf(summary, errors) }
}

async function measure(run, setting, began, say) {
  for (let left = tries; ; --left) {
    const start = Date.now()
    const result = await measureOnce(run, setting)
    say(run, Date.now() - start, result.flaw)
    const spoilt = result.summary && (result.flaw !== '' || lacksPairs(result.summary))
    if (!spoilt || left === 1 || Date.now() - began > patienceMs) return result
  }
}

/**
 * Measures all runs, a few at a time in their order. `setting` is { program, ca, out }; `say(run, ms, flaw)` hears of
 * every attempt. Gives { run, summary, flaw } for each; a flaw says why its figures do not count.
 */
export async function measureAll(runs, setting, say) {
  const results = new Array(runs.length)
  const began = Date.now()
  let next = 0
  const worker = async () => {
    while (next < runs.length) {
      const index = next++
      results[index] = await measure(runs[index], setting, began, say)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
