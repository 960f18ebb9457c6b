// The guard's device: today's list, what was noted and not sent yet, and what came back of it. Notes are kept before they are sent: nothing is lost, nothing done twice.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { DoorAnswer, DoorBook } from '../../../daemon/domain/visit.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { type Act, applied } from './lookup.ts'
import { openVault, type Vault } from './vault.ts'

export interface Conflict extends DoorAnswer {
  readonly name: string
}

export type Done =
  | { readonly kind: 'done'; readonly answer: DoorAnswer }
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer }

export interface Device {
  readonly book: ReadonlySignal<DoorBook | null>
  readonly problem: ReadonlySignal<Problem | null>
  readonly online: ReadonlySignal<boolean>
  readonly waiting: ReadonlySignal<readonly Act[]>
  readonly conflicts: ReadonlySignal<readonly Conflict[]>
  refresh(): Promise<void>
  /** Sends what waits, then asks for the list anew. */
  reconcile(): Promise<void>
  act(act: Omit<Act, 'client' | 'at'>): Promise<Done>
  seen(client: string): void
}

/** A list that is older is of no day one should let people in on. */
const KEPT_FOR = 30 * 3_600_000
/** Of one request. */
const AT_ONCE = 100

export async function openDevice(account: number): Promise<Device> {
  const vault: Vault = await openVault()
  const book = signal<DoorBook | null>(null)
  const problem = signal<Problem | null>(null)
  const online = signal(true)
  const waiting = signal<readonly Act[]>([])
  const conflicts = signal<readonly Conflict[]>([])
  let sending: Promise<readonly DoorAnswer[] | null> | null = null
  let asking: Promise<void> | null = null
  let again = false

  // Somebody else's list and notes are none of this one's; notes that were not sent stay until their guard is here again.
  const own = `of ${account}`
  await vault.forget('book ', `book ${own}`)
  const kept = await vault.get<{ readonly book: DoorBook; readonly at: number }>(`book ${own}`)
  if (kept !== null && Date.now() - kept.at < KEPT_FOR) book.value = kept.book
  waiting.value = (await vault.get<readonly Act[]>(`acts ${own}`)) ?? []
  conflicts.value = (await vault.get<readonly Conflict[]>(`conflicts ${own}`)) ?? []
  if (book.value !== null) book.value = waiting.value.reduce(applied, book.value)

  const nameOf = (act: Act | undefined): string => {
    const visit = book.peek()?.visits.find(({ id }) => id === act?.visit)
    return visit?.visitors.find(({ id }) => id === act?.visitor)?.name ?? visit?.number ?? ''
  }
  const keepActs = async (acts: readonly Act[]): Promise<void> => {
    waiting.value = acts
    await vault.put(`acts ${own}`, acts)
  }
  const keepConflicts = async (all: readonly Conflict[]): Promise<void> => {
    conflicts.value = all
    await vault.put(`conflicts ${own}`, all)
  }

  async function ask(): Promise<void> {
    const answer = await api.get<DoorBook>('/api/v1/visits/door')
    if (!answer.ok) {
      if (answer.problem.status === 0) online.value = false
      else problem.value = answer.problem
      return
    }
    online.value = true
    problem.value = null
    book.value = waiting.peek().reduce(applied, answer.value)
    await vault.put(`book ${own}`, { book: answer.value, at: Date.now() })
  }

  /** One at a time; asked for meanwhile, once more at the end. */
  function refresh(): Promise<void> {
    if (asking !== null) {
      again = true
      return asking
    }
    asking = ask().finally(() => {
      asking = null
      if (!again) return
      again = false
      void refresh()
    })
    return asking
  }

  /** null: there is no line, all stays. */
  async function send(): Promise<readonly DoorAnswer[] | null> {
    const answers: DoorAnswer[] = []
    while (waiting.peek().length > 0) {
      const acts = waiting.peek().slice(0, AT_ONCE)
      const answer = await api.post<{ readonly items: readonly DoorAnswer[] }>('/api/v1/visits/door/acts', { sentAt: Date.now(), acts })
      if (!answer.ok) {
        if (answer.problem.status === 0) online.value = false
        else problem.value = answer.problem
        return null
      }
      online.value = true
      const told = new Map(answer.value.items.map(one => [one.client, one]))
      const odd = answer.value.items
        .filter(one => one.conflict)
        .map(one => ({ ...one, name: nameOf(acts.find(({ client }) => client === one.client)) }))
      if (odd.length > 0) await keepConflicts([...conflicts.peek(), ...odd])
      await keepActs(waiting.peek().filter(({ client }) => !told.has(client)))
      answers.push(...answer.value.items)
      // Nothing was told of any: asking on would not end.
      if (told.size === 0) return null
    }
    return answers
  }

  function flush(): Promise<readonly DoorAnswer[] | null> {
    const before = sending ?? Promise.resolve(null)
    const mine = before.then(send)
    sending = mine
    void mine.finally(() => {
      if (sending === mine) sending = null
    })
    return mine
  }

  return {
    book,
    problem,
    online,
    waiting,
    conflicts,
    refresh,
    async reconcile() {
      if (waiting.peek().length > 0) await flush()
      await refresh()
    },
    async act(given) {
      const act: Act = { ...given, client: crypto.randomUUID(), at: Date.now() }
      const was = book.peek()
      await keepActs([...waiting.peek(), act])
      if (was !== null) book.value = applied(was, act)
      const answers = await flush()
      const answer = answers?.find(({ client }) => client === act.client)
      if (answer === undefined) {
        await keepActs(waiting.peek().map(one => ({ ...one, kept: true })))
        return { kind: 'kept' }
      }
      await refresh()
      return { kind: answer.ok ? 'done' : 'refused', answer }
    },
    seen: client => void keepConflicts(conflicts.peek().filter(one => one.client !== client)),
  }
}
