// Answers of a form as they stand on paper: boxes to tick, dates as they are written, figures with their unit.
import type { Answer, LeafField, Words } from '../../domain/form.ts'
import { applicationName } from '../../domain/form-application.ts'
import { isTerms, type TermsAnswer } from '../../domain/form-terms.ts'
import type { Run } from '../../domain/paper.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { nipInGroups } from '../../domain/words/nip.ts'
import { MONTH_NAMES } from '../../domain/words/time.ts'

const BETWEEN = '      '

const FLAGS = {
  present: { id: ['Ada', 'Tidak ada'], en: ['Present', 'Not present'] },
  yesno: { id: ['Ya', 'Tidak'], en: ['Yes', 'No'] },
} as const

/** ☐ Ada ☐ Tidak ada, ticked as answered. */
export function flagRuns(type: keyof typeof FLAGS, answer: Answer | undefined, language: Lang): readonly Run[] {
  const [yes, no] = FLAGS[type][language]
  return [{ check: answer === true }, { text: `\u00a0${yes}${BETWEEN}` }, { check: answer === false }, { text: `\u00a0${no}` }]
}

/** Every option with its box, which stays with its first word; what was written beside them, or room to write, at the end. */
export function choiceRuns(
  options: readonly { readonly value: string; readonly label: Words }[],
  chosen: readonly unknown[],
  language: Lang,
  other = false,
): readonly Run[] {
  const known = new Set<unknown>(options.map(({ value }) => value))
  const strange = chosen.filter(one => !known.has(one)).map(String)
  const rest = other ? (strange.length === 0 ? ['...............'] : strange) : []
  return [
    ...options.map(({ value, label }) => ({ check: chosen.includes(value), text: label[language] })),
    ...rest.map(text => ({ check: strange.length > 0, text })),
  ].flatMap(({ check, text }, i): Run[] => [{ text: i === 0 ? '' : BETWEEN }, { check }, { text: `\u00a0${text}` }])
}

/** Null: nothing was answered, a line is left. */
export function answerText(field: LeafField, answer: Answer | undefined, language: Lang, files: ReadonlyMap<number, string>): string | null {
  if (answer === undefined || answer === null) return null
  if (field.type === 'files')
    return [answer]
      .flat()
      .map(id => files.get(Number(id)) ?? `#${String(id)}`)
      .join('\n')
  if (field.type === 'application') return applicationName(answer)
  if (field.type === 'terms') return isTerms(answer) ? agreedText(answer, language) : null
  const texts = [answer].flat().map(one => oneText(field, one, language))
  return texts.join('\n')
}

function oneText(field: LeafField, answer: Answer, language: Lang): string {
  const unit = field.unit === undefined ? '' : ` ${field.unit}`
  if (typeof answer === 'number')
    return `${language === 'id' ? answer.toLocaleString('id-ID', { maximumFractionDigits: 6 }) : answer.toLocaleString('en-GB', { maximumFractionDigits: 6 })}${unit}`
  if (typeof answer !== 'string') return String(answer)
  switch (field.type) {
    case 'choice':
    case 'choices':
      return field.options?.find(({ value }) => value === answer)?.label[language] ?? answer
    case 'nip':
      return nipInGroups(answer)
    case 'date':
      return dayText(answer, language)
    case 'time':
      return language === 'id' ? answer.replace(':', '.') : answer
    case 'datetime':
      return momentText(answer, language)
    default:
      return `${answer}${unit}`
  }
}

const agreedText = ({ version, at }: TermsAnswer, language: Lang): string =>
  language === 'id' ? `Disetujui ${momentText(at, language)}, versi ${version}` : `Agreed to on ${momentText(at, language)}, version ${version}`

function momentText(answer: string, language: Lang): string {
  const [day = '', hour = ''] = answer.split('T')
  return `${dayText(day, language)} ${language === 'id' ? hour.replace(':', '.') : hour}`
}

/** 2026-11-20 as "20 November 2026". */
function dayText(iso: string, language: Lang): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  if (found === null) return iso
  return `${Number(found[3])} ${MONTH_NAMES[language][Number(found[2]) - 1] ?? ''} ${found[1]}`
}
