// The tables of the lab: what scenarios/proxies lists, and where the fronts are that were started.
import { parseKind } from './kind.mjs'

/** The rows of a text of columns divided by tabs; lines that begin with # are notes. */
export function rowsOf(text) {
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#')).map(line => line.split('\t'))
}

function expectedKinds(cleartext, tls) {
  const expected = { h1: parseKind(cleartext) }
  if (tls !== '-') expected.h1_tls = parseKind(tls)
  return expected
}

/** A configuration's name, which is its file's without the ending. */
export function nameOf(template) {
  return template.replace(/\.[a-z]+$/, '')
}

/**
 * Every configuration to measure, from configurations.tsv and chains.tsv: its hops from the client's side to the
 * server's, what the client accepts, the kinds of buffering expected by front, and, of two in a row, the hop that holds.
 */
export function readConfigurations(configurations, chains) {
  const single = rowsOf(configurations).map(([template, accept, cleartext, tls]) =>
    ({ id: template, hops: [nameOf(template)], accept, expected: expectedKinds(cleartext, tls) }))
  const rows = rowsOf(chains).map(([chain, accept, cleartext, tls, holds]) => ({
    id: chain, hops: chain.split(' > ').map(nameOf), accept, expected: expectedKinds(cleartext, tls), holds: nameOf(holds),
  }))
  return [...single, ...rows].map(each => ({ ...each, name: each.hops.join(' > ') }))
}

/** The port of each front that was started: id -> { h1, h1_tls }. */
export function readFronts(text) {
  const fronts = new Map()
  for (const [id, front, port] of rowsOf(text)) {
    if (!fronts.has(id)) fronts.set(id, {})
    fronts.get(id)[front] = Number(port)
  }
  return fronts
}
