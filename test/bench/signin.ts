// Two hundred people come in at once, with passwords that cost what they cost, while others work on; then all of them ask at once.

import { SILENT } from '../../daemon/log.ts'
import { openPasswords } from '../../daemon/signin/password.ts'
import { openRecords } from '../../daemon/store/records.ts'
import { dataFolder, startDaemon } from '../support/daemon.ts'
import { type Bench, main } from './run.ts'

const PEOPLE = 200
const ROUNDS = 10
/** Those who are in already, and how long they work before the others come, ms. */
const WORKING = 10
const QUIET = 5_000
/** Between what one of them does and the next thing, ms. */
const THINKING = 50
const PATHS = ['session', 'people?size=50'] as const
const PASSWORD = 'katak biru melompat'

const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

async function prepare(folder: string): Promise<number> {
  const passwords = openPasswords()
  const before = performance.now()
  const password = await passwords.make(PASSWORD, '127.0.0.1')
  const cost = performance.now() - before
  const opened = await openRecords({ folder, log: SILENT, clock: Date.now })
  if (!opened.ok || !password.ok) throw new Error('the bench cannot be prepared')
  const { people, accounts, close } = opened.value
  const home = await people.organisations.add({ name: 'Pusat Data', short: 'PD', kind: 'own', address: '', phone: '', email: '', goneAt: null })
  for (let i = 0; i < PEOPLE + WORKING; i++) {
    const person = await people.persons.add({
      ...{ name: `Orang ${i}`, nip: null, position: '', echelon: 'none', rank: '', organisation: home.id },
      ...{ unit: '', email: '', mobile: '', extension: '', skills: [], goneAt: null },
    })
    await people.offices.add({
      person: person.id,
      role: 'noc',
      organisation: null,
      position: null,
      kind: 'definitive',
      from: null,
      until: null,
      decree: '',
    })
    await accounts.add({ person: person.id, login: `orang${i}`, password: password.value, mustChange: false })
  }
  await close()
  return cost
}

const bench: Bench = {
  name: 'sign-in',
  async run() {
    const data = dataFolder()
    const cost = await prepare(data.path)
    const daemon = await startDaemon({ data: data.path, env: { SUAR_DEMONSTRATION_ENABLED: 'false' } })
    try {
      let errors = 0
      const timed = async <T>(work: () => Promise<T>): Promise<[ms: number, value: T]> => {
        const before = performance.now()
        const value = await work()
        return [performance.now() - before, value]
      }
      const signIn = async (i: number): Promise<string> => {
        const response = await fetch(`${daemon.url}api/v1/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ login: `orang${i}`, password: PASSWORD }),
        })
        await response.arrayBuffer()
        if (response.status !== 200) errors++
        return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      }
      const ask = async (cookie: string, path: string): Promise<number> => {
        const [ms, status] = await timed(async () => {
          const response = await fetch(`${daemon.url}api/v1/${path}`, { headers: { cookie } })
          await response.arrayBuffer()
          return response.status
        })
        if (status !== 200) errors++
        return ms
      }
      /** Those who are in ask on until `done`; how long each answer took. */
      const working = async (cookies: readonly string[], done: Promise<unknown>): Promise<number[]> => {
        let on = true
        void done.then(() => {
          on = false
        })
        const took: number[] = []
        const one = async (cookie: string) => {
          for (let round = 0; on; round++) {
            took.push(await ask(cookie, PATHS[round % PATHS.length] ?? ''))
            await pause(THINKING)
          }
        }
        await Promise.all(cookies.map(one))
        return took
      }
      const inside: string[] = []
      for (let i = 0; i < WORKING; i++) inside.push(await signIn(PEOPLE + i))
      const before = await working(inside, pause(QUIET))
      const storm = timed(() => Promise.all(Array.from({ length: PEOPLE }, (_, i) => timed(() => signIn(i)))))
      const during = await working(inside, storm)
      const [all, arrived] = await storm
      const asked: number[] = []
      const [asking] = await timed(() =>
        Promise.all(
          arrived.map(async ([, cookie]) => {
            for (let round = 0; round < ROUNDS; round++) asked.push(await ask(cookie, PATHS[round % PATHS.length] ?? ''))
          }),
        ),
      )
      return [
        { name: 'one password hash', value: cost, unit: 'ms' },
        { name: `${PEOPLE} signed in, the last after`, value: all / 1000, unit: 's', goal: 30 },
        { name: 'somebody who is in already, before, 95th percentile', value: p95(before), unit: 'ms' },
        { name: 'the same while the others come in', value: p95(during), unit: 'ms' },
        { name: 'the same, the slowest', value: Math.max(...during), unit: 'ms' },
        { name: 'requests a second, 200 asking at once', value: asked.length / (asking / 1000), unit: '1/s' },
        { name: 'one of them, 95th percentile', value: p95(asked), unit: 'ms' },
        { name: 'errors', value: errors, unit: '', goal: 0 },
      ]
    } finally {
      await daemon.stop()
      data.remove()
    }
  },
}
export default bench
await main(import.meta, bench)
