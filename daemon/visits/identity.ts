// Identity numbers are not kept: of each stay its last four characters and a keyed hash that a card at the door is compared with.
import { createHmac } from 'node:crypto'
import type { Answer, Answers } from '../domain/form.ts'
import { plainName } from './rules.ts'

export interface Mark {
  readonly name: string
  readonly last: string
  readonly hash: string
}

const LAST = 4
/** Shorter is no number of an identity card, and its last four would be most of it. */
const SHORTEST = 6

const bare = (number: string): string => number.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')

export const identityHash = (key: Uint8Array, number: string): string =>
  createHmac('sha256', key)
    .update(`identity|${bare(number)}`)
    .digest('hex')

export const lastOf = (number: string): string | null => {
  const text = bare(number)
  return text.length < LAST ? null : text.slice(-LAST)
}

/** "•••• 4821" */
export const masked = (last: string): string => `•••• ${last}`
const isMasked = (text: string): boolean => /[•*]/.test(text)

/** A number as it may be kept: masked, with its hash; null where it was masked before, or is too short to be one. */
export function minimise(key: Uint8Array, number: string): { readonly text: string; readonly last: string; readonly hash: string | null } {
  const last = lastOf(number)
  if (isMasked(number)) return { text: masked(last ?? ''), last: last ?? '', hash: null }
  if (last === null || bare(number).length < SHORTEST) return { text: '••••', last: '', hash: null }
  return { text: masked(last), last, hash: identityHash(key, number) }
}

const isGroup = (answer: Answer | undefined): answer is { readonly [key: string]: Answer } =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer)

/**
 * Answers of a form as they may be kept: the number of each visitor masked. Of any form that lists `visitors` with an `identity`, whatever
 * service it is of.
 */
export function minimiseAnswers(
  key: Uint8Array,
  answers: Readonly<Record<string, unknown>>,
): { readonly answers: Readonly<Record<string, unknown>>; readonly marks: readonly Mark[] } {
  const { visitors } = answers as Answers
  if (!Array.isArray(visitors)) return { answers, marks: [] }
  const marks: Mark[] = []
  const kept = (visitors as readonly Answer[]).map(visitor => {
    if (!isGroup(visitor) || typeof visitor['identity'] !== 'string' || visitor['identity'].trim() === '') return visitor
    const { text, last, hash } = minimise(key, visitor['identity'])
    const name = typeof visitor['name'] === 'string' ? plainName(visitor['name']) : ''
    if (hash !== null) marks.push({ name, last, hash })
    return { ...visitor, identity: text }
  })
  return { answers: { ...answers, visitors: kept }, marks }
}

export const namesVisitors = (answers: Answers | undefined): boolean => Array.isArray(answers?.['visitors'])

/** What stands in place of everything that was said of a visitor. */
const GONE = '•••'

/** The answers once the time of their visitors is over: how many there were stays. */
export const withoutVisitors = (answers: Answers): Answers =>
  namesVisitors(answers)
    ? {
        ...answers,
        visitors: (answers['visitors'] as readonly Answer[]).map(visitor =>
          isGroup(visitor) ? Object.fromEntries(Object.keys(visitor).map(key => [key, GONE])) : GONE,
        ),
      }
    : answers
