// A paper as plain data: what stands on it, in which order. Setting it on pages is the paper room's work; what it says is the desk's.
import type { Instant } from './call.ts'
import type { Lang } from './words/lang.ts'

/** Every kind of paper the house makes; also what the verification page calls it. */
export const PAPER_KINDS = [
  'minutes',
  'letter',
  'disposition',
  'notes',
  'report',
  'agenda',
  'archive',
  'agreement',
  'approval',
  'form',
  'sheet',
  'standard',
  'guestBook',
  'evacuation',
  'removal',
  'wipe',
  'careLog',
] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** A stretch of text in one style, or a box to tick: drawn, because few fonts have one. */
export type Run =
  | { readonly text: string; readonly bold?: boolean; readonly italic?: boolean; readonly underline?: boolean }
  | { readonly check: boolean }

/** A string is literal, whatever signs it has; a line feed begins a new line. */
export type Inline = string | readonly Run[]

export type Align = 'left' | 'center' | 'right' | 'justify'

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly content: Inline
  /** `justify` when absent. */
  readonly align?: Align
  /** Of the first line, and of all lines, in points. */
  readonly indent?: number
  readonly inset?: number
  /** Stays on the page of what follows it. */
  readonly keep?: boolean
  /** In points; the paper's own when absent. */
  readonly size?: number
  /** Points below it. */
  readonly gap?: number
}

export interface Heading {
  readonly kind: 'heading'
  /** 1: the title of the paper, centred, in capitals as given; 2 and 3 within it. All are bookmarks. */
  readonly level: 1 | 2 | 3
  readonly content: Inline
  readonly align?: Align
}

/** How the items of a list are counted: 1. · a. · 1) · a) · I. · – */
export type Marker = 'decimal' | 'letter' | 'decimal-paren' | 'letter-paren' | 'roman' | 'dash'

export interface List {
  readonly kind: 'list'
  readonly marker: Marker
  /** Counted from 1 when absent. */
  readonly start?: number
  /** An item is one paragraph, or blocks, lists among them. */
  readonly items: readonly (Inline | readonly Block[])[]
  readonly gap?: number
}

export interface Cell {
  readonly content: Inline | readonly Block[]
  readonly columns?: number
  readonly rows?: number
  readonly align?: Align
  readonly bold?: boolean
  /** A light grey ground, for heads and group rows. */
  readonly shade?: boolean
}

export interface Table {
  readonly kind: 'table'
  /** Shares of the width; they need not add up to anything. */
  readonly columns: readonly { readonly width: number; readonly align?: Align }[]
  /** Set again at the top of every page the table goes on to. */
  readonly head: readonly (readonly Cell[])[]
  readonly rows: readonly (readonly Cell[])[]
  /** `all` when absent. */
  readonly borders?: 'all' | 'none'
  readonly size?: number
}

/** Lines "Nama : …" whose colons stand below one another. A null value is a dotted line to write on. */
export interface Fields {
  readonly kind: 'fields'
  readonly rows: readonly { readonly label: Inline; readonly value: Inline | null }[]
  /** Points from the left to the colon; by the longest label when absent. */
  readonly label?: number
  readonly inset?: number
  readonly keep?: boolean
  readonly gap?: number
}

/** One who signs. What is null is left out, except the name: then there is a line to write it on. */
export interface Party {
  /** Above the place of the signature: "PIHAK PERTAMA,", "Kepala Dinas". */
  readonly title: readonly string[]
  /** "Pangkalpinang, 20 November 2026". */
  readonly place: string | null
  /** "(minimal eselon III dan dicap basah)". */
  readonly note: string | null
  /** Room for a wet stamp beside the signature. */
  readonly stamp: boolean
  /** What stands instead of a signature by hand: "Disetujui secara elektronik …". */
  readonly instead: string | null
  readonly name: string | null
  readonly rank: string | null
  /** 18 digits; printed in groups. Null: the line stays empty, as on a form. Undefined: no such line. */
  readonly nip?: string | null
}

export interface Signatures {
  readonly kind: 'signatures'
  readonly parties: readonly Party[]
  /** How many beside one another; two when absent. */
  readonly columns?: number
}

/** The opening of minutes: "Pada hari ini Jumat tanggal dua puluh bulan November tahun dua ribu dua puluh enam (20-11-2026)", and what follows it. */
export interface DateOpening {
  readonly kind: 'date-opening'
  readonly date: CivilDate
  readonly rest: Inline
}

export interface Box {
  readonly kind: 'box'
  readonly blocks: readonly Block[]
  /** Share of the width, 0 … 1; the whole when absent. */
  readonly width?: number
  readonly align?: 'left' | 'center' | 'right'
}

export interface Qr {
  readonly kind: 'qr'
  readonly text: string
  /** Edge, points; 90 when absent. */
  readonly size?: number
  readonly caption?: string
  readonly align?: 'left' | 'center' | 'right'
}

export type Block =
  | Heading
  | Paragraph
  | List
  | Table
  | Fields
  | Signatures
  | DateOpening
  | Box
  | Qr
  | { readonly kind: 'page-break' }
  | { readonly kind: 'rule' }
  | { readonly kind: 'space'; readonly height: number }

/** Kop surat. */
export interface Letterhead {
  /** "PEMERINTAH PROVINSI KEPULAUAN BANGKA BELITUNG". */
  readonly above: string
  /** "DINAS KOMUNIKASI DAN INFORMATIKA", in larger type. */
  readonly name: string
  /** Address, telephone, web: a line each. */
  readonly address: readonly string[]
  /** A PNG or JPEG file; null: none. */
  readonly logo: string | null
}

/** A day of the calendar, free of zones: what a paper is dated. */
export interface CivilDate {
  readonly year: number
  /** 1 … 12. */
  readonly month: number
  readonly day: number
}

export interface Paper {
  readonly kind: PaperKind
  /** For the bookmarks, the file and its metadata. */
  readonly title: string
  readonly number: string | null
  readonly letterhead: Letterhead | null
  readonly blocks: readonly Block[]
  /** Left at the foot of every page; null: the number, if there is one. */
  readonly footer: string | null
  /** What the QR at the foot of every page leads to; null: none. */
  readonly verification: Verification | null
  readonly language: Lang
  /** When it was made. The same paper made at the same moment is the same file, byte for byte. */
  readonly date: Instant
  /** The office it comes from, for the metadata. */
  readonly author: string
  /** A4 when absent. F4 (folio): 215 × 330 mm, as offices in Indonesia use it. */
  readonly size?: 'A4' | 'F4'
  /** Lying on its side: wide tables. */
  readonly landscape?: boolean
}

/** A paper set on pages. */
export interface PrintedPaper {
  readonly pdf: Uint8Array
  readonly pages: number
  /** Of the file, in hexadecimal. */
  readonly sha256: string
}

/** Where a reader learns whether a paper is genuine. */
export interface Verification {
  readonly url: string
  /** 26 signs of Crockford's base 32: 128 random bits. */
  readonly code: string
}

/** How a signature came about, from the plainest up: by hand and scanned, in the application, the seal of the agency, a certified one of the state. */
export const SIGNATURE_METHODS = ['scan', 'approval', 'seal', 'certified'] as const
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number]

/** Draft, signed by some, signed by all, put away; `void` is no longer good. */
export const DOCUMENT_STATUSES = ['draft', 'signing', 'sent', 'signed', 'archived', 'void'] as const
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number]

/** What the public page shows of a paper: nothing about a person but the office. */
export interface VerificationView {
  readonly number: string | null
  readonly kind: PaperKind
  readonly title: string
  readonly date: Instant
  readonly sha256: string
  readonly status: DocumentStatus
  /** Its file and its signatures are as they were made. */
  readonly intact: boolean
  readonly signers: readonly { readonly position: string; readonly at: Instant | null; readonly method: SignatureMethod | null }[]
}

/** Stretches in `**bold**` and `*italic*`, as the catalogue's texts are written; a lone star stays one. */
export function marked(text: string): readonly Run[] {
  const runs: Run[] = []
  let from = 0
  for (const found of text.matchAll(/\*\*(\S(?:[^*]*\S)?)\*\*|\*([^\s*)](?:[^*]*[^\s*])?)\*/g)) {
    if (found.index > from) runs.push({ text: text.slice(from, found.index) })
    const [whole, bold, italic] = found
    if (bold !== undefined) runs.push({ text: bold, bold: true })
    else if (italic !== undefined) runs.push({ text: italic, italic: true })
    from = found.index + whole.length
  }
  if (from < text.length) runs.push({ text: text.slice(from) })
  return runs
}
