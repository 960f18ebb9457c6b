// One answer of a form: what was given, read by the type of its field into one normal form, or what is wrong with it.
import type { Answer, LeafField, Words } from './form.ts'
import { isPrivateKey, normalDomain, normalIp, normalSshKey } from './form-net.ts'
import { cleanText } from './form-text.ts'
import * as say from './form-words.ts'

export interface Value {
  /** Undefined: no answer. A wrong one is kept as typed, so that nothing typed is lost. */
  readonly value: Answer | undefined
  readonly reasons: readonly Words[]
}

const none: Value = { value: undefined, reasons: [] }
const fine = (value: Answer): Value => ({ value, reasons: [] })
const wrong = (value: Answer | undefined, reason: Words): Value => ({ value, reasons: [reason] })

/** Characters, where the field itself says nothing. */
const MOST: Partial<Record<LeafField['type'], number>> = { paragraph: 4000, sshkey: 16_500, domain: 253, ip: 50, email: 254 }
const MOST_OTHERS = 300

/** Reads one answer (one of several where the field takes many). Never throws, whatever `given` is. */
export function readValue(field: LeafField, given: unknown): Value {
  if (given === undefined || given === null) return none
  switch (field.type) {
    case 'number':
    case 'integer':
      return readNumber(field, given)
    case 'yesno':
    case 'present':
      return readFlag(field, given)
    default:
      return readText(field, given)
  }
}

function readText(field: LeafField, given: unknown): Value {
  if (typeof given !== 'string' && typeof given !== 'number') return wrong(undefined, say.wrongShape(field))
  const { text, unseen } = cleanText(String(given), field.type === 'paragraph' || field.type === 'sshkey' ? 'many' : 'one')
  if (text === '') return unseen === null ? none : wrong(undefined, say.unseen(unseen))
  // A secret that was pasted by mistake goes no further.
  if (isPrivateKey(text)) return wrong(undefined, say.notA('…', say.SSH_KEY, whyNot(normalSshKey(text))))
  const reasons: Words[] = unseen === null ? [] : [say.unseen(unseen)]
  const most = field.maxLength ?? MOST[field.type] ?? MOST_OTHERS
  if (text.length > most) return { value: text, reasons: [...reasons, say.tooLong(text.length, most)] }
  const read = readTyped(field, text)
  if (read.reasons.length === 0 && field.pattern !== undefined && !compiled(field.pattern.expression).test(String(read.value)))
    return { value: text, reasons: [...reasons, field.pattern.says] }
  return { value: read.value, reasons: [...reasons, ...read.reasons] }
}

const whyNot = (found: ReturnType<typeof normalIp>): Words | undefined => (found.ok ? undefined : (found.why ?? undefined))

function readTyped(field: LeafField, text: string): Value {
  const by = (found: ReturnType<typeof normalIp>, what: Words): Value =>
    found.ok ? fine(found.value) : wrong(text, say.notA(text, what, whyNot(found)))
  switch (field.type) {
    case 'choice':
    case 'choices':
      return field.other || (field.options ?? []).some(({ value }) => value === text) ? fine(text) : wrong(text, say.noOption(text, field))
    case 'ip':
      return by(normalIp(text), say.IP)
    case 'domain':
      return by(normalDomain(text, field.records ? 'record' : 'host'), say.DOMAIN)
    case 'sshkey':
      return by(normalSshKey(text), say.SSH_KEY)
    case 'email':
      return readEmail(text)
    case 'phone':
      return readPhone(text)
    case 'nip':
      return readNip(text)
    case 'date':
      return readDate(text)
    case 'time':
      return readTime(text)
    case 'datetime':
      return readMoment(text)
    default:
      return fine(text)
  }
}

function readFlag(field: LeafField, given: unknown): Value {
  if (typeof given === 'boolean') return fine(given)
  if (typeof given !== 'string' || given.length > 40) return wrong(undefined, say.wrongShape(field))
  const { text } = cleanText(given, 'one')
  if (text === '') return none
  if (/^(true|ya|ada|yes)$/i.test(text)) return fine(true)
  if (/^(false|tidak|tidak ada|no)$/i.test(text)) return fine(false)
  return wrong(text, say.notA(text, say.YES_OR_NO))
}

/** "1.250,5", "1250,5" and "1250.5" are the same number; a lone group of three behind a dot is thousands, as it is written in Indonesia. */
function readNumber(field: LeafField, given: unknown): Value {
  if (typeof given === 'number') return Number.isFinite(given) ? within(field, given) : wrong(undefined, say.wrongShape(field))
  if (typeof given !== 'string') return wrong(undefined, say.wrongShape(field))
  const { text, unseen } = cleanText(given, 'one')
  if (text === '') return unseen === null ? none : wrong(undefined, say.unseen(unseen))
  const figures = text.replaceAll(/\s/g, '')
  const plain = /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/.test(figures) ? figures.replaceAll('.', '').replace(',', '.') : figures.replace(',', '.')
  if (!/^[+-]?\d{1,15}(\.\d{1,9})?$/.test(plain)) return wrong(text.slice(0, MOST_OTHERS), say.notA(text, say.NUMBER))
  return within(field, Number(plain))
}

function within({ type, min, max, unit }: LeafField, value: number): Value {
  const whole = Object.is(value, -0) ? 0 : value
  if (type === 'integer' && !Number.isSafeInteger(whole)) return wrong(whole, say.notWhole(whole))
  if (min !== undefined && whole < min) return wrong(whole, say.below(whole, min, unit))
  if (max !== undefined && whole > max) return wrong(whole, say.above(whole, max, unit))
  return fine(whole)
}

function readEmail(text: string): Value {
  const at = text.lastIndexOf('@')
  const [local, host] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1) return wrong(text, say.notA(text, say.EMAIL, { id: 'tidak ada tanda @', en: 'it has no @' }))
  const domain = normalDomain(host)
  if (!domain.ok) return wrong(text, say.notA(text, say.EMAIL, whyNot(domain)))
  if (local.length > 64 || !/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local))
    return wrong(text, say.notA(text, say.EMAIL))
  return fine(`${local}@${domain.value}`)
}

function readPhone(text: string): Value {
  const digits = text.replaceAll(/\D/g, '').length
  if (!/^\+?[\d\s().–/-]+$/.test(text))
    return wrong(text, say.notA(text, say.PHONE, { id: 'hanya angka, spasi, +, - dan ( )', en: 'only figures, blanks, +, - and ( )' }))
  if (digits < 5 || digits > 15) return wrong(text, say.notA(text, say.PHONE, { id: `ada ${digits} angka`, en: `it has ${digits} figures` }))
  return fine(text)
}

function readNip(text: string): Value {
  const digits = text.replaceAll(/[\s.-]/g, '')
  const letter = /[^\d]/.exec(digits)?.[0]
  if (letter !== undefined) return wrong(text, say.notA(text, say.NIP, { id: `ada tanda “${letter}”`, en: `it has the sign “${letter}”` }))
  if (digits.length !== 18)
    return wrong(
      text,
      say.notA(text, say.NIP, { id: `ada ${digits.length} angka, seharusnya 18`, en: `it has ${digits.length} figures instead of 18` }),
    )
  return fine(digits)
}

/** 2026-11-20, 20-11-2026, 20/11/2026 or 20.11.2026, into the first of them. */
function readDate(text: string): Value {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text)
  const [year, month, day] = iso !== null ? [iso[1], iso[2], iso[3]] : local !== null ? [local[3], local[2], local[1]] : []
  if (year === undefined || month === undefined || day === undefined)
    return wrong(text, say.notA(text, say.DATE, { id: 'tulis seperti 20-11-2026', en: 'write it like 20-11-2026' }))
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${value}T00:00:00Z`)
  const real = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
  return real ? fine(value) : wrong(text, say.notA(text, say.DATE, { id: 'hari itu tidak ada di kalender', en: 'there is no such day' }))
}

function readTime(text: string): Value {
  const found = /^([01]?\d|2[0-3])[.:]([0-5]\d)$/.exec(text)
  if (found === null) return wrong(text, say.notA(text, say.TIME, { id: 'tulis seperti 14.05', en: 'write it like 14:05' }))
  return fine(`${(found[1] ?? '').padStart(2, '0')}:${found[2]}`)
}

function readMoment(text: string): Value {
  const [day = '', hour = ''] = text.split(/[T ]/)
  const [date, time] = [readDate(day), readTime(hour)]
  if (date.reasons.length + time.reasons.length > 0)
    return wrong(text, say.notA(text, say.MOMENT, { id: 'tulis seperti 20-11-2026 14.05', en: 'write it like 20-11-2026 14:05' }))
  return fine(`${String(date.value)}T${String(time.value)}`)
}

const expressions = new Map<string, RegExp>()

function compiled(expression: string): RegExp {
  const known = expressions.get(expression) ?? new RegExp(expression, 'u')
  expressions.set(expression, known)
  return known
}
