// A kind of buffering with its parameter: what scenarios/proxies expects of a cell, and what a summary says of it.

const words = {
  none: 'none', full: 'full', block: 'blocks', timer: 'timer', token_window: 'token window',
  timer_or_window: 'timer or window', block_or_window: 'block or window', compression: 'compression',
  instant: 'instant', unclear: 'unclear', insufficient: 'insufficient', not_streamed: 'not streamed',
}

// A kernel's timer begins with the first byte that it holds and ticks coarsely: 200 ms show as 204 to 225.
const timerTolerance = 0.15

/** Reads `block:4096`, `timer:200ms`, `token_window:8`, or a name alone, which any parameter fits. */
export function parseKind(text) {
  const [name, parameter] = text.split(':')
  if (!(name in words)) throw new Error(`"${text}" is no kind of buffering; there are ${Object.keys(words).join(', ')}`)
  if (parameter === undefined) return { name }
  const [, number, unit] = /^(\d+)(ms)?$/.exec(parameter) ?? []
  if (number === undefined || (unit === 'ms') !== (name === 'timer')) throw new Error(`"${text}" has no such parameter`)
  return { name, parameter: Number(number) }
}

/** The kind that a verdict of summary.json names; a timer's parameter is in ms, a block's in bytes. */
export function kindOf(verdict) {
  const name = verdict.kind
  const parameter =
    name === 'block' ? verdict.block_bytes
    : name === 'timer' && verdict.timer_period_ns !== undefined ? verdict.timer_period_ns / 1e6
    : name === 'token_window' ? verdict.window_tokens
    : undefined
  return parameter === undefined ? { name } : { name, parameter }
}

export function matches(expected, found) {
  if (expected.name !== found.name) return false
  if (expected.parameter === undefined) return true
  if (found.parameter === undefined) return false
  if (expected.name !== 'timer') return expected.parameter === found.parameter
  return Math.abs(found.parameter - expected.parameter) <= timerTolerance * expected.parameter
}

/** For people: `blocks of 4096 B`. */
export function kindInWords({ name, parameter }) {
  if (parameter === undefined) return words[name] ?? name
  if (name === 'block') return `blocks of ${parameter} B`
  if (name === 'timer') return `timer of ${Math.round(parameter)} ms`
  return `window of ${parameter} tokens`
}
