// The report for a terminal, at most 100 columns wide.
import { difference, duration, printable, wrap } from './format.mjs'
import { kindInWords } from './kind.mjs'
import { fronts, headline, heldBy, numberRemedies } from './report.mjs'

const nameWidth = 26
const columns = [['front', 6], ['TTFT added', -10], ['lag', -8], ['hold p95', -8], ['kind found', 18], ['remedy', 6]]

/** Cells beside each other, after a mark of one character; a negative width flushes right. */
function line(name, cells, mark = ' ') {
  const padded = cells.map((text, i) => {
    const width = columns[i][1]
    return width < 0 ? text.padStart(-width) : text.padEnd(width)
  })
  return `${mark} ${name.padEnd(nameWidth)}  ${padded.join('  ')}`.trimEnd()
}

const figure = (of, write) => (of ? write(of.value) : '-')

const marks = { right: ' ', wrong: '✗', 'not measured': '?' }

function cellLine(name, title, cell, number) {
  const mark = marks[cell.state]
  if (cell.found === undefined) return line(name, [title, '-', '-', '-', 'not measured', ''], mark)
  return line(name, [
    title, figure(cell.ttft_added_ms, difference), figure(cell.lag_ms, duration), figure(cell.hold_p95_ms, duration),
    kindInWords(cell.found), number ? `[${number}]` : '',
  ], mark)
}

function rowLines(row, numberOf) {
  const lines = []
  let name = row.name
  if (name.length > nameWidth) {
    const holds = heldBy(row.fronts)
    lines.push(`  ${name}${holds ? `, held by ${holds}` : ''}`)
    name = ''
  }
  for (const [front, title] of fronts) {
    const cell = row.fronts[front]
    if (front === 'h2' || cell.state === 'absent') continue
    lines.push(cellLine(name, title, cell, numberOf(cell)))
    name = ''
  }
  return lines
}

function remedyLines(remedy, number) {
  const title = [remedy.product, remedy.snippet].filter(Boolean).map(each => printable(each.trim().replaceAll('\n', ' '))).join(': ')
  const first = `  [${number}] `
  const body = [...(title ? wrap(title, 92) : []), ...wrap(printable(remedy.text), 92)]
  return body.map((text, i) => (i === 0 ? first : ' '.repeat(first.length)) + text)
}

/** The cells of a list with what is to be said of them; those of which the same is said stand together. */
function explain(list) {
  const titles = Object.fromEntries(fronts)
  const cellsOf = new Map()
  for (const { configuration, front, reason } of list) {
    cellsOf.set(reason, [...(cellsOf.get(reason) ?? []), `${configuration} ${titles[front]}`])
  }
  return [...cellsOf].flatMap(([reason, cells]) =>
    wrap(`${cells.join(', ')}: ${printable(reason)}`, 94).map((text, i) => (i === 0 ? '  ' : '    ') + text))
}

/** The whole report as text, which ends with a line break. */
export function matrixText(report) {
  const { remedies, numberOf } = numberRemedies(report)
  const lines = ['', line('configuration', columns.map(([title]) => title))]
  for (const row of report.configurations) lines.push(...rowLines(row, numberOf))
  lines.push('', '  h2 fronts: not measured, streamgauge does not speak HTTP/2 yet.')
  if (remedies.length > 0) lines.push('', 'Remedies')
  remedies.forEach((remedy, i) => lines.push(...remedyLines(remedy, i + 1)))
  lines.push('', headline(report))
  lines.push(...explain(report.wrong), ...explain(report.not_measured))
  return lines.join('\n') + '\n'
}
