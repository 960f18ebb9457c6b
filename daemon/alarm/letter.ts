// A message as the lines of a letter, and a text freed of secrets and control characters. Pure; channels share it.
import type { Instant } from '../domain/call.ts'
import type { Text } from '../domain/point.ts'
import { SEVERITY_WORDS } from '../domain/words/alarm-words.ts'
import { dateTime, duration, type Lang, say } from '../domain/words/format.ts'
import type { Message } from './outbox.ts'

interface Words {
  readonly cleared: string
  readonly since: string
  readonly until: string
  readonly lasted: string
  readonly severity: string
  readonly device: string
  readonly number: string
}

const WORDS: Readonly<Record<Lang, Words>> = {
  id: { cleared: 'Pulih', since: 'Sejak', until: 'Pulih', lasted: 'Lamanya', severity: 'Tingkat', device: 'Perangkat', number: 'Nomor' },
  en: { cleared: 'Cleared', since: 'Since', until: 'Cleared', lasted: 'Lasted', severity: 'Severity', device: 'Device', number: 'Number' },
}

/** `[Kritis] Listrik PLN padam, DC Pangkalpinang` */
export function subjectOf(message: Message): string {
  const { what, severity, title, site, lang } = message
  const mark = what === 'cleared' ? WORDS[lang].cleared : severity === null ? 'Suar' : SEVERITY_WORDS[lang][severity]
  return oneLine(`[${mark}] ${title}, ${site}`)
}

/** The letter itself, plain text. */
export function bodyOf(message: Message): string {
  const { severity, title, detail, site, raisedAt, clearedAt, number, device, point, lang, zone, what } = message
  const words = WORDS[lang]
  const rows: (readonly [string, string])[] = []
  if (severity !== null) rows.push([words.severity, SEVERITY_WORDS[lang][severity]])
  if (device !== null) rows.push([words.device, point === null ? device : `${device} · ${point}`])
  rows.push([words.since, dateTime(raisedAt, zone, lang)])
  if (what === 'cleared' && clearedAt !== null) {
    rows.push([words.until, dateTime(clearedAt, zone, lang)])
    rows.push([words.lasted, duration((clearedAt - raisedAt) / 1000, lang)])
  }
  if (number !== null) rows.push([words.number, number])
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return [title, detail, '', ...rows.map(([name, value]) => `${`${name}:`.padEnd(width)}${value}`), '', `Suar · ${site}`, ''].map(oneLine).join('\n')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: names come from devices and must not end a line or a header
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
/** Marks that turn the direction of writing: a name with one could make a line read as another. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const oneLine = (text: string): string => text.replace(CONTROL, ' ').replace(TURNING, '')

/** An error's text on one line, bounded, with every secret taken out. */
export function safeText(error: unknown, secrets: readonly (string | undefined)[]): string {
  let text = error instanceof Error ? error.message : String(error)
  for (const secret of secrets)
    if (secret !== undefined && secret !== '') text = text.replaceAll(secret, '…').replaceAll(encodeURIComponent(secret), '…')
  return oneLine(text).slice(0, 300)
}

/** What the test button of a channel sends. */
export function testMessage(lang: Lang, site: { readonly name: string; readonly timezone: string }, at: Instant): Message {
  const title: Text = { en: 'Test message', id: 'Pesan uji' }
  const detail: Text = { en: 'This channel works. Nothing has happened.', id: 'Saluran ini berfungsi. Tidak ada kejadian.' }
  const { name, timezone } = site
  return {
    what: 'test',
    alarm: null,
    number: null,
    severity: null,
    title: say(title, lang),
    detail: say(detail, lang),
    device: null,
    point: null,
    site: name,
    at,
    raisedAt: at,
    clearedAt: null,
    lang,
    zone: timezone,
  }
}
