// Measures the fronts that ci/proxy-lab has started, and writes the report.
// usage: node main.mjs PROGRAM FRONTS.TSV CA.PEM OUT
import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { matrixHtml } from './matrix_html.mjs'
import { matrixText } from './matrix_text.mjs'
import { measureAll } from './measure.mjs'
import { planRuns } from './plan.mjs'
import { exitStatus, makeReport } from './report.mjs'
import { readConfigurations, readFronts } from './tables.mjs'

const [program, frontsFile, ca, out] = process.argv.slice(2)
const proxies = new URL('../../scenarios/proxies/', import.meta.url)
const read = name => readFileSync(new URL(name, proxies), 'utf8')

const configurations = readConfigurations(read('configurations.tsv'), read('chains.tsv'))
const runs = planRuns(configurations, readFronts(readFileSync(frontsFile, 'utf8')))

function sayAttempt(run, ms, flaw) {
  const what = `measure ${run.hops ? 'two in a row' : run.name}, ${run.cells.length} front${run.cells.length === 1 ? '' : 's'}`
  console.log(`  ${what.padEnd(34)} ${`${(ms / 1000).toFixed(1)} s`.padStart(9)}${flaw === '' ? '' : `  not valid: ${flaw}`}`)
}

const began = Date.now()
const results = await measureAll(runs, { program, ca, out }, sayAttempt)
const report = makeReport(configurations, results, {
  measured_at: new Date(began).toISOString(), seconds: (Date.now() - began) / 1000, load_average: loadavg()[0],
})
writeFileSync(join(out, 'report.json'), JSON.stringify(report, null, 1) + '\n')
writeFileSync(join(out, 'report.html'), matrixHtml(report))
process.stdout.write(matrixText(report))
console.log(`\n${join(out, 'report.html')}`)
process.exitCode = exitStatus(report)
