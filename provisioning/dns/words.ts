// Sentences about records, for people.
import type { State } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { RrsetState } from './state.ts'

/** `10.0.0.1, 10.0.0.2 (TTL 300)`. */
export const said = (state: State | null, lang: 'id' | 'en'): string => {
  if (state === null) return lang === 'id' ? 'tidak ada' : 'absent'
  const { ttl, data } = state as RrsetState
  const shown = data.slice(0, 3).map(text => (text.length > 80 ? `${text.slice(0, 77)}…` : text))
  const more = data.length > 3 ? ` … +${data.length - 3}` : ''
  return `${shown.join(', ')}${more} (TTL ${ttl})`
}

export const notAsBefore = (name: string, now: State | null): Words => ({
  id: `${name} telah diubah orang lain: sekarang ${said(now, 'id')}. Buatlah rencana baru.`,
  en: `${name} was changed by somebody else: it is now ${said(now, 'en')}. Make a new plan.`,
})

export const notTaken = (name: string, now: State | null): Words => ({
  id: `Server DNS menerima perubahan ${name}, tetapi isinya ${said(now, 'id')}; dikembalikan seperti semula. CNAME tidak dapat berdampingan dengan data lain.`,
  en: `The DNS server took the change of ${name} and yet has it as ${said(now, 'en')}; it was put back. A CNAME cannot stand beside other data.`,
})

/** `conflict`, and of which record: several are changed at once. */
export const atName = (name: string, words: Words): Outcome<never> => refused('conflict', words, [{ field: name, reason: words.en, words }])
