// What the desk wants of the paper room: papers by their kind, set on pages, signed, and scans looked into.
import type { Call, Instant } from '../../domain/call.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { CivilDate, Letterhead, Paper, PrintedPaper, SignatureMethod, Verification } from '../../domain/paper.ts'
import type { Minutes } from '../../domain/service.ts'
import type { Lang } from '../../domain/words/lang.ts'

export interface PaperFrame {
  readonly letterhead: Letterhead | null
  readonly author: string
  readonly place: string
  readonly language: Lang
  readonly zone: string
  readonly date: CivilDate
  readonly at: Instant
  readonly number: string | null
  readonly verification: Verification | null
}

export interface Signatory {
  readonly name: string | null
  readonly nip: string | null
  readonly position: string
  readonly unit: string
  readonly rank: string
  readonly instead: string | null
  readonly stamp: boolean
}

interface Person {
  readonly name: string
  readonly position: string
}

export interface DispositionInput {
  readonly ticket: string
  readonly service: string
  readonly from: Person & { readonly organisation: string }
  readonly channel: string
  readonly letter: { readonly number: string; readonly date: string } | null
  readonly received: Instant | null
  readonly agenda: string | null
  readonly priority: string
  readonly subject: string
  readonly orders: readonly { readonly from: Person; readonly to: Person; readonly note: string; readonly at: Instant }[]
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
  readonly requester: Person & { readonly organisation: string }
  readonly channel: string
  readonly filed: Instant
  readonly received: Instant | null
  readonly asked: readonly { readonly label: string; readonly value: string }[]
  readonly timeline: readonly { readonly at: Instant; readonly by: string; readonly text: string }[]
  readonly result: string
  readonly recommendation: string
  readonly clock: readonly {
    readonly step: string
    readonly owner: string
    readonly standard: string
    readonly used: string
    readonly verdict: string
  }[]
  readonly verdict: string
  readonly attachments: readonly { readonly name: string; readonly sha256: string }[]
  readonly signer: Signatory
}

export interface ArchiveInput {
  readonly ticket: string
  readonly service: string
  readonly requester: string
  readonly organisation: string
  readonly filed: Instant
  readonly closed: Instant
  readonly agenda: string
  readonly documents: readonly {
    readonly title: string
    readonly number: string | null
    readonly date: string
    readonly pages: number | null
    readonly sha256: string
  }[]
  readonly keptUntil: string | null
  readonly signer: Signatory
}

export interface AgreementInput {
  readonly ticket: string
  readonly service: string
  readonly promised: string
  readonly agreed: string
  readonly reason: string
  readonly minutes: string | null
  readonly parties: readonly { readonly title: string; readonly signatory: Signatory }[]
}

interface AgendaLine {
  readonly no: number
  readonly at: Instant
  readonly number: string
  readonly date: string
  readonly other: string
  readonly subject: string
  readonly remark: string
}

export interface AgendaInput {
  readonly year: number
  readonly incoming: readonly AgendaLine[]
  readonly outgoing: readonly AgendaLine[]
  readonly keeper: Signatory | null
}

export interface SignatureFacts {
  readonly party: number
  readonly person: number | null
  readonly name: string
  readonly position: string
  readonly at: number
  readonly method: SignatureMethod
  readonly sha256: string
}
export interface SignatureRecord extends SignatureFacts {
  readonly previous: string
  readonly hash: string
}

/** The agency's seal, or the state's service of signatures; appends, never writes anew. */
export interface Seal {
  readonly method: SignatureMethod
  readonly asksPerson: boolean
  sign(
    pdf: Uint8Array,
    request: {
      readonly field: string
      readonly name: string
      readonly reason: string
      readonly place: string
      readonly at: number
      readonly offset: number
      readonly personal: { readonly id: string; readonly passphrase: string } | null
    },
    call: Call,
  ): Promise<Outcome<Uint8Array>>
}

export interface Papers {
  minutes(
    frame: PaperFrame,
    input: { readonly minutes: Minutes; readonly parties: readonly Signatory[]; readonly values: Readonly<Record<string, string>> },
  ): Outcome<Paper>
  disposition(frame: PaperFrame, input: DispositionInput): Paper
  notes(frame: PaperFrame, input: NotesInput): Paper
  report(frame: PaperFrame, input: ReportInput): Paper
  archive(frame: PaperFrame, input: ArchiveInput): Paper
  agreement(frame: PaperFrame, input: AgreementInput): Outcome<Paper>
  agenda(frame: PaperFrame, input: AgendaInput): Paper
  render(paper: Paper): Promise<Outcome<PrintedPaper>>
  /** What stands on paper instead of a signature by hand. */
  insteadOf(method: SignatureMethod, at: Instant | null, frame: Pick<PaperFrame, 'zone' | 'language'>): string | null
  bind(made: string, before: readonly SignatureRecord[], facts: SignatureFacts): SignatureRecord
  /** The first signature that was changed, taken out or put in afterwards; null: all hold. */
  brokenAt(made: string, records: readonly SignatureRecord[]): number | null
  /** A new code to check a paper by: 26 signs, 128 bits. */
  newCode(): string
  inspect(
    bytes: Uint8Array,
  ): Promise<Outcome<{ readonly type: string; readonly pages: number | null; readonly bytes: number; readonly sha256: string }>>
  /** 26 signs from what somebody typed; null: no such code. */
  readCode(typed: string): string | null
  /** Null: the site has none. */
  readonly seal: Seal | null
}

/** Documents' own files: content by its hash. */
export interface DocumentFiles {
  put(content: Uint8Array): Promise<Outcome<{ readonly sha256: string; readonly size: number }>>
  read(sha256: string): Promise<Outcome<Uint8Array>>
}

export interface DocumentSources {
  readonly papers: Papers
  readonly files: DocumentFiles
  /** Where pages are reached from outside. */
  readonly base: () => string
  readonly language: Lang
}
