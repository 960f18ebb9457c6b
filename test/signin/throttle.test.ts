// Limits on tries: how long one waits, whom it meets and whom it does not.
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { done, failed } from '../../daemon/domain/outcome.ts'
import { nextWeek } from '../../daemon/people/demonstration.ts'
import { addressKey, openThrottle } from '../../daemon/signin/throttle.ts'

interface Tries {
  readonly count: number
  readonly lastAt: number
  readonly until: number
}

describe('limits on tries', () => {
  const opened = () => {
    let now = 1_000_000
    const kept = new Map<string, Tries>()
    const tries = {
      of: async (key: string) => kept.get(key) ?? null,
      set: async (key: string, value: Tries) => void kept.set(key, value),
      clear: async (key: string) => void kept.delete(key),
    }
    const throttle = openThrottle({ tries, clock: () => now, together: work => work() })
    const wait = async (login: string | null, address: string) => {
      const allowed = await throttle.may(login, address)
      return allowed.ok ? 0 : (allowed.failure.after ?? Number.NaN)
    }
    return {
      throttle,
      wait,
      later: (seconds: number) => {
        now += seconds * 1000
      },
    }
  }

  it('cost nothing at first, then ever more, never more than a quarter of an hour', async () => {
    const { throttle, wait, later } = opened()
    const waits: number[] = []
    for (let i = 0; i < 16; i++) {
      await throttle.wrong('ani', `10.0.0.${i}`)
      const seconds = await wait('ANI ', '10.9.9.9')
      waits.push(seconds)
      later(seconds)
    }
    assert.deepEqual(waits.slice(0, 7), [0, 0, 0, 0, 15, 30, 60])
    assert.equal(Math.max(...waits), 900)
    assert.equal(await wait('budi', '10.9.9.9'), 0, 'others are not met')
    await throttle.right('ani')
    await throttle.wrong('ani', '10.9.9.8')
    assert.equal(await wait('ani', '10.9.9.9'), 0)
  })

  it('count tries that are sent at once, each before the next is let in', async () => {
    const { throttle, later } = opened()
    let guessed = 0
    const guess = () =>
      throttle.attempt('ani', '10.0.0.1', async () => {
        guessed++
        await throttle.wrong('ani', '10.0.0.1')
        return failed('forbidden', 'The login or the password is wrong.')
      })
    const answers = await Promise.all(Array.from({ length: 40 }, guess))
    assert.equal(guessed, 5)
    assert.equal(answers.filter(answer => !answer.ok && answer.failure.kind === 'tooMany').length, 35)
    later(15)
    assert.ok((await throttle.attempt('ani', '10.0.0.1', async () => done('in'))).ok)
    // Of many logins from one address all are counted, whoever comes between.
    await Promise.all(Array.from({ length: 25 }, (_, i) => throttle.wrong(`login${i}`, '10.0.0.1')))
    assert.equal((await throttle.may('somebody', '10.0.0.1')).ok, false)
  })

  it('meet an address that tries many logins, not the office behind it that mistypes now and then', async () => {
    const { throttle, wait, later } = opened()
    for (let i = 0; i < 29; i++) await throttle.wrong(`login${i}`, '10.0.0.1')
    assert.equal(await wait('somebody', '10.0.0.1'), 0)
    await throttle.wrong('login29', '10.0.0.1')
    assert.equal(await wait('somebody', '10.0.0.1'), 15)
    assert.equal(await wait('somebody', '::ffff:10.0.0.1'), 15, 'however the socket writes it')
    assert.equal(await wait('somebody', '10.0.0.2'), 0)
    later(3601)
    await throttle.wrong('login30', '10.0.0.1')
    assert.equal(await wait('somebody', '10.0.0.1'), 0, 'after a quiet hour it begins anew')
  })

  it('take the whole of an IPv6 customer for one', () => {
    assert.equal(addressKey('2001:db8:1:2::1'), addressKey('2001:0db8:0001:0002:ffff:1:2:3'))
    assert.notEqual(addressKey('2001:db8:1:2::1'), addressKey('2001:db8:1:3::1'))
    assert.equal(addressKey('fe80::1%eth0'), addressKey('fe80::2'))
    assert.equal(addressKey('::1'), 'address:0:0:0:0::/64')
    void fc.assert(
      fc.property(fc.ipV6(), address => {
        assert.match(addressKey(address), /^address:([0-9a-f]+:){3}[0-9a-f]+::\/64$|^address:\d+\.\d+\.\d+\.\d+$/)
      }),
    )
  })
})

describe('the demonstration’s stand-in', () => {
  it('has the whole of the next working week, whatever day it is', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), now => {
        const { from, until } = nextWeek(now)
        const local = (at: number) => new Date(at + 7 * 3_600_000)
        assert.ok(from > now && from - now <= 7 * 86_400_000)
        assert.deepEqual([local(from).getUTCDay(), local(from).getUTCHours(), local(until).getUTCDay()], [1, 0, 5])
      }),
    )
  })
})
