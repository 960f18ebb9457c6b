// What was looked at after a change, and how it was found.
import type { Proof, State, ThingRef } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'

type Thing = ThingRef & { readonly state?: unknown }

const refOf = ({ resource, place, name }: Thing): ThingRef => ({ resource, place, name })

export const proof = (of: Thing, from: Proof['from'], ok: boolean, words: Words, facts: State = {}): Proof => ({
  of: refOf(of),
  from,
  ok,
  words,
  facts,
  at: Date.now(),
})

/** First letter small, as it stands within a sentence; `PHP` and `SFTP` stay. */
const within = (text: string): string => (/^[A-Z][a-z-]+( |$)/.test(text) ? `${text[0]!.toLowerCase()}${text.slice(1)}` : text)

/** Read anew at the place itself. `wanted` false: it was to go. */
export const asPlanned = (of: Thing, what: Words, wanted: boolean, ok: boolean, facts: State = {}): Proof =>
  proof(
    of,
    'inside',
    ok,
    wanted
      ? ok
        ? { id: `${what.id} ${of.name}: sesuai rencana`, en: `${what.en} ${of.name}: as planned` }
        : { id: `${what.id} ${of.name}: tidak sesuai rencana`, en: `${what.en} ${of.name}: not as planned` }
      : ok
        ? { id: `${what.id} ${of.name}: sudah tidak ada`, en: `${what.en} ${of.name}: gone` }
        : { id: `${what.id} ${of.name}: masih ada`, en: `${what.en} ${of.name}: still there` },
    facts,
  )

/** One sentence of a plan. `what` is added to it where the plain sentence does not say enough. */
export function stepWords(kind: Words, name: string, before: unknown, after: unknown, what?: Words): Words {
  const [id, en] = before === null ? ['Buat', 'Make'] : after === null ? ['Singkirkan', 'Remove'] : ['Ubah', 'Change']
  return {
    id: `${id} ${within(kind.id)} ${name}${what === undefined ? '' : `: ${what.id}`}`,
    en: `${en} the ${within(kind.en)} ${name}${what === undefined ? '' : `: ${what.en}`}`,
  }
}
