// The timeline of an alarm and its severity, in words, in both languages.
import type { AlarmNote, Severity } from '../alarm.ts'
import type { Lang } from './lang.ts'

export const SEVERITY_WORDS: Readonly<Record<Lang, Readonly<Record<Severity, string>>>> = {
  id: { critical: 'Kritis', warning: 'Perhatian', unknown: 'Tidak diketahui' },
  en: { critical: 'Critical', warning: 'Warning', unknown: 'Unknown' },
}

interface NoteWords {
  readonly raised: string
  readonly reopened: string
  readonly severity: (severity: string) => string
  readonly acknowledged: (by: string, comment: string) => string
  readonly comment: (by: string, text: string) => string
  readonly suppressed: (cause: string) => string
  readonly released: string
  readonly notified: (to: string) => string
  readonly notifyFailed: (text: string) => string
  readonly cleared: string
}

const quoted = (comment: string): string => (comment === '' ? '' : `: “${comment}”`)

const NOTES: Readonly<Record<Lang, NoteWords>> = {
  id: {
    raised: 'Alarm menyala',
    reopened: 'Menyala lagi, alarm yang sama dibuka kembali',
    severity: severity => `Tingkat menjadi ${severity}`,
    acknowledged: (by, comment) => `Diakui ${by}${quoted(comment)}`,
    comment: (by, text) => `${by}: “${text}”`,
    suppressed: cause => `Penyebab: ${cause}`,
    released: 'Penyebabnya pulih, alarm ini berdiri sendiri',
    notified: to => `Kabar terkirim lewat ${to}`,
    notifyFailed: text => `Kabar gagal terkirim: ${text}`,
    cleared: 'Pulih',
  },
  en: {
    raised: 'Alarm raised',
    reopened: 'Back again, the same alarm reopened',
    severity: severity => `Severity now ${severity}`,
    acknowledged: (by, comment) => `Acknowledged by ${by}${quoted(comment)}`,
    comment: (by, text) => `${by}: “${text}”`,
    suppressed: cause => `Cause: ${cause}`,
    released: 'Its cause is over, it stands on its own',
    notified: to => `Notice sent by ${to}`,
    notifyFailed: text => `Notice not sent: ${text}`,
    cleared: 'Cleared',
  },
}

/** In a note of kind `raised`: the alarm came back soon after it cleared and was opened again. */
export const REOPENED = 'again'

/**
 * One line of the timeline. Notes carry codes: `severity` the new severity, `suppressed` the id of the cause, `notified` channel and recipient.
 * `titleOf` gives the title of an alarm by id, or null when it is not at hand.
 */
export function noteText(note: AlarmNote, titleOf: (id: number) => string | null, lang: Lang): string {
  const words = NOTES[lang]
  const by = note.by ?? 'Suar'
  switch (note.kind) {
    case 'raised':
      return note.text === REOPENED ? words.reopened : words.raised
    case 'severity':
      return words.severity((SEVERITY_WORDS[lang] as Readonly<Record<string, string>>)[note.text]?.toLowerCase() ?? note.text)
    case 'acknowledged':
      return words.acknowledged(by, note.text)
    case 'comment':
      return words.comment(by, note.text)
    case 'suppressed':
      return words.suppressed(titleOf(Number(note.text)) ?? `#${note.text}`)
    case 'released':
      return words.released
    case 'notified':
      return words.notified(note.text)
    case 'notifyFailed':
      return words.notifyFailed(note.text)
    case 'cleared':
      return words.cleared
  }
}
