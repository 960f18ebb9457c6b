// Changes of records as a person sends them: read into their one text, what goes before what comes.
import { done, type FieldError, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { RecordSwap } from '../hands.ts'
import { nameOf } from './name.ts'
import { nameMistake, rrsetOf } from './rrset.ts'
import { type RrsetState, stateOf } from './state.ts'

/** `invalid` with every mistake at its field: `changes.0.after.data.1`. Owners may be typed without the last dot. */
export function swapsOf(changes: readonly RecordSwap[], zone: string): Outcome<readonly RecordSwap[]> {
  const errors: FieldError[] = []
  const swaps: RecordSwap[] = []
  const seen = new Set<string>()
  for (const [i, { name, before, after }] of changes.entries()) {
    const [owner = '', type = '', ...more] = name.trim().split(/\s+/)
    const [was, is] = [before as RrsetState | null, after as RrsetState | null]
    const key = `${nameOf(owner) ?? owner} ${type.toUpperCase()}`
    const mistake =
      more.length > 0 || (is !== null && is.type.toUpperCase() !== type.toUpperCase())
        ? { id: 'jenis pada nama dan pada isi harus sama', en: 'the type in the name and of the data must be the same' }
        : seen.has(key)
          ? { id: `${key} disebut dua kali`, en: `${key} is there twice` }
          : nameMistake(key, zone)
    seen.add(key)
    if (mistake !== null) {
      errors.push({ field: `changes.${i}.name`, reason: mistake.en, words: mistake })
      continue
    }
    // As it was seen: its order counts for nothing.
    const from = was === null ? null : stateOf(was.type, was.ttl, was.data)
    const typed = is === null ? null : rrsetOf({ ...is, owner }, zone)
    if (typed === null || typed.ok) swaps.push({ name: key, before: from, after: typed?.value.state ?? null })
    else
      for (const { field, reason, words } of typed.failure.errors ?? [])
        errors.push({ field: `changes.${i}.after.${field}`, reason, ...(words === undefined ? {} : { words }) })
  }
  if (errors.length > 0) {
    const list = (lang: 'id' | 'en') => errors.map(({ field, reason, words }) => `${field}: ${words?.[lang] ?? reason}`).join('; ')
    return refused(
      'invalid',
      { id: `Perubahan DNS ini tidak dapat dipakai: ${list('id')}.`, en: `These changes of DNS cannot be used: ${list('en')}.` },
      errors,
    )
  }
  return done([...swaps.filter(({ after }) => after === null), ...swaps.filter(({ after }) => after !== null)])
}
