// Who will sign a paper, in their order: the officials of its day, whatever becomes of them later.
import type { Instant } from '../../domain/call.ts'
import type { PaperFrame } from '../../domain/paper-input.ts'
import type { Service } from '../../domain/service.ts'
import type { DocumentRow } from '../../domain/ticket-record.ts'
import type { DocumentKind, DocumentSignature } from '../../domain/ticket-view.ts'
import type { Loaded, Room } from '../tickets/room.ts'
import type { Papers } from './papers.ts'

const STAND_IN = { definitive: null, plh: 'Plh.', plt: 'Plt.' } as const

/** `who`: chairs, or `requester`. */
export async function partiesOf(room: Room, { frame }: Loaded, who: readonly string[], at: Instant): Promise<DocumentSignature[]> {
  const { people } = room.sources
  const parties: DocumentSignature[] = []
  for (const [party, one] of who.entries()) {
    const open = { party, method: 'scan' as const, at: null }
    if (one === 'requester') {
      const person = frame.requester.person === null ? undefined : (await people.personsById([frame.requester.person]))[0]
      parties.push({ ...open, name: person?.name ?? frame.requester.name, position: person?.position ?? '', nip: person?.nip ?? null })
      continue
    }
    const [seat] = await people.holdersOf(one, at)
    const stand = STAND_IN[seat?.office.kind ?? 'definitive']
    const position = stand === null ? seat?.person.position || room.chairTitle(one) : `${stand} ${room.chairTitle(one)}`
    parties.push({ ...open, name: seat?.person.name ?? '', position, nip: seat?.person.nip ?? null })
  }
  return parties
}

/** Chairs, or `requester`, in the order of signing; empty: nobody signs such a paper. */
export function signersOf(kind: DocumentKind, { minutes, steps }: Pick<Service, 'minutes' | 'steps'>): readonly string[] {
  const parties = (minutes?.parties ?? []).map(({ who }) => who)
  if (kind === 'minutes') return parties
  // Letters leave the house under the name of who gives the first order on what came in.
  if (kind === 'reply') return [steps.find(step => step.kind === 'dispose' || step.kind === 'order')?.owner ?? 'kadis']
  return kind === 'agreement' || kind === 'removal' || kind === 'wipe' ? [parties.find(who => who !== 'requester') ?? 'kabid', 'requester'] : []
}

/** Two parties as they stand on a paper, with what each has signed by. */
export const signedParties = (row: Pick<DocumentRow, 'signatures'>, frame: PaperFrame, { insteadOf }: Pick<Papers, 'insteadOf'>) =>
  row.signatures.map(({ name, nip, position, at, method }, i) => ({
    title: ['PIHAK PERTAMA', 'PIHAK KEDUA'][i] ?? `PIHAK ${i + 1}`,
    signatory: { name, nip, position, unit: '', rank: '', instead: at === null ? null : insteadOf(method, at, frame), stamp: false },
  }))
