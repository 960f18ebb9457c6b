// A kind of thing that stands in Suar's own books only: compared and swapped there.
import type { z } from 'zod'
import type { Danger, State } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { done } from '../../daemon/domain/outcome.ts'
import { equal } from '../engine/digest.ts'
import { type Resource, resource } from '../resource.ts'
import { asPlanned, stepWords } from './proof.ts'

export interface BookThing<S extends State> {
  readonly name: string
  readonly words: Words
  readonly state: z.ZodType<S>
  danger(before: S | null, after: S | null): Danger
  says?(before: S | null, after: S | null): Words | undefined
}

export const bookThing = <S extends State>({ name: kind, words, state, danger, says }: BookThing<S>): Resource =>
  resource<S>({
    name: kind,
    place: 'books',
    words,
    state,
    read: async (_place, names, hands) => {
      const found = await hands.books.read(kind, names)
      return done(new Map(names.map(name => [name, found.get(name) ?? { kind: 'absent' as const }])))
    },
    list: async (_place, hands) => done(await hands.books.list(kind)),
    diff: (name, before, after) => ({ danger: danger(before, after), words: stepWords(words, name, before, after, says?.(before, after)) }),
    apply: (step, hands) => hands.books.put(kind, step.name, step.before, step.after),
    undo: async (step, _undo, hands) => {
      const now = (await hands.books.read(kind, [step.name])).get(step.name)
      if (equal(now === undefined || now.kind === 'absent' ? null : now.state, step.before)) return done(undefined)
      const back = await hands.books.put(kind, step.name, step.after, step.before)
      return back.ok ? done(undefined) : back
    },
    verify: async (thing, hands) => {
      const now = (await hands.books.read(kind, [thing.name])).get(thing.name)
      const ok = equal(now === undefined || now.kind === 'absent' ? null : now.state, thing.state)
      return done([asPlanned(thing, words, thing.state !== null, ok)])
    },
  })
