// A change as a terminal shows it: its plan step by step, what has come of it, and how it is followed to its end.

import type { PlanStep, State } from '../domain/change.ts'
import type { ChangeView } from '../domain/hosting-view.ts'
import type { Json } from '../domain/json.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Asking } from './ask.ts'
import { onOneLine } from './options.ts'

const SIGNS = { create: '+', change: '~', remove: '-', adopt: '=' } as const
const ENDED: ReadonlySet<ChangeView['state']> = new Set(['verified', 'unproven', 'undone', 'undoFailed', 'ended'])
const EVERY = 400

const plain = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

/** Lines that are only in one of them; a content line by line. */
function differences(before: State | null, after: State | null): readonly string[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort()
  return keys.flatMap(key => {
    const [was, is] = [before?.[key], after?.[key]]
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    const lines = (value: Json | undefined) =>
      value === undefined
        ? []
        : plain(value)
            .split('\n')
            .filter(line => line !== '')
    const [old, fresh] = [lines(was), lines(is)]
    return [
      ...old.filter(line => !fresh.includes(line)).map(line => `      - ${key}: ${onOneLine(line)}`),
      ...fresh.filter(line => !old.includes(line)).map(line => `      + ${key}: ${onOneLine(line)}`),
    ]
  })
}

const stepText = (step: PlanStep, isFull: boolean): string =>
  [
    `  ${String(step.no).padStart(3)} ${SIGNS[step.action]} ${onOneLine(step.words.en)}  [${step.place.kind === 'books' ? 'suar' : step.place.id}]${step.danger === 'plain' ? '' : `  !! ${step.danger}`}`,
    ...(isFull ? differences(step.before, step.after) : []),
  ].join('\n')

export function planText(view: ChangeView, isFull: boolean): string {
  const { number, title, plan, why } = view
  if (plan === null) return `${number}  ${title.en}\n${why?.en ?? 'It has no plan yet.'}`
  const second = plan.danger !== 'plain' || plan.guard !== null
  return [
    `${number}  ${onOneLine(title.en)}`,
    ...plan.steps.map(step => stepText(step, isFull)),
    `${plan.steps.length} steps, ${plan.kept} things stay as they are.`,
    ...(plan.guard === null ? [] : [plan.guard.en]),
    ...(second ? ['A second person must agree to it on the page of the change before it is applied.'] : []),
    ...(why === null ? [] : [why.en]),
    `Digest: ${plan.digest}`,
  ].join('\n')
}

export function endText({ number, state, done: through, steps, change, instructions, journal }: ChangeView): string {
  const proofs = journal.flatMap(entry => (entry.kind === 'proof' ? [entry.proof] : []))
  return [
    `${number} is ${state}: ${through} of ${steps} steps.`,
    ...('why' in change ? [change.why.message] : []),
    ...proofs.map(({ ok, words }) => `  ${ok ? '✓' : '✗'} ${onOneLine(words.en)}`),
    ...instructions.map(({ en }, i) => `  ${i + 1}. ${onOneLine(en)}`),
  ].join('\n')
}

const viewOf = (asking: Asking, number: string): Promise<Outcome<ChangeView>> => asking.ask('GET', `/changes/${encodeURIComponent(number)}`)

/** Looks until it fits; tells each time. `cancelled` when told to stop: the daemon goes on. */
export async function followed(
  asking: Asking,
  number: string,
  fits: (view: ChangeView) => boolean,
  signal: AbortSignal,
  tell: (view: ChangeView) => void = () => undefined,
): Promise<Outcome<ChangeView>> {
  for (;;) {
    const view = await viewOf(asking, number)
    if (!view.ok) return view
    tell(view.value)
    if (fits(view.value)) return view
    if (signal.aborted) return failed('cancelled', `${number} goes on without this command; its page shows how.`)
    await new Promise(resolve => setTimeout(resolve, EVERY))
  }
}

/** It is through, one way or the other; `verified` after an undo is none of its ends. */
export const isEnded = (view: ChangeView): boolean =>
  ENDED.has(view.state) && (view.may.length > 0 || view.state === 'undone' || view.state === 'ended')

/** Steps as they come, one line each. */
export function telling(write: (line: string) => void): (view: ChangeView) => void {
  let told = 0
  return ({ journal, plan }) => {
    for (const entry of journal.slice(told)) {
      const step = 'step' in entry ? plan?.steps.find(({ no }) => no === entry.step) : undefined
      if (entry.kind === 'did') write(`  done    ${entry.step} ${onOneLine(step?.words.en ?? '')}\n`)
      if (entry.kind === 'undid') write(`  undone  ${entry.step} ${onOneLine(step?.words.en ?? '')}\n`)
      if (entry.kind === 'failed' || entry.kind === 'undoFailed') write(`  failed  ${entry.step} ${onOneLine(entry.failure.message)}\n`)
    }
    told = journal.length
  }
}

export const doing = (asking: Asking, number: string, deed: object): Promise<Outcome<ChangeView>> =>
  asking.ask('POST', `/changes/${encodeURIComponent(number)}/do`, deed)

const NUMBER = /^C-\d{4}-\d{4,8}$/
export const numberIn = (text: string | undefined): Outcome<string> =>
  text !== undefined && NUMBER.test(text) ? done(text) : failed('invalid', `"${text ?? ''}" is no change: it is written C-2026-0001.`)
