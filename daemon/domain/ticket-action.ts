// What people do with a ticket: one shape an action, read at the door. POST /api/v1/tickets/:number/do
import { z } from 'zod'
import { DateKey } from './calendar.ts'
import { cleanText } from './form-text.ts'
import { MOST_LETTER_NUMBER } from './letter-mark.ts'
import { DIFFICULTIES } from './standard.ts'
import { LEVELS, PAUSE_REASONS, PRIORITIES } from './ticket.ts'

const note = z.string().trim().max(4000)
const said = note.min(3, 'say it in a few words')
const person = z.int().positive()
/** Milliseconds since 1970, in this century: a later one no calendar can be asked for, nor any page show. */
const at = z.int().positive().max(Date.UTC(2100, 0))
const shape = <K extends string, S extends z.core.$ZodLooseShape>(kind: K, rest: S) => z.strictObject({ kind: z.literal(kind), ...rest })

/** Number and date of a letter as they are typed. */
export const LetterGiven = z.strictObject({
  number: z
    .string()
    .max(MOST_LETTER_NUMBER * 2)
    .transform(text => cleanText(text, 'one').text)
    .pipe(z.string().max(MOST_LETTER_NUMBER)),
  date: z.union([z.literal(''), DateKey]),
})

export const TicketAction = z.discriminatedUnion('kind', [
  // The procedure.
  shape('verify', { note: note.default('') }),
  shape('return', { reason: said }),
  shape('resubmit', {}),
  shape('dispose', { to: person, note: said }),
  shape('sendBack', { note: said }),
  shape('take', { person: person.optional() }),
  /** Straight to who does it; the dispositions are made up for by `ratify`. */
  shape('urgent', { to: person, reason: said }),
  shape('ratify', { note: said }),
  shape('phase', { phase: z.string(), note: note.default('') }),
  /** Ends the step of work; what happens during it is told by `phase`, `task` and `note`. */
  shape('work', { note: said }),
  shape('report', { text: said, recommendation: note.default('') }),
  shape('minutes', {}),
  shape('archive', {}),
  // The clock.
  shape('pause', { reason: z.enum(PAUSE_REASONS), note: said }),
  shape('resume', { note: note.default('') }),
  shape('rate', { impact: z.enum(LEVELS), urgency: z.enum(LEVELS) }),
  shape('override', { priority: z.enum(PRIORITIES), reason: said }),
  shape('difficulty', { level: z.enum(DIFFICULTIES), reason: said }),
  shape('agree', { due: at, reason: said, signer: z.string().trim().min(2).max(120) }),
  // The end.
  shape('reject', { reason: said }),
  shape('cancel', { reason: said }),
  shape('merge', { into: z.string() }),
  // Around it.
  shape('note', { text: said, visibility: z.enum(['public', 'internal']) }),
  shape('officerFields', { answers: z.record(z.string(), z.unknown()), letter: LetterGiven.optional() }),
  shape('task', { title: said, person: person.nullable().default(null), due: at.nullable().default(null) }),
  shape('taskDone', { task: person, note: note.default('') }),
  shape('watch', { on: z.boolean() }),
  shape('evaluate', { scores: z.array(z.int().min(1).max(4)).max(20), comment: note.default('') }),
])
export type TicketAction = z.output<typeof TicketAction>
export type ActionKind = TicketAction['kind'] | 'answer' | 'complain' | 'change' | 'attach' | 'sign'
