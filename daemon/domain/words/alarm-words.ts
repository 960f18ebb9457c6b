// What an alarm says, in words, in the reader's language: title, detail, timeline. Pure; pages and messages share it.
import type { Alarm } from '../alarm.ts'
import type { Kind } from '../device.ts'
import type { Text } from '../point.ts'
import type { Quantity } from '../quantity.ts'
import type { PollStatus } from '../reading.ts'
import { duration, type Lang, measured, moment, say, wallTime } from './format.ts'
import { NOUNS } from './kind-words.ts'
import { stateName } from './state-names.ts'
import { stateTitle } from './state-words.ts'

export { noteText, SEVERITY_WORDS } from './note-words.ts'

/** The names an alarm's figures need to become a sentence; see alarm-names.ts, which finds them in layout and points. */
export interface AlarmNames {
  /** What it happened to: `UPS A`, `rak A4`, `CRAC 2`. Null for Suar itself. */
  readonly subject: string | null
  readonly kind: Kind | null
  readonly label: Text | null
  readonly quantity: Quantity | null
  /** Room, and rack where there is one. */
  readonly place: string | null
  /** The utility node of the power chain above it, such as `PLN`. */
  readonly utility: string | null
  /** IANA. */
  readonly zone: string
}

interface DownWords {
  readonly title: (subject: string) => string
  readonly detail: string
}
type Down = Readonly<Record<Exclude<PollStatus, 'answered' | 'partial'>, DownWords>>

const silentId = (s: string): string => `${s} tidak menjawab`
const silentEn = (s: string): string => `${s} does not answer`

const DOWN: Readonly<Record<Lang, Down>> = {
  id: {
    timeout: { title: silentId, detail: 'Poll berturut-turut habis waktu' },
    refused: { title: silentId, detail: 'Sambungan ditolak' },
    unreachable: { title: silentId, detail: 'Tidak ada jalur ke alamatnya' },
    wrongCredential: { title: s => `${s} menolak kredensial`, detail: 'Periksa community, pengguna atau kata sandinya' },
    garbage: { title: s => `${s} menjawab tak terbaca`, detail: 'Jawabannya tidak sesuai protokol' },
    hostKeyChanged: { title: s => `Kunci host ${s} berubah`, detail: 'Tidak disambung lagi sampai kunci baru disahkan' },
    hostKeyUnknown: { title: s => `Kunci host ${s} belum disahkan`, detail: 'Tidak disambung sampai kuncinya disahkan' },
  },
  en: {
    timeout: { title: silentEn, detail: 'Polls in a row timed out' },
    refused: { title: silentEn, detail: 'Connection refused' },
    unreachable: { title: silentEn, detail: 'No route to its address' },
    wrongCredential: { title: s => `${s} rejects the credential`, detail: 'Check its community, user or password' },
    garbage: { title: s => `${s} answers unreadably`, detail: 'Its answers do not follow the protocol' },
    hostKeyChanged: { title: s => `Host key of ${s} changed`, detail: 'Not connected again until the new key is approved' },
    hostKeyUnknown: { title: s => `Host key of ${s} is not approved yet`, detail: 'Not connected until its key is approved' },
  },
}

interface Phrases {
  readonly suar: string
  readonly value: string
  readonly above: (label: string, subject: string) => string
  readonly below: (label: string, subject: string) => string
  /** Quantities that are said to fall rather than to be low. */
  readonly fell: (label: string, subject: string) => string
  readonly is: (label: string, subject: string, state: string) => string
  readonly stale: (label: string, subject: string) => string
  readonly staleDetail: (since: string) => string
  readonly limit: (value: string, limit: string) => string
  readonly causedBy: (title: string) => string
}

const join = (...words: readonly string[]): string => words.filter(word => word !== '').join(' ')

const PHRASES: Readonly<Record<Lang, Phrases>> = {
  id: {
    suar: 'Suar',
    value: 'Nilai',
    above: (label, subject) => join(label, subject, 'tinggi'),
    below: (label, subject) => join(label, subject, 'rendah'),
    fell: (label, subject) => join(label, subject, 'turun'),
    is: (label, subject, state) => `${join(label, subject)}: ${state}`,
    stale: (label, subject) => join(label, subject, 'tidak terbaca'),
    staleDetail: since => `Tanpa data sejak ${since}`,
    limit: (value, limit) => `${value} dari batas ${limit}`,
    causedBy: title => `disebabkan ${title}`,
  },
  en: {
    suar: 'Suar',
    value: 'Value',
    above: (label, subject) => join(subject, label, 'high'),
    below: (label, subject) => join(subject, label, 'low'),
    fell: (label, subject) => join(subject, label, 'dropped'),
    is: (label, subject, state) => `${join(subject, label)}: ${state}`,
    stale: (label, subject) => join(subject, label, 'not readable'),
    staleDetail: since => `No data since ${since}`,
    limit: (value, limit) => `${value}, limit ${limit}`,
    causedBy: title => `caused by ${title}`,
  },
}

const FALLING: ReadonlySet<Quantity> = new Set(['airflow', 'waterflow', 'pressure'])

const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
/** Inside a sentence, unless it begins with an abbreviation. */
const lower = (text: string): string => (/^.\p{Lu}/u.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1))
const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase())

/** The point's label and its subject, so that neither is said twice. */
function parts(names: AlarmNames, lang: Lang): { readonly label: string; readonly subject: string } {
  const label = names.label === null ? PHRASES[lang].value : say(names.label, lang)
  const subject = names.subject ?? ''
  if (subject !== '' && holds(label, subject)) return { label, subject: '' }
  return { label: lang === 'en' && subject !== '' ? lower(label) : label, subject }
}

function withNoun(names: AlarmNames, lang: Lang): string {
  const subject = names.subject ?? PHRASES[lang].suar
  const noun = names.kind === null ? '' : NOUNS[lang][names.kind]
  return noun === '' || holds(subject, noun) ? subject : `${noun} ${subject}`
}

const downWords = (why: string, lang: Lang): DownWords =>
  (DOWN[lang] as Readonly<Record<string, DownWords>>)[why] ?? { ...DOWN[lang].timeout, detail: why }

/** One line that names what is wrong: `Suhu baterai UPS A tinggi`, `Listrik PLN padam`. */
export function alarmTitle(alarm: Pick<Alarm, 'condition'>, names: AlarmNames, lang: Lang): string {
  const { condition } = alarm
  const phrases = PHRASES[lang]
  if (condition.kind === 'system') return say(condition.text, lang)
  if (condition.kind === 'down') return upper(downWords(condition.why, lang).title(withNoun(names, lang)))
  const { label, subject } = parts(names, lang)
  switch (condition.kind) {
    case 'above':
      return upper(phrases.above(label, subject))
    case 'below':
      return upper((names.quantity !== null && FALLING.has(names.quantity) ? phrases.fell : phrases.below)(label, subject))
    case 'stale':
      return upper(phrases.stale(label, subject))
    case 'state':
      if (condition.meaning === null) return upper(phrases.is(label, subject, lower(stateName(condition.name, lang))))
      return upper(stateTitle(condition.meaning, { subject: names.subject ?? label, label, utility: names.utility }, lang))
  }
}

/** The line under it: place, figure and limit. */
export function alarmDetail(alarm: Pick<Alarm, 'condition' | 'raisedAt'>, names: AlarmNames, lang: Lang): string {
  const said = figures(alarm, names, lang)
  return [names.place ?? '', said].filter(part => part !== '').join(' · ')
}

function figures({ condition, raisedAt }: Pick<Alarm, 'condition' | 'raisedAt'>, names: AlarmNames, lang: Lang): string {
  const phrases = PHRASES[lang]
  const shown = (value: number): string => measured(value, names.quantity ?? 'count', lang)
  switch (condition.kind) {
    case 'above':
    case 'below':
      return phrases.limit(shown(condition.value), shown(condition.limit))
    case 'state':
      // With a meaning the title says it in plain words; the device's own word is the evidence.
      return condition.meaning === null ? '' : `${names.label === null ? phrases.value : say(names.label, lang)}: ${condition.name}`
    case 'stale':
      return phrases.staleDetail(moment(condition.since, raisedAt, names.zone, lang))
    case 'down':
      return `${downWords(condition.why, lang).detail} · ${phrases.staleDetail(moment(condition.since, raisedAt, names.zone, lang))}`
    case 'system':
      return ''
  }
}

/** `disebabkan Aliran udara CRAC 2 turun`. */
export const causedBy = (causeTitle: string, lang: Lang): string => PHRASES[lang].causedBy(causeTitle)

/** `AL-2026-1183`. */
export const alarmNumber = (alarm: Pick<Alarm, 'id' | 'raisedAt'>, zone: string): string => `AL-${wallTime(alarm.raisedAt, zone).year}-${alarm.id}`

/** How long it has been, or was, open: `1 j 17 m`. */
export const alarmAge = (alarm: Pick<Alarm, 'raisedAt' | 'clearedAt'>, now: number, lang: Lang): string =>
  duration(((alarm.clearedAt ?? now) - alarm.raisedAt) / 1000, lang)
