// What the desk wants of the paper room: papers by their kind, set on pages, signed, and scans looked into.
import type { Call, Instant } from '../../domain/call.ts'
import type { Leaving } from '../../domain/leaving.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { Paper, PrintedPaper, SignatureMethod } from '../../domain/paper.ts'
import type {
  AgendaInput,
  AgreementInput,
  ApprovalInput,
  ArchiveInput,
  DispositionInput,
  LeavingInput,
  LetterInput,
  MinutesInput,
  NotesInput,
  PaperFrame,
  ReportInput,
  SignatureFacts,
  SignatureRecord,
} from '../../domain/paper-input.ts'
import type { Lang } from '../../domain/words/lang.ts'

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
  minutes(frame: PaperFrame, input: MinutesInput): Outcome<Paper>
  disposition(frame: PaperFrame, input: DispositionInput): Paper
  notes(frame: PaperFrame, input: NotesInput): Paper
  report(frame: PaperFrame, input: ReportInput): Paper
  archive(frame: PaperFrame, input: ArchiveInput): Paper
  agreement(frame: PaperFrame, input: AgreementInput): Outcome<Paper>
  agenda(frame: PaperFrame, input: AgendaInput): Paper
  letter(frame: PaperFrame, input: LetterInput): Paper
  approval(frame: PaperFrame, input: ApprovalInput): Paper
  removal(frame: PaperFrame, input: LeavingInput): Outcome<Paper>
  wipe(frame: PaperFrame, input: LeavingInput): Paper
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
  /** What goes behind the minutes of a ticket from elsewhere in the house. */
  readonly annexes?: (ticket: string) => Promise<NonNullable<MinutesInput['annexes']>>
  /** What of a ticket's equipment was leaving at that moment; null: nothing. */
  readonly leaving?: (ticket: string, at: Instant) => Promise<Leaving | null>
}
