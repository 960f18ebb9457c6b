// Two hundred people come in at once, with passwords that cost what they cost; then all of them ask at once.

import { SILENT } from '../../daemon/log.ts'
import { openPasswords } from '../../daemon/signin/password.ts'
import { openRecords } from '../../daemon/store/records.ts'
import { dataFolder, startDaemon } from '../support/daemon.ts'
import { type Bench, main } from './run.ts'

const PEOPLE = 200
const ROUNDS = 10
const PASSWORD = 'katak biru melompat'

const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN

async function prepare(folder: string): Promise<number> {
  const passwords = openPasswords()
  const before = performance.now()
  const password = await passwords.make(PASSWORD)
  const cost = performance.now() - before
  const opened = await openRecords({ folder, log: SILENT, clock: Date.now })
  if (!opened.ok || !password.ok) throw new Error('the bench cannot be prepared')
  const { people, accounts, close } = opened.value
  const home = await people.organisations.add({ name: 'Pusat Data', short: 'PD', kind: 'own', address: '', phone: '', email: '', goneAt: null })
  for (let i = 0; i < PEOPLE; i++) {
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
      const [all, arrived] = await timed(() => Promise.all(Array.from({ length: PEOPLE }, (_, i) => timed(() => signIn(i)))))
      const asked: number[] = []
      const [asking] = await timed(() =>
        Promise.all(
          arrived.map(async ([, cookie]) => {
            for (let round = 0; round < ROUNDS; round++) {
              const [ms, status] = await timed(async () => {
                const response = await fetch(`${daemon.url}api/v1/${round % 2 === 0 ? 'session' : 'people?size=50'}`, { headers: { cookie } })
                await response.arrayBuffer()
                return response.status
              })
              asked.push(ms)
              if (status !== 200) errors++
            }
          }),
        ),
      )
      return [
        { name: 'one password hash', value: cost, unit: 'ms' },
        { name: `${PEOPLE} signed in, the last after`, value: all / 1000, unit: 's', goal: 30 },
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
