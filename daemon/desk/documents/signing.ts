// Signing: whose turn it is, and what a signature makes of a document. Pure.
import { done, type Outcome, refused } from '../../domain/outcome.ts'
import type { SignatureRecord } from '../../domain/paper-input.ts'
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import type { DocumentRow, TicketFrame } from '../../domain/ticket-record.ts'
import type { DocumentSignature, DocumentState } from '../../domain/ticket-view.ts'

/** A secret proven longer ago than this is proven anew before signing, ms. */
const FRESH = 5 * 60_000

const words = (id: string, en: string) => ({ id, en })
const WHY = {
  over: words('Dokumen ini sudah selesai.', 'This document is complete.'),
  void: words('Dokumen ini sudah dibatalkan.', 'This document is void.'),
  signed: words('Pihak ini sudah menandatangani.', 'This party has signed already.'),
  none: words('Dokumen ini tidak ditandatangani.', 'This document is not for signing.'),
  order: (first: string) => words(`Menunggu tanda tangan ${first} lebih dulu.`, `${first} signs first.`),
  notYou: words('Anda bukan pihak yang menandatangani di sini.', 'You are not the party that signs here.'),
  stale: words('Buktikan identitas Anda sekali lagi sebelum menandatangani.', 'Prove who you are once more before signing.'),
} as const

/** The first that has not signed; null: all have. */
export const turnOf = ({ signatures }: Pick<DocumentRow, 'signatures'>): DocumentSignature | null => signatures.find(({ at }) => at === null) ?? null

/** Whether the document takes a signature of this party now. */
export function inTurn(document: DocumentRow, party: number): Outcome<DocumentSignature> {
  if (document.state === 'void') return refused('conflict', WHY.void)
  const wanted = document.signatures.find(one => one.party === party)
  if (wanted === undefined) return refused('invalid', WHY.none)
  if (wanted.at !== null) return refused('conflict', WHY.signed)
  const next = turnOf(document)
  return next === null || next.party === party ? done(wanted) : refused('conflict', WHY.order(next.position || next.name))
}

/** Whether the viewer is this party: sits on the chair now, or is the one who asked. */
export function isParty(viewer: Viewer, frame: TicketFrame, who: string): boolean {
  if (!may(viewer, 'document.sign', { organisation: frame.organisation })) return false
  if (who !== 'requester') return viewer.positions.includes(who)
  return viewer.organisations.includes(frame.organisation) && (frame.requester.person === null || frame.requester.person === viewer.person)
}

/** `who`: the chair that signs as this party, or `requester`. */
export function maySign(viewer: Viewer, frame: TicketFrame, who: string, now: number): Outcome<void> {
  if (!isParty(viewer, frame, who)) return refused('forbidden', WHY.notYou)
  if (viewer.via !== 'session' || now - viewer.provenAt > FRESH) return refused('forbidden', WHY.stale)
  return done(undefined)
}

/** Nobody yet: a draft. The requester's turn: it went to him. All: it has come back. */
export function stateAfter(document: Pick<DocumentRow, 'signatures'>, who: readonly string[]): DocumentState {
  const next = turnOf(document)
  if (next === null) return 'returned'
  if (who[next.party] === 'requester') return 'sent'
  return document.signatures.some(({ at }) => at !== null) ? 'signing' : 'draft'
}

/** The signatures there are, as they were bound to each other. */
export const recordsOf = ({ signatures }: Pick<DocumentRow, 'signatures'>): SignatureRecord[] =>
  signatures.flatMap(({ party, name, position, at, method, record }) =>
    record === undefined || at === null ? [] : [{ party, name, position, at, method, ...record }],
  )
