// Answers by their path, as mistakes name them: `devices.0.weight`. What is changed is copied, the rest stays the same. Pure.
import type { Answer, Answers } from '../../../daemon/domain/form.ts'
import { applicationName } from '../../../daemon/domain/form-application.ts'

/** The answers of one group. */
export const isMembers = (value: Answer | undefined): value is Answers => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined: nothing stands there. */
export function answerAt(answers: Answers, path: string): Answer | undefined {
  let here: Answer | undefined = answers
  for (const key of path.split('.')) {
    if (Array.isArray(here)) here = (here as readonly Answer[])[Number(key)]
    else here = isMembers(here) && Object.hasOwn(here, key) ? here[key] : undefined
  }
  return here
}

/** With `value` at the path; undefined takes it away. Rows and groups that are not there yet come into being. */
export function withAnswer(answers: Answers, path: string, value: Answer | undefined): Answers {
  const put = (here: Answer | undefined, keys: readonly string[]): Answer | undefined => {
    const [key, ...rest] = keys
    if (key === undefined) return value
    if (/^\d+$/.test(key)) {
      const rows: Answer[] = Array.isArray(here) ? [...(here as readonly Answer[])] : []
      while (rows.length < Number(key)) rows.push({})
      rows[Number(key)] = put(rows[Number(key)], rest) ?? {}
      return rows
    }
    const { [key]: was, ...others } = isMembers(here) ? here : {}
    const next = put(was, rest)
    return next === undefined ? others : { ...others, [key]: next }
  }
  const all = put(answers, path.split('.'))
  return isMembers(all) ? all : {}
}

/** Rows of a repeated group, also where something else was kept. */
export const rowsAt = (answers: Answers, key: string): readonly Answers[] => {
  const value = answerAt(answers, key)
  return Array.isArray(value) ? (value as readonly Answer[]).map(row => (isMembers(row) ? row : {})) : []
}

/** Whether anything was answered in it. */
export function isAnswered(value: Answer | undefined): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return (value as readonly Answer[]).some(isAnswered)
  return isMembers(value) ? Object.values(value).some(isAnswered) : true
}

/** A field's text: numbers as they are written here, several a line each. */
export function textOf(value: Answer | undefined, language: 'id' | 'en'): string {
  if (value === undefined || value === null || typeof value === 'boolean') return ''
  if (typeof value === 'number') return language === 'id' ? String(value).replace('.', ',') : String(value)
  if (Array.isArray(value)) return (value as readonly Answer[]).map(one => textOf(one, language)).join('\n')
  return applicationName(value) ?? ''
}
