// kill -9 in the middle of every step from the reservation to the door, and after it: what is kept says where the piece stands, and it goes on from there.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { STAY_STATES, type StayState } from '../../daemon/domain/stay.ts'
import { tempFolder } from '../store/support/folder.ts'
import { type Cage, openCage } from './support/cage.ts'

const script = fileURLToPath(new URL('./support/stepper.ts', import.meta.url))

/** The step that leads out of each state, as the trail calls it; `leaving` takes two. */
const STEPS: readonly (readonly [from: StayState, action: string])[] = [
  ['asked', 'stay.reserve'],
  ['reserved', 'stay.in'],
  ['arrived', 'stay.install'],
  ['installed', 'stay.accept'],
  ['verified', 'stay.custody'],
  ['inCustody', 'stay.leave'],
  ['leaving', 'stay.media'],
  ['leaving', 'stay.out'],
]
/** ms after the step began: before it has written anything, and while it does. */
const MOMENTS = [0, 6] as const

describe('a stay whose daemon is killed', function () {
  this.timeout(240_000)
  const folder = tempFolder()
  let ticket = ''

  async function inside<T>(work: (cage: Cage) => Promise<T>): Promise<T> {
    const cage = await openCage({ folder })
    try {
      return await work(cage)
    } finally {
      await cage.close()
    }
  }

  /** Killed `after` so many ms of the next step; null: once it is over. */
  async function killed(after: number | null): Promise<void> {
    const child = fork(script, [folder, ticket], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const gone = once(child, 'exit')
    const heard = (what: string) =>
      new Promise<void>((resolve, reject) => {
        child.on('message', message => (message === what ? resolve() : undefined))
        child.once('exit', code => reject(new Error(`it ended with ${code}`)))
      })
    await heard(after === null ? 'over' : 'begun')
    if (after !== null) await pause(after)
    child.kill('SIGKILL')
    await gone
  }

  /** What is kept agrees with itself. How many steps are done. */
  const told = () =>
    inside(async ({ records, place }) => {
      const stay = await records.stays.stayOf(ticket)
      const item = stay?.items[0]
      const state = item?.state ?? 'asked'
      const done = []
      for (const [, action] of STEPS) done.push((await records.audit.page({ size: 10, action })).filter(({ subject }) => subject === ticket).length)
      const count = done.reduce((sum, one) => sum + one, 0)
      assert.deepEqual(done, STEPS.map((_, i) => (i < count ? 1 : 0)), `each step once and in order: ${state}`) // biome-ignore format: one line
      assert.equal(STEPS[count]?.[0] ?? 'gone', state, 'the trail tells of what is kept')
      assert.equal(item?.media != null, count > 6)
      const held = (await records.stays.held()).filter(one => one.ticket === ticket)
      assert.equal(held.length, state === 'reserved' || state === 'arrived' ? 1 : 0, `a place is kept: ${state}`)
      const at = STAY_STATES.indexOf(state)
      const stands = place.inventory.equipment.some(({ id }) => id === item?.equipment)
      assert.equal(stands, at >= STAY_STATES.indexOf('installed') && state !== 'gone', `it stands in the inventory: ${state}`)
      assert.equal(item?.rack ?? null, state === 'asked' || state === 'gone' ? null : 'a5')
      assert.ok((await records.audit.verify()).ok)
      return count
    })

  before(async () => {
    ticket = await inside(cage => cage.filed([{ serial: 'SN-1' }]))
  })

  for (const [i, [from, action]] of STEPS.entries())
    it(`stands whole before or after ${action}, from ${from} on`, async () => {
      if (from === 'verified') await inside(cage => cage.signed(ticket))
      let count = i
      for (const after of MOMENTS) {
        // Written already: the next step has a story of its own.
        if (count > i) break
        await killed(after)
        count = await told()
        assert.ok(count === i || count === i + 1, `${count} after ${after} ms of step ${i}`)
      }
      if (count > i) return
      await killed(null)
      assert.equal(await told(), i + 1)
    })
})
