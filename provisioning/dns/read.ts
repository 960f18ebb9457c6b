// RRsets as the server that is written to has them: a wildcard must not pass for a record of its own, nor a delegation hide what stands beneath it.
import type { Call } from '../../daemon/domain/call.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { lookUpAll } from './lookup.ts'
import { keyText, type RrsetKey, type RrsetState, rrsetsOf } from './state.ts'
import { transfer } from './transfer.ts'
import { holds, type Updating } from './update.ts'

/** From so many on, the zone as a whole is less work. */
const MANY = 100
/** Prerequisites of one message. */
const AT_ONCE = 200

type Found = ReadonlyMap<string, RrsetState | null>

export async function readExactly(keys: readonly RrsetKey[], to: Updating, call: Call): Promise<Outcome<Found>> {
  if (keys.length >= MANY) {
    const whole = await transfer(to.zone, to.server, to.key, call)
    if (whole.ok) {
      const all = rrsetsOf(whole.value)
      return done(new Map(keys.map(key => [keyText(key), all.get(keyText(key)) ?? null])))
    }
    if (whole.failure.kind !== 'forbidden') return whole
  }
  const said = await lookUpAll(keys, to.zone, to, call)
  if (!said.ok) return said
  const found = new Map(said.value)
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = keys.slice(from, from + AT_ONCE)
    const exact = await holds(
      some.map(key => ({ name: keyText(key), before: found.get(keyText(key)) ?? null })),
      to,
      call,
    )
    if (!exact.ok) return exact
    if (exact.value === 'done') continue
    for (const key of some) {
      const one = await exactly(key, found.get(keyText(key)) ?? null, to, call)
      if (!one.ok) return one
      found.set(keyText(key), one.value)
    }
  }
  return done(found)
}

/** The question's answer held against the server's own comparison. */
async function exactly(key: RrsetKey, said: RrsetState | null, to: Updating, call: Call): Promise<Outcome<RrsetState | null>> {
  const name = keyText(key)
  const exact = await holds([{ name, before: said }], to, call)
  if (!exact.ok) return exact
  if (exact.value === 'done') return done(said)
  if (said !== null) {
    const absent = await holds([{ name, before: null }], to, call)
    if (!absent.ok) return absent
    // Another answered for it: a wildcard.
    if (absent.value === 'done') return done(null)
  }
  const whole = await transfer(to.zone, to.server, to.key, call)
  if (whole.ok) return done(rrsetsOf(whole.value).get(name) ?? null)
  if (whole.failure.kind !== 'forbidden') return whole
  return failed(
    'conflict',
    `${name} stands at ${to.server} otherwise than it answers. Let the key transfer the zone (allow-transfer), so that it can be read as it is.`,
    true,
  )
}
