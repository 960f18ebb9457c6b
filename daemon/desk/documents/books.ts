// What anybody may ask of a paper by its code, and the agenda book to read and to print.
import { createHash } from 'node:crypto'
import { letterDate } from '../../domain/letter-mark.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { PaperKind, VerificationView } from '../../domain/paper.ts'
import type { AgendaPage, DocumentRow } from '../../domain/ticket-record.ts'
import type { Room } from '../tickets/room.ts'
import { openComposer } from './compose.ts'
import type { Pdf } from './documents.ts'
import type { DocumentSources } from './papers.ts'
import { recordsOf } from './signing.ts'

export interface Books {
  verify(code: string): Promise<Outcome<VerificationView>>
  agenda(query: {
    readonly year: number
    readonly direction?: 'in' | 'out' | undefined
    readonly search: string
    readonly page: number
    readonly size: number
  }): Promise<AgendaPage>
  agendaPdf(year: number): Promise<Outcome<Pdf>>
}

const STATUS = { draft: 'draft', signing: 'signing', sent: 'sent', returned: 'signed', archived: 'archived', void: 'void' } as const

export function openBooks(room: Room, sources: DocumentSources): Books {
  const { papers, files } = sources
  const { documents, agenda, clock } = room.sources
  const composer = openComposer(room, sources)

  /** What lies there is looked at each time: whoever asks wants to know about the paper, not about what was once written of it. */
  async function intact(row: DocumentRow): Promise<Outcome<boolean>> {
    const records = recordsOf(row)
    if (records.length !== row.signatures.filter(({ at }) => at !== null).length) return done(false)
    if (papers.brokenAt(row.history[0]?.sha256 ?? row.sha256, records) !== null) return done(false)
    if (row.sha256 === '') return done(true)
    const file = await files.read(row.sha256)
    // A disk that does not answer says nothing about the paper.
    if (!file.ok) return file.failure.kind === 'notFound' ? done(false) : file
    return done(createHash('sha256').update(file.value).digest('hex') === row.sha256)
  }

  return {
    async verify(typed) {
      const code = papers.readCode(typed)
      const row = code === null ? null : await documents.byCode(code)
      if (row === null) return failed('notFound', 'There is no document with this code.')
      const genuine = await intact(row)
      if (!genuine.ok) return genuine
      const PAPER: PaperKind = row.kind === 'reply' ? 'letter' : row.kind
      return done({
        number: row.number,
        kind: PAPER,
        title: row.title,
        date: row.at,
        sha256: row.sha256,
        status: STATUS[row.state],
        intact: genuine.value,
        // Offices, never people.
        signers: row.signatures.map(({ position, at, method }) => ({ position, at, method: at === null ? null : method })),
      })
    },

    agenda: query => agenda.page(query),
    async agendaPdf(year) {
      const at = clock()
      const lines = async (direction: 'in' | 'out') =>
        (await agenda.year(year, direction)).map(({ no, at: when, letter, dated, from, to, subject, ticketNumber }) => ({
          no,
          at: when,
          number: letter,
          date: letterDate({ date: dated }),
          other: direction === 'in' ? from : to,
          subject,
          remark: ticketNumber ?? '',
        }))
      const paper = papers.agenda(
        { ...composer.frame({ number: null, code: '', at }), verification: null },
        { year, incoming: await lines('in'), outgoing: await lines('out'), keeper: null },
      )
      const set = await papers.render(paper)
      return set.ok ? done({ name: `buku-agenda-${year}.pdf`, content: set.value.pdf }) : set
    },
  }
}
