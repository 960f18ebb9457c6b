// Edits as they come, read entry by entry, and mistakes of a whole inventory told at the entry they are about.
import type { Found } from '../domain/explain.ts'
import type { Inventory } from '../domain/inventory.ts'
import { done, type FieldError, type Outcome, refused } from '../domain/outcome.ts'
import { keyOf } from '../domain/overlay.ts'
import { type Edit, ENTRY, type SentEdit } from '../domain/place.ts'
import { PLACE_KINDS } from '../domain/place-kinds.ts'
import { foundWords } from '../domain/words/found-words.ts'
import { issueWords } from '../domain/words/issue-words.ts'

/** `invalid`: every mistake at `<kind>.<id>.<field>`, in both languages. */
export function readEdits(sent: readonly SentEdit[]): Outcome<readonly Edit[]> {
  const errors: FieldError[] = []
  const edits: Edit[] = []
  const seen = new Set<string>()
  for (const edit of sent) {
    const [kind, id] = 'put' in edit ? [edit.put, edit.entry.id] : 'remove' in edit ? [edit.remove, edit.id] : [edit.reset, edit.id]
    if (seen.has(keyOf(kind, id))) {
      const words = { id: 'disebut dua kali dalam satu perubahan', en: 'named twice in one change' }
      errors.push({ field: `${kind}.${id}`, reason: words.en, words })
    }
    seen.add(keyOf(kind, id))
    if (!('put' in edit)) {
      edits.push(edit)
      continue
    }
    const read = ENTRY[kind].safeParse(edit.entry)
    if (read.success) edits.push({ put: kind, entry: read.data } as Edit)
    else
      for (const issue of read.error.issues) {
        const words = issueWords(issue)
        errors.push({ field: [kind, id, ...issue.path.map(String)].join('.'), reason: words.en, words })
      }
  }
  if (errors.length === 0) return done(edits)
  return refused(
    'invalid',
    { id: `Ada ${errors.length} kesalahan; tidak ada yang disimpan.`, en: `There are ${errors.length} mistakes; nothing was saved.` },
    errors,
  )
}

/** Paths such as `racks.12.units` as `racks.a4.units`: a place in a list says nothing to who sees a plan. */
export function mistakesIn(inventory: Inventory, found: readonly Found[]): FieldError[] {
  const { site: _, ...rest } = inventory
  const lists = new Map<string, readonly { readonly id: string }[]>(Object.entries<readonly { readonly id: string }[]>(rest))
  return found.map(({ path, reason, remedy }) => {
    const [list = '', index, ...more] = path.map(String)
    const known = list === 'devices' || PLACE_KINDS.some(kind => kind === list)
    const id = known && index !== undefined ? lists.get(list)?.[Number(index)]?.id : undefined
    const field = id === undefined ? path.join('.') : [list, id, ...more].join('.')
    const words = foundWords({ reason, remedy })
    return { field, reason: `${reason}. ${remedy}`, ...(words === null ? {} : { words }) }
  })
}
