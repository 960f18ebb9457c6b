// What the pages of hosting think before they draw: differences of texts, what is folded, how far a change is by its journal.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { JournalEntry, PlanStep } from '../../../daemon/domain/change.ts'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { createChanges } from '../../../dashboard/live/changes.ts'
import { type DiffLine, diffLines, folded, linesOf } from '../../../dashboard/parts/hosting/diff.ts'
import { nowAt, progressOf, type StepState } from '../../../dashboard/parts/hosting/progress.ts'
import { countOf, diffState } from '../../../dashboard/parts/hosting/state-diff.ts'

const shown = (lines: readonly DiffLine[]): string[] => lines.map(({ kind, text }) => `${{ same: ' ', put: '+', gone: '-' }[kind]}${text}`)

/** Length of the longest common run of lines, by the slow table. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (const x of a) {
    const next = [0]
    for (const [j, y] of b.entries()) next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0))
    row = next
  }
  return row.at(-1) ?? 0
}

describe('the difference of two texts', () => {
  for (const [name, before, after, is] of [
    ['nothing of nothing', '', '', []],
    ['a file that is made', '', 'a\nb\n', ['+a', '+b']],
    ['a file that goes', 'a\n', '', ['-a']],
    ['a line in the middle', 'a\nb\nc\n', 'a\nx\nc\n', [' a', '-b', '+x', ' c']],
    ['a line put in twice', 'a\n', 'a\na\na\n', [' a', '+a', '+a']],
    ['a block: first what goes, then what comes', 'a\nb\nz\n', 'c\nd\nz\n', ['-a', '-b', '+c', '+d', ' z']],
    ['a last line without its end is the same line', 'a\nb', 'a\nb\n', [' a', ' b']],
    ['an empty line is a line', 'a\n\n', 'a\n', [' a', '-']],
  ] as const)
    it(name, () => assert.deepEqual(shown(diffLines(before, after)), is))

  it('has both texts within it, each line with its number, and is the shortest there is', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '}'), { maxLength: 14 }).map(lines => lines.map(line => `${line}\n`).join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after)
        const [old, next] = [linesOf(before), linesOf(after)]
        assert.deepEqual(
          lines.filter(({ kind }) => kind !== 'put').map(line => [line.was, line.text]),
          old.map((line, i) => [i + 1, line]),
        )
        assert.deepEqual(
          lines.filter(({ kind }) => kind !== 'gone').map(line => [line.is, line.text]),
          next.map((line, i) => [i + 1, line]),
        )
        assert.equal(lines.filter(({ kind }) => kind === 'same').length, common(old, next))
      }),
      { numRuns: 500 },
    )
  })

  it('is soon done for files of thousands of lines', () => {
    const long = Array.from({ length: 5_000 }, (_, i) => `line ${i}`)
    const other = long.with(10, 'x').with(4_990, 'y').toSpliced(2_000, 40)
    const began = performance.now()
    const lines = diffLines(long.join('\n'), other.join('\n'))
    assert.ok(performance.now() - began < 500)
    assert.equal(lines.filter(({ kind }) => kind !== 'same').length, 44)
  })

  it('gives up looking for the shortest way where nothing is left of the old', () => {
    const [old, next] = ['a', 'b'].map(sign => Array.from({ length: 4_000 }, (_, i) => `${sign}${i}`))
    const began = performance.now()
    const lines = diffLines((old ?? []).join('\n'), (next ?? []).join('\n'))
    assert.ok(performance.now() - began < 1_000)
    assert.deepEqual([lines.length, lines[0]?.kind, lines.at(-1)?.is], [8_000, 'gone', 4_000])
  })

  it('is folded only where nothing is near, and unfolds to the same', () => {
    const kinds = fc.array(fc.constantFrom('same', 'same', 'same', 'put', 'gone'), { maxLength: 60 })
    fc.assert(
      fc.property(kinds, fc.integer({ min: 0, max: 4 }), (given, near) => {
        const lines = given.map((kind, i): DiffLine => ({ kind: kind as DiffLine['kind'], text: String(i), was: i, is: i }))
        const parts = folded(lines, near)
        assert.deepEqual(
          parts.flatMap(part => (part.kind === 'fold' ? part.lines : [part])),
          lines,
        )
        for (const part of parts) {
          if (part.kind !== 'fold') continue
          assert.ok(part.lines.length > 1)
          for (const { text } of part.lines)
            for (let i = Number(text) - near; i <= Number(text) + near; i++) assert.ok(lines[i] === undefined || lines[i]?.kind === 'same')
        }
      }),
    )
  })

  it('of a state: properties a line each, every text with lines as a file of its own', () => {
    const parts = diffState(
      { content: 'a\nb\n', pool: '8.1', folders: { public: { mode: '2750' } } },
      { content: 'a\nc\n', pool: '8.2', folders: { public: { mode: '2750' } }, names: ['x', 'y'] },
    )
    assert.deepEqual(
      parts.map(({ name, lines }) => [name, shown(lines)]),
      [
        [null, [' folders.public.mode: 2750', '-pool: 8.1', '+names[]: x', '+names[]: y', '+pool: 8.2']],
        ['content', [' a', '-b', '+c']],
      ],
    )
    assert.deepEqual(countOf(parts), { put: 4, gone: 2 })
    assert.deepEqual(countOf(diffState(null, null)), { put: 0, gone: 0 })
  })
})

const step = (no: number): PlanStep => ({
  ...{ no, resource: 'user', place: { kind: 'host', id: 'web-1' }, name: `site-${no}`, action: 'create', before: null, after: {}, danger: 'plain' },
  words: { id: `Langkah ${no}`, en: `Step ${no}` },
})
const BY = { account: 1, name: 'Dewi', at: 0 }
const FAILURE = { kind: 'refused', message: 'nginx: [emerg]', retry: false } as const

describe('the journal of a change', () => {
  const plan = [step(1), step(2), step(3)]
  const forward: JournalEntry[] = [
    { at: 1, kind: 'began', by: BY },
    { at: 2, kind: 'starting', step: 1 },
    { at: 5, kind: 'did', step: 1, undo: {} },
    { at: 6, kind: 'starting', step: 2 },
  ]
  const states = (journal: readonly JournalEntry[]): StepState[] => progressOf(plan, journal).steps.map(({ state }) => state)

  for (const [name, journal, is] of [
    ['nothing was begun', [], ['waiting', 'waiting', 'waiting']],
    ['the second is under way', forward, ['done', 'doing', 'waiting']],
    ['the second failed', [...forward, { at: 9, kind: 'failed', step: 2, failure: FAILURE }], ['done', 'failed', 'waiting']],
    [
      'and goes back, the last first',
      [...forward, { at: 9, kind: 'failed', step: 2, failure: FAILURE }, { at: 10, kind: 'undid', step: 2 }, { at: 11, kind: 'undoing', step: 1 }],
      ['undoing', 'undone', 'waiting'],
    ],
    [
      'to the end',
      [
        ...forward,
        { at: 10, kind: 'undid', step: 2 },
        { at: 11, kind: 'undoing', step: 1 },
        { at: 12, kind: 'undid', step: 1 },
        { at: 12, kind: 'undone' },
      ],
      ['undone', 'undone', 'waiting'],
    ],
    [
      'or not',
      [...forward, { at: 11, kind: 'undoing', step: 1 }, { at: 12, kind: 'undoFailed', step: 1, failure: FAILURE }],
      ['undoFailed', 'doing', 'waiting'],
    ],
    ['begun anew it forgets', [...forward, { at: 20, kind: 'began', by: BY }], ['waiting', 'waiting', 'waiting']],
    ['of a step that no plan has nothing is told', [{ at: 1, kind: 'starting', step: 9 }], ['waiting', 'waiting', 'waiting']],
  ] as const satisfies readonly (readonly [string, readonly JournalEntry[], readonly StepState[]])[])
    it(name, () => assert.deepEqual(states(journal), is))

  it('tells times, why, that Suar was away, and who stopped it', () => {
    const why = { id: 'Dihentikan', en: 'Stopped' }
    const progress = progressOf(plan, [
      ...forward,
      { at: 7, kind: 'resumed', found: 'between', step: 2 },
      { at: 9, kind: 'failed', step: 2, failure: FAILURE },
      { at: 9, kind: 'stopped', by: BY, why },
    ])
    assert.deepEqual([progress.steps[0]?.from, progress.steps[0]?.to], [2, 5])
    assert.deepEqual([progress.steps[1]?.failure, progress.steps[1]?.resumed], [FAILURE, 'between'])
    assert.deepEqual([progress.stopped?.why, progress.began, progress.done, nowAt(progress)], [why, 1, 1, null])
    assert.equal(nowAt(progressOf(plan, forward))?.step.no, 2)
  })

  it('keeps the proofs of the last look', () => {
    const proof = (words: string): JournalEntry => ({
      at: 1,
      kind: 'proof',
      proof: { of: step(1), from: 'outside', ok: true, words: { id: words, en: words }, facts: {}, at: 1 },
    })
    const told = (journal: readonly JournalEntry[]) => progressOf(plan, journal).proofs.map(one => one.words.en)
    const first: JournalEntry[] = [{ at: 1, kind: 'applied' }, proof('a'), proof('b'), { at: 2, kind: 'verified' }]
    assert.deepEqual(told(first), ['a', 'b'])
    assert.deepEqual(told([...first, proof('c')]), ['c'])
  })
})

describe('a change on a page', () => {
  it('is the newest that was told, by stream or answer, whichever came first', () => {
    const changes = createChanges()
    const view = (revision: number, lines: number) =>
      ({ number: 'C-2026-0001', revision, journal: Array.from({ length: lines }) }) as unknown as ChangeView
    const is = () => [changes.of('C-2026-0001').value?.revision, changes.of('C-2026-0001').value?.journal.length]
    changes.put(view(2, 3))
    changes.apply({ change: view(1, 9) })
    assert.deepEqual(is(), [2, 3])
    changes.apply({ change: view(2, 2) })
    assert.deepEqual(is(), [2, 3])
    changes.apply({ change: view(2, 4) })
    assert.deepEqual(is(), [2, 4])
    changes.forget('C-2026-0001')
    assert.deepEqual(is(), [undefined, undefined])
  })
})
