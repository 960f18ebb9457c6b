// What papers of the catalogue have in common: the agency's letterhead, the language, the day they are made.
import type { Agency } from '../../domain/agency.ts'
import type { Instant } from '../../domain/call.ts'
import type { Block, Letterhead, Paper, PaperKind } from '../../domain/paper.ts'
import type { Lang } from '../../domain/words/lang.ts'

export interface Making {
  readonly agency: Agency
  readonly language: Lang
  /** When it is made. */
  readonly at: Instant
}

/** `letterhead`: the agency's own, unless another is given. */
export const paperOf = (
  kind: PaperKind,
  title: string,
  number: string | null,
  blocks: readonly Block[],
  { agency, language, at }: Making,
  letterhead: Letterhead | null = agency.letterhead,
): Paper => ({
  kind,
  title,
  number,
  letterhead,
  blocks,
  footer: number === null ? title : `${title} · ${number}`,
  verification: null,
  language,
  date: at,
  author: agency.name,
  size: 'A4',
})
