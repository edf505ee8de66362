// The scenario by which streamgauge measures one run of the lab.
import { targetsOf } from './plan.mjs'

/** Pairs of each cell. Ten keep the error of hold within 30 ms; the client may blur the others. */
export const pairs = 14
export const fewestPairs = 10

/** Of an answer as it is made. */
export const longestGapMs = 20

/**
 * What every request asks of the simulated server. All streams are the same to the last gap, so that pairs differ by
 * their paths alone, and their gaps differ much from one another, so that a timer and a window of tokens look unlike.
 * 88 kB are five blocks of 16 KiB, which is as few as show a block's size.
 */
export const answer = {
  ttft: '250ms', itl: `uniform(4ms,${longestGapMs}ms)`, tokens: '340', event_size: '258', stamps: 'on', seed: '1', request_number: '1',
}

function targetText({ key, port, tls, accept }, ca) {
  const behaviour = Object.entries(answer).map(([name, value]) => `${name}=${value}`).join('; ')
  const lines = [
    `  ${key}:`,
    `    url: ${tls ? 'https' : 'http'}://127.0.0.1:${port}/v1/chat/completions`,
    `    headers: { X-Streamgauge-Behaviour: ${JSON.stringify(behaviour)} }`,
  ]
  if (accept !== 'identity') lines.push(`    accept_encoding: [${accept}]`)
  if (tls) lines.push(`    tls: { ca_file: ${JSON.stringify(ca)} }`)
  return lines.join('\n')
}

/** `ca`: PEM file of the authority that signed the TLS fronts' certificate. */
export function scenarioText(run, ca) {
  const targets = targetsOf(run)
  const keys = list => list.map(({ key }) => key).join(', ')
  const comparison = run.hops
    ? `hops: [${keys(run.hops)}]`
    : `compare: { base: ${run.base.key}, with: [${keys(run.cells.map(({ target }) => target))}] }`
  return `version: 1
name: proxy lab, ${run.name}
targets:
${targets.map(target => targetText(target, ca)).join('\n')}
${comparison}
load:
  - { phase: steady, users: { from: 0, to: ${pairs}, over: 3s }, for: 2m }
limits: { requests: ${pairs * targets.length} }
drain: 90s
`
}
