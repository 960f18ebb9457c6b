// Papers of equipment that leaves custody: the minutes of its removal, the certificate of its wiped media.
import { done, type Outcome, refused } from '../../domain/outcome.ts'
import type { Paper } from '../../domain/paper.ts'
import type { PaperFrame } from '../../domain/paper-input.ts'
import type { DocumentRow } from '../../domain/ticket-record.ts'
import type { DocumentSources } from './papers.ts'
import { signedParties } from './parties.ts'

const NOTHING = {
  removal: {
    id: 'Tidak ada perangkat pada tiket ini yang sedang dikeluarkan. Tandai dahulu perangkat yang keluar pada halaman penitipan.',
    en: 'No equipment of this ticket is leaving. Say first on the page of the stay which pieces leave.',
  },
  wipe: {
    id: 'Belum ada sanitasi media yang dicatat untuk perangkat yang keluar.',
    en: 'No media of leaving equipment have been noted as wiped yet.',
  },
} as const

interface Given {
  readonly sources: Pick<DocumentSources, 'papers' | 'leaving'>
  readonly frame: PaperFrame
  /** Its number; null: a draft, of which nothing leaves. */
  readonly ticket: string | null
}

/** What was leaving when the paper was drawn up; `conflict`: nothing was. */
export async function leavingPaper(kind: 'removal' | 'wipe', row: DocumentRow, { sources, frame, ticket }: Given): Promise<Outcome<Paper>> {
  const { papers, leaving } = sources
  const leaves = ticket === null || leaving === undefined ? null : await leaving(ticket, row.at)
  if (leaves === null || (kind === 'wipe' && !leaves.pieces.some(({ media }) => media?.kind === 'wiped'))) return refused('conflict', NOTHING[kind])
  const input = { ...leaves, parties: signedParties(row, frame, papers) }
  return kind === 'removal' ? papers.removal(frame, input) : done(papers.wipe(frame, input))
}
