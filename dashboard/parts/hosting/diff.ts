// Two texts line by line: the fewest lines taken out and put in that make one of the other (Myers, 1986), and what may be folded away. Pure.

export interface DiffLine {
  readonly kind: 'same' | 'put' | 'gone'
  readonly text: string
  /** Its number in the old text and in the new one, from 1; null: it is not there. */
  readonly was: number | null
  readonly is: number | null
}

/** The lines of a text; a last line break ends a line and begins none. */
export const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** Past so many edits the shortest way is not looked for: a page must not hang over two texts that have nothing in common. */
const MOST = 1_000

/** How far each diagonal came, edit by edit; null: too many edits. */
function trace(old: readonly string[], next: readonly string[]): readonly Map<number, number>[] | null {
  const most = Math.min(MOST, old.length + next.length)
  const reached = new Map<number, number>([[1, 0]])
  const rounds: Map<number, number>[] = []
  for (let edits = 0; edits <= most; edits++) {
    rounds.push(new Map(reached))
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1))
      let x = down ? (reached.get(k + 1) ?? 0) : (reached.get(k - 1) ?? 0) + 1
      let y = x - k
      while (x < old.length && y < next.length && old[x] === next[y]) {
        x++
        y++
      }
      reached.set(k, x)
      if (x >= old.length && y >= next.length) return rounds
    }
  }
  return null
}

type Edit = readonly [kind: DiffLine['kind'], x: number, y: number]

/** From the end back to the beginning, then turned round. */
function edits(old: readonly string[], next: readonly string[]): readonly Edit[] {
  const rounds = trace(old, next)
  if (rounds === null) return [...old.map((_, x): Edit => ['gone', x, 0]), ...next.map((_, y): Edit => ['put', old.length, y])]
  const found: Edit[] = []
  let x = old.length
  let y = next.length
  for (let round = rounds.length - 1; round >= 0; round--) {
    const reached = rounds[round] ?? new Map<number, number>()
    const k = x - y
    const down = k === -round || (k !== round && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1))
    const fromK = down ? k + 1 : k - 1
    const fromX = round === 0 ? 0 : (reached.get(fromK) ?? 0)
    const fromY = round === 0 ? 0 : fromX - fromK
    while (x > fromX && y > fromY) found.push(['same', --x, --y])
    if (round === 0) break
    if (down) found.push(['put', x, --y])
    else found.push(['gone', --x, y])
  }
  return found.reverse()
}

/** What is taken out stands before what is put in its place. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const old = linesOf(before)
  const next = linesOf(after)
  let head = 0
  while (head < old.length && head < next.length && old[head] === next[head]) head++
  let tail = 0
  while (tail < old.length - head && tail < next.length - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++
  const same = (x: number, y: number): DiffLine => ({ kind: 'same', text: old[x] ?? '', was: x + 1, is: y + 1 })
  const lines: DiffLine[] = []
  for (let i = 0; i < head; i++) lines.push(same(i, i))
  const put: DiffLine[] = []
  for (const [kind, x, y] of edits(old.slice(head, old.length - tail), next.slice(head, next.length - tail))) {
    if (kind === 'put') put.push({ kind, text: next[head + y] ?? '', was: null, is: head + y + 1 })
    else if (kind === 'gone') lines.push({ kind, text: old[head + x] ?? '', was: head + x + 1, is: null })
    else lines.push(...put.splice(0), same(head + x, head + y))
  }
  lines.push(...put)
  for (let i = tail; i > 0; i--) lines.push(same(old.length - i, next.length - i))
  return lines
}

export interface Fold {
  readonly kind: 'fold'
  readonly lines: readonly DiffLine[]
}

/** Unchanged lines farther than `near` from any change lie folded; a fold of a single line would save nothing. */
export function folded(lines: readonly DiffLine[], near = 3): readonly (DiffLine | Fold)[] {
  const shown = lines.map(() => false)
  lines.forEach((line, i) => {
    if (line.kind !== 'same') for (let j = Math.max(0, i - near); j <= Math.min(lines.length - 1, i + near); j++) shown[j] = true
  })
  const parts: (DiffLine | Fold)[] = []
  for (let i = 0; i < lines.length; ) {
    let end = i
    while (end < lines.length && shown[end] === false) end++
    const hidden = lines.slice(i, end)
    if (hidden.length > 1) parts.push({ kind: 'fold', lines: hidden })
    else parts.push(...hidden)
    for (i = end; i < lines.length && shown[i] === true; i++) parts.push(lines[i] as DiffLine)
  }
  return parts
}
