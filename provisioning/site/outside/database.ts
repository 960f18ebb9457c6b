// A database logged in to as its website does, and as its neighbours must not.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Call } from '../../../daemon/domain/call.ts'
import type { PlanStep, Proof, ThingRef } from '../../../daemon/domain/change.ts'
import { done, failed, type Outcome } from '../../../daemon/domain/outcome.ts'
import type { Hands, HostHands } from '../../hands.ts'
import { proof } from '../proof.ts'
import { othersOf, some } from './neighbours.ts'

/** Under which name its password is kept. */
export const credentialOf = ({ place, name }: ThingRef): string => `database/${place.id}/${name}`

/** With the user that it has, whose password nobody here knows. */
export const isTakenOver = ({ action, before, after }: PlanStep): boolean => action === 'adopt' && before?.['user'] === after?.['user']

/** Names of websites have no underscore. */
const siteOf = (database: string): string => database.replaceAll('_', '-')

const Login = z.object({ ok: z.boolean() })

export async function lookByLogin(
  thing: ThingRef,
  engine: 'mariadb' | 'postgresql',
  host: HostHands,
  hands: Hands,
  call: Call,
): Promise<Outcome<readonly Proof[]>> {
  const password = await hands.credentials.find(credentialOf(thing))
  const login = async (as: string, user: string, password: string): Promise<Outcome<boolean>> => {
    const answer = await host.ask('database-login', { engine, name: thing.name, user, password, as }, call)
    if (!answer.ok) return answer
    const read = Login.safeParse(answer.value)
    return read.success ? done(read.data.ok) : failed('garbage', `The host did not say whether it could log in to ${thing.name}.`, false)
  }

  const site = siteOf(thing.name)
  const own = password === null ? null : await login(site, thing.name, password)
  if (own?.ok === false) return own
  const words =
    own === null
      ? {
          id: `Basis data ${thing.name} diambil alih: kata sandinya hanya diketahui situsnya, sehingga masuknya tidak dicoba`,
          en: `The database ${thing.name} was taken over: only its website knows its password, and logging in was not tried`,
        }
      : own.value
        ? { id: `Situs ${site} dapat masuk ke basis datanya`, en: `The website ${site} can log in to its database` }
        : { id: `Situs ${site} tidak dapat masuk ke basis datanya`, en: `The website ${site} cannot log in to its database` }
  const proofs: Proof[] = [proof(thing, 'inside', own?.value ?? true, words, { engine, database: thing.name })]

  const others = await othersOf(engine, thing.name, host, call)
  if (!others.ok) return others
  const entered: string[] = []
  // Without the password nobody is the user, whatever account of the host asks; and no other user of the server may open this database.
  const strangers = [
    { as: siteOf(thing.name), user: thing.name, password: randomBytes(16).toString('hex') },
    ...(await neighboursOf(thing, some(others.value, NEIGHBOURS), hands)),
  ]
  for (const stranger of strangers) {
    const answer = await login(stranger.as, stranger.user, stranger.password)
    if (!answer.ok) return answer
    if (answer.value) entered.push(`${stranger.as} as ${stranger.user}`)
  }
  const ok = entered.length === 0
  proofs.push(
    proof(
      thing,
      'inside',
      ok,
      ok
        ? { id: `Selain situsnya, tidak ada yang dapat masuk ke ${thing.name}`, en: `Nobody but the website can log in to ${thing.name}` }
        : { id: `Yang bukan situsnya dapat masuk ke ${thing.name}`, en: `Others than the website can log in to ${thing.name}` },
      { tried: strangers.length, entered },
    ),
  )
  return done(proofs)
}

const NEIGHBOURS = 3

/** Each with its own name and its own password, where we have it: what a neighbour would try. */
async function neighboursOf(thing: ThingRef, names: readonly string[], hands: Hands) {
  const known = await Promise.all(names.map(async name => ({ name, password: await hands.credentials.find(credentialOf({ ...thing, name })) })))
  return known.flatMap(({ name, password }) => (password === null ? [] : [{ as: siteOf(name), user: name, password }]))
}
