// The report that all formats are written from.
import { judgeCell } from './cell.mjs'
import { answer, pairs } from './scenario.mjs'

/** Fronts in the order of the matrix. */
export const fronts = [['h1', 'h1'], ['h1_tls', 'h1+TLS'], ['h2', 'h2']]

const notSpoken = { state: 'not measured', reason: 'streamgauge does not speak HTTP/2 yet' }
const noFront = { state: 'absent', reason: 'no TLS front' }

/** `results` are those of measureAll; `facts` are further entries of the report. */
export function makeReport(configurations, results, facts) {
  const cells = new Map()
  for (const result of results) {
    for (const cell of result.run.cells) cells.set(cell.target.key, { cell, judged: judgeCell(cell, result) })
  }
  const frontsOf = configuration => {
    const judged = [...cells.values()].filter(({ cell }) => cell.configuration === configuration)
    const found = Object.fromEntries(judged.map(({ cell, judged }) => [cell.front, judged]))
    return { h1: found.h1 ?? noFront, h1_tls: found.h1_tls ?? noFront, h2: notSpoken }
  }
  const rows = configurations.map(configuration => ({
    name: configuration.name, hops: configuration.hops, accept_encoding: configuration.accept,
    expected_holder: configuration.holds, fronts: frontsOf(configuration),
  }))
  const all = [...cells.values()]
  const named = state => all.filter(({ judged }) => judged.state === state)
    .map(({ cell, judged }) => ({ configuration: cell.configuration.name, front: cell.front, reason: judged.reason }))
  return {
    schema: 1, ...facts, answer, pairs, cells: all.length,
    wrong: named('wrong'), not_measured: named('not measured'), configurations: rows,
  }
}

/** 0: all as expected, 1: a cell is wrong, 3: one could not be measured. */
export function exitStatus(report) {
  if (report.not_measured.length > 0) return 3
  return report.wrong.length > 0 ? 1 : 0
}

/** One sentence on the whole. */
export function headline({ cells, wrong, not_measured: unmeasured }) {
  const count = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`
  if (wrong.length === 0 && unmeasured.length === 0) return `All ${count(cells, 'cell')} are as expected.`
  const parts = []
  if (wrong.length > 0) parts.push(`${wrong.length} not as expected`)
  if (unmeasured.length > 0) parts.push(`${unmeasured.length} could not be measured`)
  return `Of ${count(cells, 'cell')} ${parts.join(', ')}.`
}

/** Of two proxies in a row the one that was found to hold tokens back on every front that was measured. */
export function heldBy(cells) {
  const found = new Set(fronts.map(([front]) => cells[front].holds).filter(Boolean))
  return found.size === 1 ? [...found][0] : undefined
}

/** The different remedies, in the order they are met, and the number of each cell's. */
export function numberRemedies(report) {
  const remedies = []
  const numbers = new Map()
  for (const row of report.configurations) {
    for (const [front] of fronts) {
      const cell = row.fronts[front]
      if (!cell.remedy) continue
      let index = remedies.findIndex(each => each.product === cell.remedy.product && each.text === cell.remedy.text)
      if (index < 0) index = remedies.push(cell.remedy) - 1
      numbers.set(cell, index + 1)
    }
  }
  return { remedies, numberOf: cell => numbers.get(cell) }
}
