// The report as one HTML page that needs nothing else: no script, no font, no address.
import { readFileSync } from 'node:fs'
import { difference, duration, html } from './format.mjs'
import { kindInWords } from './kind.mjs'
import { exitStatus, fronts, headline, heldBy, numberRemedies } from './report.mjs'

const style = readFileSync(new URL('page.css', import.meta.url), 'utf8')
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

function withInterval(of, write) {
  return of ? html`${write(of.value)} <small>${write(of.low)} to ${write(of.high)}</small>` : '-'
}

function figures(cell) {
  return html`<dl>
<div><dt>TTFT added</dt><dd>${withInterval(cell.ttft_added_ms, difference)}</dd></div>
<div><dt>lag</dt><dd>${withInterval(cell.lag_ms, duration)}</dd></div>
<div><dt>hold p95</dt><dd>${withInterval(cell.hold_p95_ms, duration)}</dd></div>
</dl>`
}

function frontCell(cell, title, number) {
  if (cell.state === 'absent') return html`<td data-front="${title}" class="quiet">${cell.reason}</td>`
  if (cell.found === undefined) return html`<td data-front="${title}" class="quiet">not measured</td>`
  const look = cell.state !== 'right' ? 'wrong' : cell.found.name === 'none' ? 'good' : 'held'
  const fault = cell.state === 'right' ? '' : html`<p class="fault">${cell.state}: ${cell.reason}</p>`
  const remedy = number ? html`<a href="#remedy-${number}">remedy ${number}</a>` : ''
  return html`<td data-front="${title}" class="${look}">
<strong>${cell.found.name === 'none' ? 'streams' : kindInWords(cell.found)}</strong>${remedy}${fault}${figures(cell)}</td>`
}

function row({ name, accept_encoding: accept, fronts: cells }, numberOf) {
  const holds = heldBy(cells)
  const notes = [accept === 'identity' ? '' : `client accepts ${accept}`, holds ? `held by ${holds}` : '']
  return html`<tr><th scope="row">${name}${notes.filter(Boolean).map(note => html`<small>${note}</small>`)}</th>
${fronts.map(([front, title]) => frontCell(cells[front], title, numberOf(cells[front])))}</tr>
`
}

function table(title, rows, numberOf) {
  if (rows.length === 0) return ''
  return html`<section><h2>${title}</h2>
<table><thead><tr><th>configuration</th>${fronts.map(([, name]) => html`<th>${name}</th>`)}</tr></thead>
<tbody>${rows.map(each => row(each, numberOf))}</tbody></table></section>
`
}

function remedySection(remedies) {
  if (remedies.length === 0) return ''
  return html`<section><h2>Remedies</h2><ol class="remedies">
${remedies.map(({ product, text, snippet, source }, i) => html`<li id="remedy-${i + 1}"><h3>${i + 1}. ${product || 'Whatever it is'}</h3>
<p>${text}</p>${snippet ? html`<pre>${snippet.trimEnd().split('\n').map((line, at) => html`${at ? '\n' : ''}${line}`)}</pre>` : ''}${source ? html`<small>${source}</small>` : ''}</li>
`)}</ol></section>
`
}

function faults(report) {
  const list = [...report.wrong, ...report.not_measured]
  if (list.length === 0) return ''
  const titles = Object.fromEntries(fronts)
  return html`<ul class="faults">${list.map(({ configuration, front, reason }) => html`<li><strong>${configuration}, ${titles[front]}</strong>: ${reason}</li>`)}</ul>`
}

const method = ({ answer, pairs }) => html`<section><h2>How it was measured</h2>
<p class="lede">Each cell is ${pairs} pairs of requests, one through the proxy and one straight to the simulated server, in turns.
An answer has ${answer.tokens} events of ${answer.event_size} bytes, ${answer.itl} apart, the first after ${answer.ttft};
all answers are the same, so that a pair differs by its path alone. <b>Lag</b> delays every token alike, <b>hold</b> is what the
path keeps tokens back beyond that; the small figures are 95% intervals. The kind is found from the arrivals alone.
Fronts are HTTP/1.1 in the clear (h1), inside TLS (h1+TLS), and HTTP/2 (h2), which is not measured: streamgauge does not
speak it yet.</p></section>
`

/** The whole page as text. */
export function matrixHtml(report) {
  const { remedies, numberOf } = numberRemedies(report)
  const alone = report.configurations.filter(({ hops }) => hops.length === 1)
  const rows = report.configurations.filter(({ hops }) => hops.length > 1)
  const look = ['good', 'bad', , 'warning'][exitStatus(report)]
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>streamgauge: proxy configurations</title>
<link rel="icon" href="data:,">
<style>${html([style])}</style>
</head>
<body>
<main>
<header>
<p class="brand">streamgauge</p>
<h1>What proxies do to an event stream</h1>
<div class="verdict ${look}">${headline(report)}</div>
${faults(report)}
<p class="quiet">Measured ${report.measured_at.slice(0, 16).replace('T', ' ')} UTC in ${report.seconds.toFixed(0)} s, load average ${report.load_average.toFixed(1)} at the end.</p>
</header>
${table('One proxy', alone, numberOf)}${table('Two in a row, from the client’s side', rows, numberOf)}${remedySection(remedies)}${method(report)}</main>
</body>
</html>
`.text
}
