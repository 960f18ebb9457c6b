// What the desk tells the paper room for each kind of paper: figures and words, not how they stand on a page. Said once, for both.
import type { Instant } from './call.ts'
import type { Leaving } from './leaving.ts'
import type { Block, CivilDate, Letterhead, SignatureMethod, Verification } from './paper.ts'
import type { Minutes } from './service.ts'
import type { Lang } from './words/lang.ts'

export interface PaperFrame {
  readonly letterhead: Letterhead | null
  /** The office, for the file's metadata. */
  readonly author: string
  /** Where papers are signed. */
  readonly place: string
  readonly language: Lang
  /** IANA zone of the times on it. */
  readonly zone: string
  /** The day it is dated. */
  readonly date: CivilDate
  /** When it is made. */
  readonly at: Instant
  readonly number: string | null
  readonly verification: Verification | null
  readonly size?: 'A4' | 'F4'
}

/** Who signs, as he is on the day of the paper. Null: not known, a line is left to write it on. */
export interface Signatory {
  readonly name: string | null
  readonly nip: string | null
  readonly position: string
  readonly unit: string
  readonly rank: string
  /** What stands instead of a signature by hand; null: room for one. */
  readonly instead: string | null
  /** Room for a wet stamp. */
  readonly stamp: boolean
}

interface Official {
  readonly name: string
  readonly position: string
}

/** The application a request is about, and who answers for it on the day of the paper; null: nobody. */
export interface ApplicationInput {
  readonly name: string
  readonly structural: Official | null
  readonly technical: Official | null
}

export interface MinutesInput {
  readonly minutes: Minutes
  /** As many as the minutes have parties, in the same order. */
  readonly parties: readonly Signatory[]
  /** What the clauses name besides the date: `ticket`, `products`, … */
  readonly values: Readonly<Record<string, string>>
  /** Printed behind the signatures, each on a page of its own. */
  readonly annexes?: readonly { readonly title: string; readonly blocks: readonly Block[] }[]
}

export interface DispositionInput {
  readonly ticket: string
  readonly service: string
  readonly from: Official & { readonly organisation: string }
  /** "Surat", "Portal" …: how it came in. */
  readonly channel: string
  /** Of the letter that came with it; null: none. */
  readonly letter: { readonly number: string; readonly date: string } | null
  readonly received: Instant | null
  /** In the agenda book; null: not yet. */
  readonly agenda: string | null
  readonly priority: string
  readonly subject: string
  readonly orders: readonly { readonly from: Official; readonly to: Official; readonly note: string; readonly at: Instant }[]
}

export interface NotesInput {
  readonly ticket: string
  readonly service: string
  readonly requester: string
  readonly organisation: string
  readonly notes: readonly { readonly at: Instant; readonly by: string; readonly text: string }[]
  readonly signer: Signatory
}

export interface ReportInput {
  readonly ticket: string
  readonly service: string
  readonly products: readonly string[]
  readonly requester: Official & { readonly organisation: string }
  /** Null: it is about none of the register. */
  readonly application: ApplicationInput | null
  readonly channel: string
  readonly filed: Instant
  readonly received: Instant | null
  /** What was asked: the form's answers, already in words. */
  readonly asked: readonly { readonly label: string; readonly value: string }[]
  readonly timeline: readonly { readonly at: Instant; readonly by: string; readonly text: string }[]
  /** What was done, as the officer wrote it; an empty line parts paragraphs. */
  readonly result: string
  readonly recommendation: string
  /** The clock in words, a row a step. */
  readonly clock: readonly {
    readonly step: string
    readonly owner: string
    readonly standard: string
    readonly used: string
    readonly verdict: string
  }[]
  /** "Selesai dalam 3 hari kerja dari 3–5 hari kerja": one sentence. */
  readonly verdict: string
  readonly attachments: readonly { readonly name: string; readonly sha256: string }[]
  readonly signer: Signatory
}

export interface ArchiveInput {
  readonly ticket: string
  readonly service: string
  readonly requester: string
  readonly organisation: string
  /** Null: it is about none of the register. */
  readonly application: ApplicationInput | null
  readonly filed: Instant
  readonly closed: Instant
  /** In the agenda book. */
  readonly agenda: string
  readonly documents: readonly {
    readonly title: string
    readonly number: string | null
    readonly date: string
    readonly pages: number | null
    readonly sha256: string
  }[]
  /** Its last day in the archive; null: without end. */
  readonly keptUntil: CivilDate | null
  readonly signer: Signatory
}

export interface AgreementInput {
  readonly ticket: string
  readonly service: string
  /** As the clock gave it, in words. */
  readonly promised: string
  readonly agreed: string
  readonly reason: string
  /** Of the minutes it belongs to; null: not made yet. */
  readonly minutes: string | null
  /** PIHAK PERTAMA first. */
  readonly parties: readonly { readonly title: string; readonly signatory: Signatory }[]
}

/** Of equipment that leaves: what, and who hands it over to whom, PIHAK PERTAMA first. */
export interface LeavingInput extends Leaving {
  readonly parties: readonly { readonly title: string; readonly signatory: Signatory }[]
}

interface AgendaLine {
  readonly no: number
  readonly at: Instant
  /** Of the letter or document; empty: none. */
  readonly number: string
  readonly date: string
  /** From whom it came, or to whom it went. */
  readonly other: string
  readonly subject: string
  /** Ticket, disposition: what refers to it. */
  readonly remark: string
}

export interface AgendaInput {
  readonly year: number
  readonly incoming: readonly AgendaLine[]
  readonly outgoing: readonly AgendaLine[]
  /** Who keeps the book; null: nobody signs it. */
  readonly keeper: Signatory | null
}

export interface LetterInput {
  readonly subject: string
  /** "1 (satu) berkas"; null: none. */
  readonly enclosures: string | null
  /** "Kepala Dinas …", and the lines below it. */
  readonly to: readonly string[]
  /** An empty line parts paragraphs. */
  readonly text: string
  readonly signer: Signatory
  /** Tembusan. */
  readonly copies: readonly string[]
}

export interface ApprovalInput {
  readonly document: { readonly title: string; readonly number: string | null; readonly sha256: string; readonly pages: number }
  /** In order. */
  readonly records: readonly SignatureRecord[]
}

/** One signature as it is kept, by whatever way it came about. Names do not change when people do. */
export interface SignatureFacts {
  /** Counted from 0, in signing order. */
  readonly party: number
  readonly person: number | null
  readonly name: string
  readonly position: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly method: SignatureMethod
  /** Of the file that was signed, hexadecimal. */
  readonly sha256: string
}

export interface SignatureRecord extends SignatureFacts {
  /** The hash of the record before; of the first, the hash of the paper as it was made. */
  readonly previous: string
  /** Over all of the above. */
  readonly hash: string
}
