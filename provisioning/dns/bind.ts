// A zone on BIND, or on any server that takes signed updates (RFC 2136): the first server is written to, all answer for it.
import type { Call } from '../../daemon/domain/call.ts'
import type { State } from '../../daemon/domain/change.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { RecordSwap } from '../hands.ts'
import { readExactly } from './read.ts'
import { type RrsetKey, readKey, rrsetsOf, sameState } from './state.ts'
import { transfer } from './transfer.ts'
import { type Updating, update } from './update.ts'
import { atName, notAsBefore, notTaken } from './words.ts'

export interface Writing {
  read(names: readonly string[], call: Call): Promise<Outcome<ReadonlyMap<string, State | null>>>
  list(call: Call): Promise<Outcome<ReadonlyMap<string, State> | null>>
  swap(changes: readonly RecordSwap[], call: Call): Promise<Outcome<void>>
}

export const keysOf = (names: readonly string[]): Outcome<readonly RrsetKey[]> => {
  const keys: RrsetKey[] = []
  for (const name of names) {
    const key = readKey(name)
    if (key === null) return failed('invalid', `“${name}” is no owner with a type, such as “www.example.go.id. A”.`)
    keys.push(key)
  }
  return done(keys)
}

export function bindWriting(to: Updating): Writing {
  const read: Writing['read'] = async (names, call) => {
    const keys = keysOf([...new Set(names)])
    return keys.ok ? await readExactly(keys.value, to, call) : keys
  }

  return {
    read,
    async list(call) {
      const whole = await transfer(to.zone, to.server, to.key, call)
      if (whole.ok) return done(rrsetsOf(whole.value))
      return whole.failure.kind === 'forbidden' ? done(null) : whole
    },
    async swap(changes, call) {
      if (changes.length === 0) return done(undefined)
      const names = changes.map(({ name }) => name)
      const was = await read(names, call)
      if (!was.ok) return was
      const open = changes.filter(({ name, after }) => !sameState(was.value.get(name) ?? null, after))
      if (open.length === 0) return done(undefined)
      const other = open.find(({ name, before }) => !sameState(was.value.get(name) ?? null, before))
      if (other !== undefined) return atName(other.name, notAsBefore(other.name, was.value.get(other.name) ?? null))
      const updated = await update(open, to, call)
      if (!updated.ok) return updated

      const is = await read(names, call)
      if (!is.ok) return is
      const missed = changes.find(({ name, after }) => !sameState(is.value.get(name) ?? null, after))
      if (missed === undefined) return done(undefined)
      const now = is.value.get(missed.name) ?? null
      if (updated.value === 'kept') return atName(missed.name, notAsBefore(missed.name, now))
      // It said yes and did something else: a CNAME beside other data is left out silently (RFC 2136, 3.4.2.2), and a TTL may be cut.
      const made = open.filter(({ name, before }) => !sameState(is.value.get(name) ?? null, before))
      const back =
        made.length === 0
          ? updated
          : await update(
              made.map(({ name, before }) => ({ name, before: is.value.get(name) ?? null, after: before })),
              to,
              call,
            )
      return back.ok ? atName(missed.name, notTaken(missed.name, now)) : back
    },
  }
}
