// A kind of thing that stands on a host: the broker reads, compares and writes it. An entry of the shelf says only what is peculiar to its kind.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Call } from '../../daemon/domain/call.ts'
import type { Danger, Found, PlanStep, Proof, State, ThingRef, Undo } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'
import type { Json } from '../../daemon/domain/json.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { SiteName } from '../../daemon/domain/safe.ts'
import { digestOf, equal } from '../engine/digest.ts'
import type { Hands, HostHands } from '../hands.ts'
import { type Resource, resource } from '../resource.ts'
import { asPlanned, stepWords } from '../site/proof.ts'

export interface HostThing<S extends State> {
  /** The broker's kind, and the file's name on the shelf. */
  readonly name: string
  readonly words: Words
  readonly state: z.ZodType<S>
  /** Of its names; a website's unless said. */
  readonly names?: z.ZodType<string, string>
  /** Names that Suar's own installation uses on the host, and no website may have: nobody's finding. */
  readonly own?: ReadonlySet<string>
  danger(before: S | null, after: S | null): Danger
  /** More of the sentence in a plan. */
  says?(before: S | null, after: S | null): Words | undefined
  /** What `put` is given besides the state, such as what a password is checked by. */
  besides?(step: PlanStep, hands: Hands): Promise<{ readonly [key: string]: Json }>
  /** Looks from where a user is, besides reading anew. Not asked of what was to go. */
  look?(thing: ThingRef & { readonly state: S }, host: HostHands, hands: Hands, call: Call): Promise<Outcome<readonly Proof[]>>
}

const Answered = z.record(z.string(), z.object({ mark: z.boolean(), state: z.record(z.string(), z.json()).nullable() }))
const Put = z.object({ kept: z.string().nullable() })

export const digestOfState = (state: State | null): string | null => (state === null ? null : digestOf(state))

/** Under which name the host puts aside what a step replaces or removes: the same again when the step is done again. */
export function keepOf(step: PlanStep, hands: Hands): Outcome<string> {
  if (hands.change === null) return failed('invalid', 'These hands are only for looking: nothing is written without a change.')
  return done(`${hands.change.toLowerCase()}-${step.no}`)
}

const FOREIGN: Words = { id: 'bukan buatan Suar', en: 'not made by Suar' }

/** Of `read` and `list`. `garbage`: the broker said something else. */
export function foundOf(answer: Json, kind: string): Outcome<Map<string, Found>> {
  const read = Answered.safeParse(answer)
  if (!read.success) return failed('garbage', `The host's answer about ${kind} is not one: ${read.error.issues[0]?.path.join('.') ?? ''}.`, false)
  return done(
    new Map(
      Object.entries(read.data).map(([name, { mark, state }]): [string, Found] => [
        name,
        state === null ? { kind: 'absent' } : mark ? { kind: 'ours', state } : { kind: 'foreign', state, what: FOREIGN.en },
      ]),
    ),
  )
}

/** The text of a file goes ahead by SFTP; the request names it by its SHA-256. */
function sent(state: State | null): { readonly after: Json; readonly contents: readonly string[] } {
  if (typeof state?.['content'] !== 'string') return { after: state, contents: [] }
  const sha256 = createHash('sha256').update(state['content']).digest('hex')
  return { after: { ...state, content: { inbox: sha256 } }, contents: [state['content']] }
}

export function hostThing<S extends State>(given: HostThing<S>): Resource {
  const { name: kind, words } = given
  const names = given.names ?? SiteName

  async function read(place: string, asked: readonly string[], hands: Hands, call: Call): Promise<Outcome<ReadonlyMap<string, Found>>> {
    const wrong = asked.find(name => !names.safeParse(name).success)
    if (wrong !== undefined) return failed('invalid', `${JSON.stringify(wrong)} cannot be the name of a ${kind}.`)
    const host = await hands.host(place, call)
    if (!host.ok) return host
    const answer = await host.value.ask('read', { kind, names: asked }, call)
    if (!answer.ok) return answer
    const found = foundOf(answer.value, kind)
    if (!found.ok) return found
    const unsaid = asked.find(name => !found.value.has(name))
    return unsaid === undefined ? found : failed('garbage', `The host said nothing of the ${kind} ${unsaid}.`, false)
  }

  async function put(step: PlanStep, from: State | null, to: State | null, more: { readonly [key: string]: Json }, hands: Hands, call: Call) {
    const keep = keepOf(step, hands)
    if (!keep.ok) return keep
    const host = await hands.host(step.place.id, call)
    if (!host.ok) return host
    const { after, contents } = sent(to)
    const besides = to === null ? {} : await given.besides?.(step, hands)
    const body = { kind, name: step.name, before: digestOfState(from), after, keep: keep.value, ...besides, ...more }
    const answer = await host.value.ask('put', body, call, contents)
    if (!answer.ok) return answer
    const read = Put.safeParse(answer.value)
    return read.success ? done({ kept: read.data.kept }) : failed('garbage', `The host's answer to writing ${kind} ${step.name} is not one.`, false)
  }

  return resource<S>({
    name: kind,
    place: 'host',
    words,
    state: given.state,
    read,
    list: async (place, hands, call) => {
      const host = await hands.host(place, call)
      if (!host.ok) return host
      const answer = await host.value.ask('list', { kind }, call)
      const found = answer.ok ? foundOf(answer.value, kind) : answer
      if (found.ok) for (const name of given.own ?? []) found.value.delete(name)
      return found
    },
    diff: (name, before, after) => ({
      danger: given.danger(before, after),
      words: stepWords(words, name, before, after, given.says?.(before, after)),
    }),
    apply: (step, hands, call): Promise<Outcome<Undo>> =>
      put(step, step.before, step.after, step.action === 'adopt' ? { adopt: true } : {}, hands, call),
    undo: async (step, undo, hands, call) => {
      const found = await read(step.place.id, [step.name], hands, call)
      if (!found.ok) return found
      const now = found.value.get(step.name)!
      // Never touched, or put back already: nothing was put aside that could be restored.
      const still = now.kind !== 'absent' && equal(now.state, step.before)
      if (still && now.kind === 'foreign') return done(undefined)
      const keep = keepOf(step, hands)
      if (!keep.ok) return keep
      const more = step.before === null || still ? {} : { restore: undo?.['kept'] ?? keep.value }
      const back = await put(step, step.after, step.before, more, hands, call)
      return back.ok ? done(undefined) : back
    },
    verify: async (thing, hands, call) => {
      const found = await read(thing.place.id, [thing.name], hands, call)
      if (!found.ok) return found
      const now = found.value.get(thing.name)!
      const inside = asPlanned(thing, words, thing.state !== null, equal(now.kind === 'ours' ? now.state : null, thing.state))
      if (thing.state === null || given.look === undefined) return done([inside])
      const host = await hands.host(thing.place.id, call)
      if (!host.ok) return host
      const outside = await given.look(thing as ThingRef & { readonly state: S }, host.value, hands, call)
      return outside.ok ? done([inside, ...outside.value]) : outside
    },
  })
}
