// A small lab for the tests: one proxy with both fronts, one without TLS, and two in a row.
import { planRuns } from '../../../ci/proxy_lab/plan.mjs'
import { readConfigurations, readFronts } from '../../../ci/proxy_lab/tables.mjs'

export const configurations = readConfigurations(
  '# a note\nnginx/buffering-http10.conf\tidentity\tblock:4096\tblock:16384\nnginx/streaming.conf\tidentity\tnone\tnone\nvarnish/gzip.vcl\tgzip\tcompression\t-\n',
  'nginx/streaming.conf > nginx/buffering-http10.conf\tidentity\tblock:4096\tblock:4096\tnginx/buffering-http10.conf\n')

export const startedFronts = readFronts([
  'direct\th1\t1000', 'nginx/buffering-http10.conf\th1\t1001', 'nginx/buffering-http10.conf\th1_tls\t1002',
  'nginx/streaming.conf\th1\t1003', 'nginx/streaming.conf\th1_tls\t1004', 'varnish/gzip.vcl\th1\t1005',
  'nginx/streaming.conf > nginx/buffering-http10.conf\th1\t1006',
  'nginx/streaming.conf > nginx/buffering-http10.conf\th1_tls\t1007',
].join('\n'))

export const runs = planRuns(configurations, startedFronts)

const figure = ms => ({ value_ns: ms * 1e6, low_ns: ms * 0.9e6, high_ns: ms * 1.1e6 })

const verdicts = {
  none: { kind: 'none' }, block: { kind: 'block', block_bytes: 4096 },
  record: { kind: 'block', block_bytes: 16384 }, compression: { kind: 'compression' },
}

const usual = {
  'nginx-buffering-http10-h1': 'block', 'nginx-buffering-http10-h1-tls': 'record', 'varnish-gzip-h1': 'compression',
  'nginx-streaming-nginx-buffering-http10-h1': 'block', 'nginx-streaming-nginx-buffering-http10-h1-tls': 'block',
}

/** The summary of a run in which every cell is as expected; `change` may alter a cell's parts before they are used. */
export function summaryOf(run, change = () => {}) {
  const keys = run.hops ? run.hops.map(({ key }) => key) : ['direct', ...run.cells.map(({ target }) => target.key)]
  const parts = keys.map(key => {
    const verdict = { ...verdicts[usual[key] ?? 'none'], evidence: `what ${key} showed` }
    const holds = verdict.kind !== 'none'
    const group = { target: key, phase: '', buffering: { verdict }, remedies: holds ? [{ product: 'nginx', text: 'Turn it off.', snippet: 'proxy_buffering off;\n' }] : [] }
    const pair = {
      target: key, base: 'direct', phase: '', pairs: 12, verdict: holds ? 'holds' : 'passes',
      ttft_added: figure(holds ? 301 : 0.2), lag: figure(0.3), hold_p95: figure(holds ? 280 : 0.1),
    }
    change(key, group, pair)
    return { group, pair }
  })
  return {
    validity: { valid: true, checks: [] },
    groups: parts.map(({ group }) => group),
    comparisons: parts.map(({ pair }) => pair).filter(({ target }) => target !== 'direct'),
    ...(run.hops ? { hops: { chain: keys, holds: keys[1], sentence: '' } } : {}),
  }
}

/** Results of all runs, as measureAll gives them. */
export const resultsOf = change => runs.map(run => ({ run, summary: summaryOf(run, change), flaw: '' }))

export const facts = { measured_at: '2026-01-02T03:04:05.000Z', seconds: 71.4, load_average: 0.5 }
