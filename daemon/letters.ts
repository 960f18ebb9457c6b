// Letters of the rooms: the way to each person, by letter or else in the chat that was bound last, and what stands in it, queued.
import type { Person } from './domain/people.ts'
import type { Lang } from './domain/words/lang.ts'
import { NONE } from './domain/words/lang.ts'
import { wayTo } from './notices.ts'
import type { Records } from './store/records.ts'

export interface LettersOptions {
  readonly records: Pick<Records, 'people' | 'messages' | 'mailings'>
  readonly carriers: () => readonly string[]
  readonly base: () => string
  readonly zone: () => string
  readonly language: Lang
  readonly clock: () => number
}

export interface Letter {
  /** The same however often it is made: it goes once. */
  readonly id: string
  readonly to: Person
  readonly ticket: string | null
  /** Of the channels' templates. */
  readonly template: string
  /** What its words name; empty ones become a dash. */
  readonly values: Readonly<Record<string, string>>
  /** On our pages: `/visits/7`. */
  readonly link: string
  /** Kept under lock while it waits. */
  readonly sealed?: boolean
}

/** Queues them; within a unit of work they go exactly when what they tell of is written. Who cannot be reached is told on the page only. */
export async function queueLetters({ records, carriers, base, language, clock }: LettersOptions, letters: readonly Letter[]): Promise<void> {
  const chats = await records.messages.chatsOfAll([...new Set(letters.map(({ to }) => to.id))])
  for (const { id, to, ticket, template, values, link, sealed } of letters) {
    const way = wayTo({ email: to.email, chats: chats.get(to.id) ?? [] }, carriers())
    if (way === null) continue
    const said = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === '' ? NONE : value]))
    const payload = { template, values: { ...said, link: `${base().replace(/\/+$/, '')}${link}` }, language, ticket, name: to.name }
    await records.mailings.add([{ id, ...way, ticket, payload, dueAt: clock(), ...(sealed === true ? { sealed } : {}) }])
  }
}
