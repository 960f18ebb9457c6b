// The desk's documents: drawn up, set on pages, signed in their order by hand, in the application or with the seal, made void, verified.
import { setTimeout as pause } from 'node:timers/promises'
import { done, failed, type Outcome, refused } from '../../domain/outcome.ts'
import type { SignatureFacts } from '../../domain/paper-input.ts'
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import type { TicketFact } from '../../domain/ticket.ts'
import type { DocumentRow } from '../../domain/ticket-record.ts'
import type { DocumentKind, DocumentSignature, TicketDocument } from '../../domain/ticket-view.ts'
import { audienceOf, documentsFor, seesDocument } from '../tickets/audience.ts'
import { put } from '../tickets/put.ts'
import { type Loaded, type Room, sees } from '../tickets/room.ts'
import { openComposer } from './compose.ts'
import type { DocumentSources } from './papers.ts'
import { partiesOf, signersOf } from './parties.ts'
import { factOf, openReplying, type Reply } from './replying.ts'
import { inTurn, maySign, recordsOf, stateAfter, turnOf } from './signing.ts'

export interface SignBody {
  readonly party: number
  readonly method: 'approval' | 'seal'
  readonly passphrase?: string | undefined
}

export interface Pdf {
  readonly name: string
  readonly content: Uint8Array
}

export interface Documents {
  /** `reply`: what stands in a letter of that kind. */
  make(number: string, kind: DocumentKind, viewer: Viewer, reply?: Reply): Promise<Outcome<TicketDocument>>
  /** Who approved it in the application, each record bound to the one before; `conflict`: nobody did. */
  approvals(id: number, viewer: Viewer): Promise<Outcome<Pdf>>
  content(id: number, viewer: Viewer): Promise<Outcome<Pdf>>
  sign(id: number, body: SignBody, viewer: Viewer): Promise<Outcome<TicketDocument>>
  /** The paper with signatures by hand, come back as a scan. `all`: every party has signed it. */
  scan(id: number, bytes: Uint8Array, all: boolean, viewer: Viewer): Promise<Outcome<TicketDocument>>
  voidOne(id: number, reason: string, viewer: Viewer): Promise<Outcome<TicketDocument>>
}

interface Found {
  readonly row: DocumentRow
  readonly loaded: Loaded
  readonly others: readonly DocumentRow[]
}

const NONE = failed('notFound', 'There is no such document.')
const TRIES = 4

export function openDocuments(room: Room, sources: DocumentSources): Documents {
  const { papers, files } = sources
  const { documents, clock, log } = room.sources
  const composer = openComposer(room, sources)
  const replying = openReplying(room, sources, composer)

  async function find(id: number, viewer: Viewer): Promise<Outcome<Found>> {
    const row = await documents.byId(id)
    if (row === null) return NONE
    const loaded = await room.loadById(row.ticket)
    if (loaded === null || !sees(viewer, loaded.frame) || !seesDocument(audienceOf(viewer), row)) return NONE
    if (!may(viewer, 'document.read', { organisation: loaded.frame.organisation })) return NONE
    return done({ row, loaded, others: await documents.of(row.ticket) })
  }

  /** Sets the paper on pages as it stands. */
  async function print({ row, loaded, others }: Found): Promise<Outcome<DocumentRow>> {
    const paper = await composer.paper(loaded, row, others)
    if (!paper.ok) return paper
    const printed = await papers.render(paper.value)
    if (!printed.ok) return printed
    const kept = await files.put(printed.value.pdf)
    if (!kept.ok) return kept
    const { sha256 } = kept.value
    return done({
      ...row,
      sha256,
      pages: printed.value.pages,
      history: [...row.history, { sha256, at: clock(), what: 'drawn', pages: printed.value.pages }],
    })
  }

  /**
   * Writes the document, with what it means for the ticket. Others may write to the ticket meanwhile: then once more, on what it is by then.
   * `conflict` when the document itself is no longer as it `was`: what another signed or made void is not written over.
   */
  async function keep(
    was: DocumentRow,
    row: DocumentRow,
    viewer: Viewer,
    action: string,
    facts: readonly TicketFact[],
    detail?: unknown,
  ): Promise<Outcome<TicketDocument>> {
    for (let tries = 1; ; tries++) {
      const loaded = await room.loadById(row.ticket)
      if (loaded === null) return NONE
      const by = await room.actor(viewer, loaded, await room.seats(loaded.service, clock()))
      const written = await put(room, loaded, facts, { by, action, detail, withNumbers: () => ({ documents: [row], over: [was] }) })
      const [shown] = documentsFor('internal', [row])
      if (written.ok && shown !== undefined) return done(shown)
      if (!written.ok && (written.failure.kind !== 'conflict' || tries >= TRIES)) return written
      await pause(tries * 5)
    }
  }
  /** What was numbered but not set yet, because the daemon ended in between or nobody has asked for it, is set now. */
  async function printed(found: Found, viewer: Viewer): Promise<Outcome<DocumentRow>> {
    if (found.row.sha256 !== '') return done(found.row)
    const made = await print(found)
    if (!made.ok) return made
    const kept = await keep(found.row, made.value, viewer, 'document.print', [])
    if (kept.ok) return made
    // Another set it on pages at the same moment: that one counts.
    const there = await documents.byId(found.row.id)
    return there === null || there.sha256 === '' ? kept : done(there)
  }

  /** Binds a signature to the file it was given on and to the one before it. */
  function bound(row: DocumentRow, signed: readonly DocumentSignature[], facts: SignatureFacts): DocumentSignature[] {
    const { person, sha256, previous, hash } = papers.bind(row.history[0]?.sha256 ?? row.sha256, recordsOf({ signatures: signed }), facts)
    return signed.map(one =>
      one.party === facts.party
        ? { ...one, name: facts.name, position: facts.position, method: facts.method, at: facts.at, record: { person, sha256, previous, hash } }
        : one,
    )
  }
  const sealed = ({ signatures }: DocumentRow): boolean =>
    signatures.some(({ method, at }) => at !== null && (method === 'seal' || method === 'certified'))

  return {
    async make(number, kind, viewer, reply) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      if (!may(viewer, 'ticket.work') || kind === 'minutes')
        return failed(
          'forbidden',
          kind === 'minutes' ? 'Minutes are drawn up by the step of that name.' : 'Documents are made by officers of the desk.',
        )
      const loaded = found.value
      if (loaded.frame.number === null) return failed('conflict', 'A draft has no documents.')
      const at = clock()
      const who = signersOf(kind, loaded.service)
      if (kind === 'reply')
        return reply === undefined ? failed('invalid', 'Say what the letter is about and what stands in it.') : replying(loaded, reply, viewer)
      const blank: DocumentRow = {
        id: 0,
        ticket: loaded.frame.id,
        kind,
        title: composer.title(kind, loaded),
        number: null,
        // What nobody signs is complete as soon as it is made.
        state: who.length === 0 ? 'archived' : 'draft',
        at,
        sha256: '',
        pages: 0,
        code: papers.newCode(),
        signatures: await partiesOf(room, loaded, who, at),
        history: [],
        reason: null,
      }
      const others = await documents.of(loaded.frame.id)
      // What has a number is set on pages once it has it; whether there is anything to say is seen now.
      const pattern = kind === 'removal' ? `{no}/BAK/${room.sources.services.agency.code}/{year}` : null
      const year = Number(room.timing.dateOf(at).slice(0, 4))
      const able = pattern === null ? done(null) : await composer.paper(loaded, blank, others)
      if (!able.ok) return able
      const made = pattern === null ? await print({ row: blank, loaded, others }) : done(blank)
      if (!made.ok) return made
      const by = await room.actor(viewer, loaded, await room.seats(loaded.service, at))
      const facts = (id: number): TicketFact[] => [factOf({ ...made.value, id })]
      const written = await put(room, loaded, facts(0), {
        by,
        action: 'document.make',
        draws: [{ pattern: 'document', year: 0 }, ...(pattern === null ? [] : [{ pattern, year }])],
        factsWith: ([id = 0]) => facts(id),
        withNumbers: ([id = 0, no = 0]) => ({
          documents: [{ ...made.value, id, number: pattern?.replaceAll('{no}', String(no)).replaceAll('{year}', String(year)) ?? null }],
        }),
      })
      if (!written.ok) return written
      const [shown] = documentsFor('internal', written.value.documents ?? [])
      return shown === undefined ? NONE : done(shown)
    },

    async content(id, viewer) {
      const found = await find(id, viewer)
      if (!found.ok) return found
      const row = await printed(found.value, viewer)
      if (!row.ok) return row
      const content = await files.read(row.value.sha256)
      const name = `${(row.value.number ?? `${row.value.title} ${found.value.loaded.frame.number ?? ''}`).replaceAll('/', '-')}.pdf`
      return content.ok ? done({ name, content: content.value }) : content
    },

    async approvals(id, viewer) {
      const found = await find(id, viewer)
      if (!found.ok) return found
      const { row } = found.value
      const records = recordsOf(row)
      if (!records.some(({ method }) => method === 'approval')) return failed('conflict', 'Nobody has approved this document in the application.')
      const { title, number, pages, history } = row
      const document = { title, number, pages, sha256: history[0]?.sha256 ?? row.sha256 }
      const set = await papers.render(papers.approval(composer.frame(row), { document, records }))
      if (!set.ok) return set
      return done({ name: `${(number ?? title).replaceAll('/', '-')}-persetujuan.pdf`, content: set.value.pdf })
    },

    async sign(id, { party, method, passphrase }, viewer) {
      const found = await find(id, viewer)
      if (!found.ok) return found
      const { loaded } = found.value
      const at = clock()
      const turn = inTurn(found.value.row, party)
      if (!turn.ok) return turn
      const who = signersOf(found.value.row.kind, loaded.service)
      const allowed = maySign(viewer, loaded.frame, who[party] ?? '', at)
      if (!allowed.ok) return allowed
      const ready = await printed(found.value, viewer)
      if (!ready.ok) return ready
      const row = ready.value
      const actor = await room.actor(viewer, loaded, await room.seats(loaded.service, at))
      const position =
        turn.value.position === '' || !viewer.positions.includes(who[party] ?? '') ? turn.value.position || actor.position : turn.value.position
      const facts: SignatureFacts = { party, person: viewer.person, name: actor.name, position, at, method, sha256: row.sha256 }
      const signatures = bound(row, row.signatures, facts)
      const next: DocumentRow = { ...row, signatures, state: stateAfter({ signatures }, who) }
      if (method === 'seal') {
        if (papers.seal === null) return failed('notSupported', 'The agency has no seal: set desk.signer.')
        const pdf = await files.read(row.sha256)
        if (!pdf.ok) return pdf
        const request = {
          field: `Pihak${party + 1}`,
          name: actor.name,
          reason: row.title,
          place: room.sources.services.agency.place,
          at,
          offset: offsetOf(at, room.timing.time().calendar.timezone),
          personal: papers.seal.asksPerson && passphrase !== undefined ? { id: turn.value.nip ?? '', passphrase } : null,
        }
        const signed = await papers.seal.sign(pdf.value, request, { signal: AbortSignal.timeout(60_000), log })
        if (!signed.ok) return signed
        const kept = await files.put(signed.value)
        if (!kept.ok) return kept
        const { sha256 } = kept.value
        const done_ = { ...next, sha256, history: [...next.history, { sha256, at, what: 'signed' as const, pages: row.pages }] }
        return keep(row, done_, viewer, 'document.sign', [factOf(done_)], { document: id, party, method })
      }
      // The approval stands on the paper itself, unless a seal holds it as it is.
      const again = sealed(next) ? done(next) : await print({ ...found.value, row: next })
      if (!again.ok) return again
      return keep(row, again.value, viewer, 'document.sign', [factOf(again.value)], { document: id, party, method, signed: row.sha256 })
    },

    async scan(id, bytes, all, viewer) {
      const found = await find(id, viewer)
      if (!found.ok) return found
      const { loaded } = found.value
      const ready = await printed(found.value, viewer)
      if (!ready.ok) return ready
      const row = ready.value
      const next = turnOf(row)
      if (next === null || row.state === 'void') return inTurn(row, next?.party ?? 0) as Outcome<never>
      const who = signersOf(row.kind, loaded.service)
      const about = { organisation: loaded.frame.organisation }
      const own = who[next.party] === 'requester' && may(viewer, 'ticket.answer', about)
      if (!own && !may(viewer, 'ticket.work')) return failed('forbidden', 'The scan is uploaded by the party whose turn it is, or by the desk.')
      // A party speaks for itself; that others behind it have signed too the desk has seen.
      if (all && !may(viewer, 'ticket.work') && row.signatures.some(({ party, at: signed }) => signed === null && party !== next.party))
        return failed('forbidden', 'That every party has signed is for the desk to say: bring back your own signature.')
      const seen = await papers.inspect(bytes)
      if (!seen.ok) return seen
      if (seen.value.pages !== null && seen.value.pages < row.pages)
        return refused('invalid', {
          id: `Hasil pindai ${seen.value.pages} halaman, dokumennya ${row.pages} halaman: pindai seluruhnya.`,
          en: `The scan has ${seen.value.pages} pages, the document ${row.pages}: scan all of it.`,
        })
      const kept = await files.put(bytes)
      if (!kept.ok) return kept
      const at = clock()
      const { sha256 } = kept.value
      let signatures = [...row.signatures]
      for (const { party, name, position, at: before } of row.signatures) {
        if (before !== null || (party !== next.party && !all)) continue
        signatures = bound(row, signatures, { party, person: null, name, position, at, method: 'scan', sha256 })
      }
      const scanned: DocumentRow = {
        ...row,
        signatures,
        state: stateAfter({ signatures }, who),
        history: [...row.history, { sha256, at, what: 'scan', pages: seen.value.pages ?? 0 }],
      }
      return keep(row, scanned, viewer, 'document.scan', [factOf(scanned)], { document: id, sha256, type: seen.value.type })
    },

    async voidOne(id, reason, viewer) {
      const found = await find(id, viewer)
      if (!found.ok) return found
      const { row, loaded } = found.value
      if (!may(viewer, 'ticket.work')) return failed('forbidden', 'Documents are made void by officers of the desk.')
      if (row.state === 'void') return failed('conflict', 'It is void already.')
      if (loaded.state.endedAt !== null) return failed('conflict', 'The ticket is in the archive: its papers stay as they are.')
      const gone: DocumentRow = { ...row, state: 'void', reason }
      return keep(row, gone, viewer, 'document.void', [factOf(gone)], { document: id, number: row.number, reason })
    },
  }
}

/** Minutes east of Greenwich at that moment. */
function offsetOf(at: number, zone: string): number {
  const said = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(said ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
