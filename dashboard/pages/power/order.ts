// In which order the columns of a layered drawing stand so that its wires cross little, and how high each box stands. Pure.

/** Boxes by number, column by column; links lead from one column to the next. */
export interface Layered {
  readonly layers: readonly (readonly number[])[]
  readonly links: readonly (readonly [number, number])[]
}

/** There and back so often at most: more brings nothing worth waiting for (Sugiyama, Tagawa and Toda 1981; barycentres). */
const SWEEPS = 6

type Neighbours = ReadonlyMap<number, readonly number[]>

const neighbours = (links: Layered['links'], back: boolean): Neighbours => {
  const found = new Map<number, number[]>()
  for (const [a, b] of links) {
    const [of, other] = back ? [b, a] : [a, b]
    const list = found.get(of)
    if (list === undefined) found.set(of, [other])
    else list.push(other)
  }
  return found
}

const placesOf = (layers: Layered['layers']): Map<number, number> => new Map(layers.flatMap(layer => layer.map((box, i) => [box, i] as const)))

/** How often links cross each other between their columns. */
export function crossings({ layers, links }: Layered): number {
  const place = placesOf(layers)
  const layerOf = new Map(layers.flatMap((layer, l) => layer.map(box => [box, l] as const)))
  let count = 0
  for (const [l, group] of Map.groupBy(links, ([a]) => layerOf.get(a) ?? 0)) {
    const sorted = group.map(([a, b]) => [place.get(a) ?? 0, place.get(b) ?? 0] as const).sort((x, y) => x[0] - y[0] || x[1] - y[1])
    // Of those that began higher up, each that ends further down crosses: counted in a tree of sums (Fenwick 1994).
    const size = layers[l + 1]?.length ?? 0
    const sums = new Int32Array(size + 1)
    let before = 0
    for (const [, end] of sorted) {
      let above = 0
      for (let i = end + 1; i > 0; i -= i & -i) above += sums[i] ?? 0
      count += before - above
      for (let i = end + 1; i <= size; i += i & -i) sums[i]! += 1
      before++
    }
  }
  return count
}

/** The columns in the order with the fewest crossings that was found. */
export function ordered(given: Layered): readonly (readonly number[])[] {
  const [up, down] = [neighbours(given.links, true), neighbours(given.links, false)]
  const layers = given.layers.map(layer => [...layer])
  let best = given.layers
  let least = Number.POSITIVE_INFINITY
  const settle = (l: number, by: Neighbours, place: Map<number, number>): void => {
    const layer = layers[l] ?? []
    const wish = (box: number): number => {
      const list = by.get(box)
      return list === undefined ? (place.get(box) ?? 0) : list.reduce((sum, one) => sum + (place.get(one) ?? 0), 0) / list.length
    }
    const wishes = new Map(layer.map(box => [box, wish(box)]))
    layer.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0) || (place.get(a) ?? 0) - (place.get(b) ?? 0))
    for (const [i, box] of layer.entries()) place.set(box, i)
  }
  for (let sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
    const place = placesOf(layers)
    if (sweep % 2 === 0) for (let l = 1; l < layers.length; l++) settle(l, up, place)
    else for (let l = layers.length - 2; l >= 0; l--) settle(l, down, place)
    const found = crossings({ layers, links: given.links })
    if (found >= least) continue
    least = found
    best = layers.map(layer => [...layer])
  }
  return best
}

/** Middles as near to the wished ones as the sizes and the gap between them allow, in the order given (pool adjacent violators, Ayer 1955). */
export function apart(wishes: readonly number[], sizes: readonly number[], gap: number): number[] {
  let offset = 0
  const offsets = sizes.map((size, i) => {
    offset += i === 0 ? 0 : ((sizes[i - 1] ?? 0) + size) / 2 + gap
    return offset
  })
  const pools: { sum: number; count: number }[] = []
  for (const [i, wish] of wishes.entries()) {
    pools.push({ sum: wish - (offsets[i] ?? 0), count: 1 })
    for (let last = pools.at(-1), before = pools.at(-2); last !== undefined && before !== undefined; last = pools.at(-1), before = pools.at(-2)) {
      if (before.sum / before.count <= last.sum / last.count) break
      pools.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count })
    }
  }
  const levels = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
  return levels.map((level, i) => level + (offsets[i] ?? 0))
}

/** The middle of every box: as level with its neighbours as its column allows. */
export function heights({ layers, links }: Layered, sizes: readonly number[], gap: number): Map<number, number> {
  const [up, down] = [neighbours(links, true), neighbours(links, false)]
  const middle = new Map<number, number>()
  const size = (box: number): number => sizes[box] ?? 0
  for (const layer of layers)
    for (const [i, at] of apart(
      layer.map(() => 0),
      layer.map(size),
      gap,
    ).entries())
      middle.set(layer[i] ?? -1, at)
  const level = (layer: readonly number[], by: Neighbours): void => {
    const wishes = layer.map(box => {
      const list = by.get(box)
      return list === undefined ? (middle.get(box) ?? 0) : list.reduce((sum, one) => sum + (middle.get(one) ?? 0), 0) / list.length
    })
    for (const [i, at] of apart(wishes, layer.map(size), gap).entries()) middle.set(layer[i] ?? -1, at)
  }
  for (let pass = 0; pass < 3; pass++) {
    for (const layer of layers.slice(1)) level(layer, up)
    for (const layer of layers.slice(0, -1).toReversed()) level(layer, down)
  }
  return middle
}
