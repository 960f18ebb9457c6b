// The threads that hash passwords: what they give, when they end, and what becomes of those who wait when one falls.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { hasArgon2, hashed, type Recipe } from '../../daemon/signin/hash.ts'
import { openHasher } from '../../daemon/signin/hasher.ts'
import { until } from '../support/daemon.ts'

const CHEAP: Recipe = {
  ...(hasArgon2 ? { by: 'argon2id', cost: { memory: 64, passes: 1 } } : { by: 'scrypt', cost: null }),
  salt: Buffer.alloc(16, 7),
}

/** How nice a thread of this process is (proc_pid_stat(5), field 19; the name before it may hold spaces). The first has the number of the process. */
const niceness = (task: number | string): number => Number(readFileSync(`/proc/self/task/${task}/stat`, 'utf8').split(') ')[1]?.split(' ')[16])

describe('the threads that hash passwords', () => {
  it('give what the function gives, stand behind everything else, and end when nobody asks', async function () {
    if (process.platform !== 'linux') return this.skip()
    // Who runs the tests may have made them all nice.
    const own = niceness(process.pid)
    const nicer = () => readdirSync('/proc/self/task').filter(task => niceness(task) > own).length
    const before = nicer()
    await using hasher = Object.assign(openHasher({ idle: 50 }), { [Symbol.asyncDispose]: () => hasher.close() })
    const hashes = await Promise.all([hasher.hash('katak biru', CHEAP), hasher.hash('katak biru', CHEAP), hasher.hash('katak hijau', CHEAP)])
    const right = Buffer.from(hashed('katak biru', CHEAP))
    assert.deepEqual(
      hashes.map(hash => right.equals(hash)),
      [true, true, false],
    )
    assert.ok(nicer() > before, 'a thread is nicer than the daemon')
    assert.equal(niceness(process.pid), own, 'and the daemon is not')
    await until(
      'the end of the threads',
      async () => nicer(),
      many => many <= before,
    )
    assert.ok(right.equals(await hasher.hash('katak biru', CHEAP)), 'the next password begins another')
  })

  it('refuse what they cannot hash and go on; closed, nobody waits for ever', async () => {
    const hasher = openHasher()
    if (hasArgon2) await assert.rejects(hasher.hash('katak biru', { ...CHEAP, salt: Buffer.alloc(1) }), /could not be hashed/)
    assert.equal((await hasher.hash('katak biru', CHEAP)).length, 32)
    const waiting = assert.rejects(hasher.hash('katak biru', CHEAP), /stopping/)
    await hasher.close()
    await waiting
    await assert.rejects(hasher.hash('katak biru', CHEAP), /stopping/)
  })
})
