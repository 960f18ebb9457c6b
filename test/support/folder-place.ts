// A place that is a folder: things are files of it, compared and swapped as a host does, so that a killed process leaves what it left.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Found, PlanStep, State } from '../../daemon/domain/change.ts'
import { done, failed, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import { equal } from '../../provisioning/engine/digest.ts'
import type { Hands } from '../../provisioning/hands.ts'
import { type Resource, resource, type Together } from '../../provisioning/resource.ts'

/** `risky` and `lost` make a step privileged and destructive. */
const NoteState = z.strictObject({ content: z.string(), risky: z.boolean().optional(), lost: z.boolean().optional() })

/** What goes wrong with which thing: asked each time, so that it can get better. */
export type Mishap = (doing: 'read' | 'apply' | 'undo' | 'verify', name: string) => Outcome<never> | null

const write = (file: string, state: State) => {
  writeFileSync(`${file}.part`, JSON.stringify(state))
  renameSync(`${file}.part`, file)
}

/** `ours` files end in .ours; anything else in the folder is somebody else's. Hosts of the place are folders below `root`. `isTogether`: three steps at once. */
export function notes(root: string, mishap: Mishap = () => null, isTogether = false): Resource {
  const folder = (place: string) => {
    mkdirSync(join(root, place), { recursive: true })
    return join(root, place)
  }
  const file = (place: string, name: string) => join(folder(place), `${name}.ours`)
  const look = (place: string, name: string): Found => {
    const ours = file(place, name)
    const other = join(folder(place), name)
    if (existsSync(ours)) return { kind: 'ours', state: JSON.parse(readFileSync(ours, 'utf8')) as State }
    return existsSync(other) ? { kind: 'foreign', state: { content: readFileSync(other, 'utf8') }, what: 'written by hand' } : { kind: 'absent' }
  }
  const stateOf = (found: Found): State | null => (found.kind === 'absent' ? null : found.state)
  const swap = (place: string, name: string, from: State | null, to: State | null): Outcome<void> => {
    const now = stateOf(look(place, name))
    if (equal(now, to) && (to === null || existsSync(file(place, name)))) return done(undefined)
    if (!equal(now, from)) return failed('conflict', `${name} is neither as before nor as after`, false)
    if (to === null) rmSync(file(place, name), { force: true })
    else {
      write(file(place, name), to)
      rmSync(join(folder(place), name), { force: true })
    }
    return done(undefined)
  }

  /** All or none, as a name server takes them. */
  const swapAll = (doing: 'apply' | 'undo', all: readonly { readonly step: PlanStep; readonly from: State | null; readonly to: State | null }[]) => {
    const wrong = all.map(({ step }) => mishap(doing, step.name)).find(one => one !== null)
    if (wrong !== undefined && wrong !== null) return wrong
    const other = all.find(({ step, from, to }) => {
      const now = stateOf(look(step.place.id, step.name))
      return !equal(now, from) && !equal(now, to)
    })
    if (other !== undefined) {
      const { name } = other.step
      return refused('conflict', { id: `${name} lain`, en: `${name} is another` }, [{ field: name, reason: 'it is another' }])
    }
    for (const { step, from, to } of all) swap(step.place.id, step.name, from, to)
    return done(undefined)
  }
  const together: Together = {
    share: () => 1 / 3,
    apply: async steps => {
      const swapped = swapAll(
        'apply',
        steps.map(step => ({ step, from: step.before, to: step.after })),
      )
      return swapped.ok ? done(steps.map(() => ({}))) : swapped
    },
    undo: async steps => {
      // As records do: what was cut off and is not as planned was never written.
      const ours = steps.filter(({ step, undo }) => undo !== null || equal(stateOf(look(step.place.id, step.name)), step.after))
      return swapAll(
        'undo',
        ours.map(({ step }) => ({ step, from: step.after, to: step.before })),
      )
    },
  }

  return resource<State>({
    name: 'note',
    place: 'host',
    words: { id: 'Catatan', en: 'Note' },
    state: NoteState as unknown as z.ZodType<State>,
    read: (place, names) => {
      const wrong = names.map(name => mishap('read', name)).find(one => one !== null)
      return Promise.resolve(wrong ?? done(new Map(names.map(name => [name, look(place, name)]))))
    },
    list: place =>
      Promise.resolve(done(new Map(readdirSync(folder(place)).map(name => [name.replace(/\.ours$/, ''), look(place, name.replace(/\.ours$/, ''))])))),
    diff: (name, before, after) => ({
      danger: after?.['risky'] === true ? 'privileged' : before?.['lost'] === true && after === null ? 'destructive' : 'plain',
      words: { id: `Catatan ${name} ditulis`, en: `Note ${name} is written` },
    }),
    apply: (step: PlanStep) =>
      Promise.resolve(mishap('apply', step.name) ?? swap(step.place.id, step.name, step.before, step.after)).then(outcome =>
        outcome.ok ? done({ was: step.before === null ? 'nothing' : 'something' }) : outcome,
      ),
    undo: (step: PlanStep, _undo, _hands: Hands) =>
      Promise.resolve(mishap('undo', step.name) ?? swap(step.place.id, step.name, step.after, step.before)),
    ...(isTogether ? { together } : {}),
    verify: thing => {
      const wrong = mishap('verify', thing.name)
      if (wrong !== null) return Promise.resolve(wrong)
      const ok = equal(stateOf(look(thing.place.id, thing.name)), thing.state)
      const words = { id: `Catatan ${thing.name} terbaca`, en: `Note ${thing.name} reads so` }
      return Promise.resolve(done([{ of: thing, from: 'inside' as const, ok, words, facts: {}, at: 0 }]))
    },
  })
}
