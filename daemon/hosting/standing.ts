// Where a ticket stands for those who would change hosts and zones on its word: who gave that word, or why nobody has.
import type { Hand } from '../domain/change.ts'
import type { Answers, Words } from '../domain/form.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { StepKind } from '../domain/service.ts'
import { ENDED, type TicketEvent, type TicketKind, type TicketStatus } from '../domain/ticket.ts'

/** A ticket as this room reads it. Its answers are those of the form as it was when it was filed: what is not on it was not asked. */
export interface HostingTicket {
  readonly number: string
  readonly kind: TicketKind
  readonly service: string
  readonly organisation: number
  /** The ticket that it is about. */
  readonly about: string | null
  readonly status: TicketStatus
  /** Null: it was not handed in. */
  readonly step: { readonly kind: StepKind; readonly label: Words } | null
  readonly answers: Answers
  readonly events: readonly TicketEvent[]
}

/** The services whose forms this room reads. */
export const HOSTING = 'hosting'
export const DOMAIN = 'domain'
export const isOurs = ({ service }: Pick<HostingTicket, 'service'>): boolean => service === HOSTING || service === DOMAIN

const BEFORE: ReadonlySet<StepKind> = new Set(['submit', 'verify', 'dispose', 'order'])

/** The one whose order sent it to work, or who let it pass ahead of the dispositions. Refused: not yet, not any more, and why. */
export function wordOf({ number, status, step, events }: Pick<HostingTicket, 'number' | 'status' | 'step' | 'events'>): Outcome<Hand> {
  const no = (id: string, en: string) => refused('conflict', { id, en })
  if (status === 'draft' || step === null) return no(`${number} belum diajukan.`, `${number} was not handed in yet.`)
  if (ENDED.has(status)) return no(`${number} sudah berakhir.`, `${number} has ended.`)
  if (status === 'returned') return no(`${number} sedang dilengkapi pemohon.`, `${number} is with its applicant to be completed.`)
  if (status === 'paused') return no(`${number} sedang dijeda. Lanjutkan dahulu.`, `${number} is paused. Resume it first.`)
  if (BEFORE.has(step.kind))
    return no(
      `Disposisi ${number} belum selesai (sekarang: ${step.label.id}). Rencana boleh disiapkan, perubahan dibuat setelah perintahnya turun.`,
      `The dispositions of ${number} are not done (now: ${step.label.en}). It can be drafted; the change is made once the order was given.`,
    )
  if (step.kind !== 'work')
    return no(
      `Pekerjaan ${number} sudah diakhiri. Perubahan berikutnya memerlukan tiket permintaan perubahan.`,
      `The work of ${number} has ended. What comes next needs a request for change.`,
    )
  const word = events.findLast(({ kind }) => kind === 'disposed' || kind === 'urgent')
  if (word === undefined) return no(`${number} belum memiliki disposisi.`, `${number} has no disposition.`)
  return done({ account: word.by.account ?? 0, name: word.by.name, at: word.at })
}
