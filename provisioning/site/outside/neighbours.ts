// The other websites of a host, and what one of them can reach of another: nothing.
import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Call } from '../../../daemon/domain/call.ts'
import type { Proof, ThingRef } from '../../../daemon/domain/change.ts'
import { done, failed, type Outcome } from '../../../daemon/domain/outcome.ts'
import type { HostHands } from '../../hands.ts'
import { foundOf } from '../../host/thing.ts'
import { proof } from '../proof.ts'

/** As many are tried in each direction; on a full host any of them as likely as any other. */
const TRIED = 10

/** What stands there of a kind and is ours, without this one. */
export async function othersOf(kind: string, name: string, host: HostHands, call: Call): Promise<Outcome<readonly string[]>> {
  const answer = await host.ask('list', { kind }, call)
  if (!answer.ok) return answer
  const found = foundOf(answer.value, kind)
  return found.ok ? done([...found.value].filter(([other, one]) => one.kind === 'ours' && other !== name).map(([other]) => other)) : found
}

export function some(names: readonly string[], most = TRIED): readonly string[] {
  const left = [...names]
  while (left.length > most) left.splice(randomInt(left.length), 1)
  return left
}

const Confined = z.object({ reached: z.array(z.string()) })

/** Tries, as the website's own account, to get at each neighbour's files, settings, keys and sockets; and as the neighbour at this one's. */
export async function lookAtNeighbours(thing: ThingRef, host: HostHands, call: Call): Promise<Outcome<readonly Proof[]>> {
  const others = await othersOf('tree', thing.name, host, call)
  if (!others.ok) return others
  const tried = some(others.value)
  const reached: string[] = []
  for (const other of tried)
    for (const [site, of] of [
      [thing.name, other],
      [other, thing.name],
    ] as const) {
      const answer = await host.ask('confined', { site, other: of }, call)
      if (!answer.ok) return answer
      const read = Confined.safeParse(answer.value)
      if (!read.success) return failed('garbage', `The host did not say what ${site} reaches of ${of}.`, false)
      reached.push(...read.data.reached.map(what => `${site} → ${of}: ${what}`))
    }
  const facts = { neighbours: others.value.length, tried: tried.length, reached }
  if (tried.length === 0) return done([])
  return done([
    proof(
      thing,
      'inside',
      reached.length === 0,
      reached.length === 0
        ? {
            id: `Situs ${thing.name} dan tetangganya tidak dapat saling membaca`,
            en: `The website ${thing.name} and its neighbours cannot read each other`,
          }
        : { id: `Situs ${thing.name} tidak tertutup terhadap tetangganya`, en: `The website ${thing.name} is not closed against its neighbours` },
      facts,
    ),
  ])
}
