// Which runs of streamgauge measure the whole matrix.

/** A target's name: short, and of letters that need no quotes. */
function keyOf(name, front) {
  return `${name}-${front}`.replace(/[^a-zA-Z0-9]+/g, '-')
}

/**
 * One run a product, whose cells are compared with the direct path, and one run for each front of two in a row, where
 * the hops are compared. A cell is { configuration, front, target }. The longest runs come first.
 */
export function planRuns(configurations, fronts) {
  const port = (id, front) => {
    const found = fronts.get(id)?.[front]
    if (found === undefined) throw new Error(`${id} has no ${front} front that was started`)
    return found
  }
  const target = (configuration, front) =>
    ({ key: keyOf(configuration.name, front), port: port(configuration.id, front), tls: front === 'h1_tls', accept: configuration.accept })
  const direct = { key: 'direct', port: port('direct', 'h1'), tls: false, accept: 'identity' }

  const products = new Map()
  const chains = []
  for (const configuration of configurations) {
    for (const front of Object.keys(configuration.expected)) {
      const cell = { configuration, front, target: target(configuration, front) }
      if (configuration.hops.length > 1) {
        const inner = configurations.find(({ name }) => name === configuration.hops.at(-1))
        const behind = { ...target(inner, 'h1'), accept: configuration.accept }
        chains.push({ name: cell.target.key, cells: [cell], hops: [cell.target, behind, direct] })
      } else {
        const product = configuration.name.split('/')[0]
        if (!products.has(product)) products.set(product, { name: product, cells: [], base: direct })
        products.get(product).cells.push(cell)
      }
    }
  }
  return [...products.values(), ...chains].sort((a, b) => targetsOf(b).length - targetsOf(a).length)
}

/** All targets of a run. */
export function targetsOf(run) {
  return run.hops ?? [run.base, ...run.cells.map(({ target }) => target)]
}
