// What a ticket is told of its changes: that the work is done, with its proofs, or why it is not. Told again it comes to nothing new. Pure.
import type { Change, Hand } from '../domain/change.ts'
import type { Words } from '../domain/form.ts'
import type { Lang } from '../domain/words/lang.ts'
import { dateTime } from '../domain/words/time.ts'
import type { HostingTicket } from './standing.ts'

export type Telling =
  | { readonly kind: 'note'; readonly text: string }
  /** The step of work ends, at the moment of the last proof. */
  | { readonly kind: 'worked'; readonly by: Hand; readonly at: number; readonly note: string }

export interface TellOptions {
  readonly zone: string
  readonly language: Lang
}

const SAYS = {
  id: {
    verified: (n: string, title: string, at: string, all: number) => `${n} (${title}) terbukti ${at}: ${all} pemeriksaan, semuanya sesuai.`,
    unproven: (n: string, at: string, why: string) => `${n} diterapkan ${at}, tetapi tidak terbukti dari luar: ${why}`,
    undone: (n: string, at: string, why: string) => `${n} dikembalikan seperti semula ${at}: ${why}`,
    undoFailed: (n: string, at: string, why: string) =>
      `${n} gagal dikembalikan seperti semula ${at}: ${why} Petunjuk untuk petugas ada di halaman perubahan.`,
    left: (what: string) => `Yang masih dikerjakan dengan tangan, lalu akhiri pekerjaan ini: ${what}`,
    more: (n: number) => `… dan ${n} pemeriksaan lain`,
  },
  en: {
    verified: (n: string, title: string, at: string, all: number) => `${n} (${title}) was proven ${at}: ${all} looks, all as wanted.`,
    unproven: (n: string, at: string, why: string) => `${n} was applied ${at}, and a look from outside did not find it so: ${why}`,
    undone: (n: string, at: string, why: string) => `${n} was put back as it was ${at}: ${why}`,
    undoFailed: (n: string, at: string, why: string) => `${n} could not be put back ${at}: ${why} What a person does now stands on its page.`,
    left: (what: string) => `Left to be done by hand, before this work is ended: ${what}`,
    more: (n: number) => `… and ${n} more looks`,
  },
} as const

/** Lines of proofs in one note. */
const MOST_PROOFS = 25
/** Signs of a note that the desk takes. */
const LONGEST = 3_900

/** Something will still come of it. */
const UNDER_WAY: ReadonlySet<Change['state']> = new Set(['requested', 'approved', 'planned', 'applying', 'applied'])
const isWithdrawn = ({ state }: Change): boolean => state === 'ended'

/** The last change of each website, and of names alone: an earlier one that was undone and made anew counts no more. */
function lastOf(changes: readonly Change[]): readonly Change[] {
  const last = new Map<string, Change>()
  for (const change of changes) if (!isWithdrawn(change)) last.set(change.website ?? '', change)
  return [...last.values()]
}

/** `changes`: of this ticket, oldest first. `byHand`: what of its form no plan makes. */
export function tellingsOf(
  ticket: Pick<HostingTicket, 'status' | 'step' | 'events'>,
  changes: readonly Change[],
  byHand: readonly Words[],
  { zone, language }: TellOptions,
): readonly Telling[] {
  const says = SAYS[language]
  const time = (at: number) => dateTime(at, zone, language)
  const why = (change: Extract<Change, { why: unknown }>) => change.why.words?.[language] ?? change.why.message

  const proven = (change: Extract<Change, { state: 'verified' }>): string => {
    const { number, title, verifiedAt, proofs } = change
    const lines = proofs.slice(0, MOST_PROOFS).map(({ words }) => `– ${words[language]}`)
    const rest = proofs.length > MOST_PROOFS ? [says.more(proofs.length - MOST_PROOFS)] : []
    return [says.verified(number, title[language], time(verifiedAt), proofs.length), ...lines, ...rest].join('\n')
  }
  const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`)

  const notes = changes.flatMap((change): string[] => {
    if (change.state === 'unproven') return [says.unproven(change.number, time(change.applied.endedAt), why(change))]
    if (change.state === 'undone') return [says.undone(change.number, time(change.endedAt), why(change))]
    if (change.state === 'undoFailed') return [says.undoFailed(change.number, time(change.endedAt), why(change))]
    return []
  })
  const last = lastOf(changes)
  const verified = last.flatMap(change => (change.state === 'verified' ? [change] : []))
  const atWork = ticket.status === 'open' && ticket.step?.kind === 'work'
  const isThrough = !changes.some(({ state }) => UNDER_WAY.has(state)) && last.length > 0 && verified.length === last.length
  if (isThrough && atWork && byHand.length > 0)
    notes.push(`${verified.map(proven).join('\n')}\n${says.left(byHand.map(words => words[language]).join(' '))}`)

  const there = new Set(ticket.events.flatMap(event => (event.kind === 'note' ? [event.text] : [])))
  const tellings: Telling[] = notes
    .map(cut)
    .filter(text => !there.has(text))
    .map(text => ({ kind: 'note', text }))
  if (isThrough && atWork && byHand.length === 0) {
    const [final] = verified.toSorted((a, b) => b.verifiedAt - a.verifiedAt)
    if (final !== undefined) tellings.push({ kind: 'worked', by: final.applied, at: final.verifiedAt, note: cut(verified.map(proven).join('\n')) })
  }
  return tellings
}

/** What becomes of a change whose ticket came to nothing: one that is under way goes back, one that was not begun is withdrawn. */
export const lettingGo = ({ state }: Change): 'stop' | 'end' | null => {
  if (state === 'applying') return 'stop'
  return state === 'requested' || state === 'approved' || state === 'planned' ? 'end' : null
}
