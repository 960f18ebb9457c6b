// The kinds of fields registers have, and how what is typed becomes what is sent. Pure.

/** What a form holds of one field while it is typed. */
export type Typed = string | number | null | readonly Member[] | readonly ResponsibleTyped[]
export interface Member {
  readonly person: number | null
  readonly duty: string
}
/** Days as `2026-11-20`; '' for open. */
export interface ResponsibleTyped {
  readonly as: 'structural' | 'technical'
  readonly person: number | null
  readonly from: string
  readonly until: string
}
export type Draft = Readonly<Record<string, Typed>>

interface Common {
  readonly key: string
  readonly label: string
  readonly help?: string
  readonly optional?: boolean
  /** Empty is sent as null, not ''. */
  readonly nullable?: boolean
  /** Wrong for another reason than being empty: its sentence, or ''. */
  readonly check?: (value: Typed, draft: Draft) => string
  /** Left out while it does not apply; then sent empty. */
  readonly when?: (draft: Draft) => boolean
}

export type FieldSpec = Common &
  (
    | { readonly kind: 'text'; readonly max?: number; readonly type?: 'text' | 'email' | 'tel' }
    | { readonly kind: 'area' | 'words'; readonly max?: number }
    /** `usual`: what a new row begins with. */
    | { readonly kind: 'choice'; readonly usual: string; readonly options: readonly { readonly key: string; readonly label: string }[] }
    | { readonly kind: 'person' | 'organisation' }
    /** Fields of one period side by side: the first or the last day. */
    | { readonly kind: 'from' | 'until' }
    | { readonly kind: 'members' | 'responsible' }
  )

const empty = (value: Typed): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Every mistake at its field; nothing is sent while there is one. */
export function mistakesOf(specs: readonly FieldSpec[], draft: Draft, required: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const spec of specs) {
    if (spec.when?.(draft) === false) continue
    const value = draft[spec.key] ?? null
    const text = typeof value === 'string' ? value.trim() : value
    if (empty(text)) {
      if (spec.optional !== true) found[spec.key] = required
      continue
    }
    const wrong = spec.check?.(text, draft) ?? ''
    if (wrong !== '') found[spec.key] = wrong
  }
  return found
}

/** The body the daemon takes. Days have become instants before. */
export function bodyOf(specs: readonly FieldSpec[], draft: Draft, instant: (day: string, end: boolean) => number | null): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const spec of specs) {
    const applies = spec.when?.(draft) !== false
    const value = applies ? (draft[spec.key] ?? null) : null
    const text = typeof value === 'string' ? value.trim() : ''
    if (spec.kind === 'words')
      body[spec.key] = text
        .split(',')
        .map(word => word.trim())
        .filter(word => word !== '')
    else if (spec.kind === 'from' || spec.kind === 'until') body[spec.key] = instant(text, spec.kind === 'until')
    else if (spec.kind === 'members') body[spec.key] = Array.isArray(value) ? value.filter(one => one.person !== null) : []
    else if (spec.kind === 'responsible')
      body[spec.key] = (Array.isArray(value) ? (value as readonly ResponsibleTyped[]) : [])
        .filter(one => one.person !== null)
        .map(one => ({ ...one, from: instant(one.from, false), until: instant(one.until, true) }))
    else if (spec.kind === 'person' || spec.kind === 'organisation') body[spec.key] = value
    else body[spec.key] = text === '' && spec.nullable === true ? null : text
  }
  return body
}
