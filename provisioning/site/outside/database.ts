// A database logged in to as its website does, and as its neighbours must not.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Call } from '../../../daemon/domain/call.ts'
import type { Proof, ThingRef } from '../../../daemon/domain/change.ts'
import { done, failed, type Outcome } from '../../../daemon/domain/outcome.ts'
import type { Hands, HostHands } from '../../hands.ts'
import { proof } from '../proof.ts'
import { othersOf, some } from './neighbours.ts'

/** Under which name its password is kept. */
export const credentialOf = ({ place, name }: ThingRef): string => `database/${place.id}/${name}`

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
  if (password === null)
    return done([
      proof(
        thing,
        'inside',
        false,
        { id: `Kata sandi ${thing.name} tidak diketahui: buat yang baru`, en: `The password of ${thing.name} is not known: make a new one` },
        { engine },
      ),
    ])
  const login = async (as: string, user: string, password: string): Promise<Outcome<boolean>> => {
    const answer = await host.ask('database-login', { engine, name: thing.name, user, password, as }, call)
    if (!answer.ok) return answer
    const read = Login.safeParse(answer.value)
    return read.success ? done(read.data.ok) : failed('garbage', `The host did not say whether it could log in to ${thing.name}.`, false)
  }

  const own = await login(siteOf(thing.name), thing.name, password)
  if (!own.ok) return own
  const proofs: Proof[] = [
    proof(
      thing,
      'inside',
      own.value,
      own.value
        ? { id: `Situs ${siteOf(thing.name)} dapat masuk ke basis datanya`, en: `The website ${siteOf(thing.name)} can log in to its database` }
        : {
            id: `Situs ${siteOf(thing.name)} tidak dapat masuk ke basis datanya`,
            en: `The website ${siteOf(thing.name)} cannot log in to its database`,
          },
      { engine, database: thing.name },
    ),
  ]

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
