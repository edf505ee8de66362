// Figures and text as people read them.

/** Milliseconds as precisely as they mean something here: 0.2ms, 301ms, 1.24s. */
export function duration(ms) {
  const size = Math.abs(ms)
  if (size < 0.05) return '0ms'
  if (size < 9.95) return `${ms.toFixed(1)}ms`
  return size < 999.5 ? `${ms.toFixed(0)}ms` : `${(ms / 1000).toFixed(2)}s`
}

/** With a sign, for a difference. */
export function difference(ms) {
  const text = duration(ms)
  return ms > 0 && text !== '0ms' ? `+${text}` : text
}

/** Breaks a text into lines of at most `width` characters at its blanks. */
export function wrap(text, width) {
  const lines = []
  for (const word of text.split(/\s+/)) {
    if (lines.length > 0 && lines.at(-1).length + 1 + word.length <= width) lines.push(`${lines.pop()} ${word}`)
    else lines.push(word)
  }
  return lines
}

/** Without control characters, which would command a terminal. */
export function printable(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

class Markup {
  constructor(text) { this.text = text }
}

function escaped(value) {
  if (value instanceof Markup) return value.text
  if (Array.isArray(value)) return value.map(escaped).join('')
  if (value === undefined || value === null || value === false) return ''
  return printable(String(value)).replace(/[&<>"']/g, c => entities[c])
}

/** A template of HTML, in which every value is escaped unless it is such a template itself. */
export function html(strings, ...values) {
  return new Markup(strings.map((string, i) => string + (i < values.length ? escaped(values[i]) : '')).join(''))
}
