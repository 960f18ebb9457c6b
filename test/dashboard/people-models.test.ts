// What the pages of people work out by themselves: days and instants, chairs over time, mistakes of forms, names of browsers and logins, rails.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Office } from '../../daemon/domain/people.ts'
import { may } from '../../daemon/domain/policy.ts'
import { ROLES, type Role } from '../../daemon/domain/roles.ts'
import { NAV, navOf } from '../../dashboard/nav.ts'
import { agentOf } from '../../dashboard/pages/account/agent.ts'
import { loginOf } from '../../dashboard/pages/accounts/login.ts'
import { stateOf } from '../../dashboard/pages/accounts/state.ts'
import { oneLine } from '../../dashboard/pages/audit/detail.ts'
import { dayOf, instantOf } from '../../dashboard/pages/people/days.ts'
import { bodyOf, type FieldSpec, mistakesOf } from '../../dashboard/pages/people/fields.ts'
import { chairsOf, monthsOf } from '../../dashboard/pages/people/spans.ts'
import { initials } from '../../dashboard/signin/initials.ts'
import { offsetOf } from '../../dashboard/words/zone.ts'
import { viewer } from '../support/viewers.ts'

const JAKARTA = 'Asia/Jakarta'
const DAY = 86_400_000

describe('a day of the site', () => {
  it('begins and ends where the site is, not where the reader is', () => {
    assert.equal(new Date(instantOf('2026-11-20', JAKARTA, false) ?? 0).toISOString(), '2026-11-19T17:00:00.000Z')
    assert.equal(new Date(instantOf('2026-11-20', JAKARTA, true) ?? 0).toISOString(), '2026-11-20T16:59:59.999Z')
    assert.equal(instantOf('', JAKARTA, false), null)
    assert.equal(dayOf(null, JAKARTA), '')
  })

  it('comes back as it was typed, also over a change of clocks', () => {
    const days = fc.integer({ min: 0, max: 20_000 }).map(n => new Date(Date.UTC(2000, 0, 1) + n * DAY).toISOString().slice(0, 10))
    fc.assert(
      fc.property(days, fc.constantFrom(JAKARTA, 'Asia/Jayapura', 'Europe/Berlin', 'UTC'), fc.boolean(), (day, zone, end) => {
        assert.equal(dayOf(instantOf(day, zone, end), zone), day)
      }),
    )
  })
})

const office = (id: number, more: Partial<Office> = {}): Office => ({
  id,
  person: id,
  role: 'approver',
  organisation: null,
  position: 'kabid',
  kind: 'definitive',
  from: null,
  until: null,
  decree: '',
  ...more,
})

describe('chairs over time', () => {
  const from = 0
  const until = 100 * DAY

  it('put a stand-in under the one it stands in for, and let it sit first on its days', () => {
    const all = [office(2, { kind: 'plh', from: 40 * DAY, until: 45 * DAY }), office(1)]
    const [chair] = chairsOf(all, from, until, 42 * DAY)
    assert.deepEqual(
      chair?.bars.map(bar => [bar.office.id, bar.lane]),
      [
        [1, 0],
        [2, 1],
      ],
    )
    assert.deepEqual(
      chair?.now.map(one => one.id),
      [2, 1],
    )
    assert.deepEqual(
      chairsOf(all, from, until, 50 * DAY)[0]?.now.map(one => one.id),
      [1],
    )
  })

  it('never draw two of one lane over each other, nor outside the window', () => {
    const some = fc.record({ from: fc.option(fc.integer({ min: -50, max: 150 })), length: fc.option(fc.integer({ min: 0, max: 80 })) })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), rows => {
        const offices = rows.map((row, i) =>
          office(i + 1, {
            from: row.from === null ? null : row.from * DAY,
            until: row.length === null ? null : ((row.from ?? 0) + row.length) * DAY,
          }),
        )
        for (const { bars, lanes } of chairsOf(offices, from, until, 0)) {
          for (const bar of bars) {
            assert.ok(bar.left >= 0 && bar.left <= 1 && bar.lane < lanes)
            for (const other of bars)
              if (other !== bar && other.lane === bar.lane)
                assert.ok(bar.left >= other.left + other.width - 0.0041 || other.left >= bar.left + bar.width - 0.0041)
          }
        }
      }),
    )
  })

  it('know where the months begin at the site', () => {
    const start = Date.UTC(2026, 10, 20)
    const months = monthsOf(start, start + 70 * DAY, at => offsetOf(at, JAKARTA))
    assert.deepEqual(
      months.map(at => new Date(at).toISOString()),
      ['2026-11-30T17:00:00.000Z', '2026-12-31T17:00:00.000Z'],
    )
  })
})

describe('a form of a register', () => {
  const specs: readonly FieldSpec[] = [
    { kind: 'text', key: 'name', label: '' },
    { kind: 'text', key: 'nip', label: '', optional: true, nullable: true, check: value => (/^\d{18}$/.test(String(value)) ? '' : 'nip') },
    { kind: 'words', key: 'skills', label: '', optional: true },
    { kind: 'organisation', key: 'organisation', label: '', when: draft => draft['role'] === 'requester' },
    { kind: 'until', key: 'until', label: '', optional: true },
  ]

  it('finds everything that is wrong at once, and asks nothing of what does not apply', () => {
    assert.deepEqual(mistakesOf(specs, { name: ' ', nip: '123', role: 'requester', organisation: null }, 'needed'), {
      name: 'needed',
      nip: 'nip',
      organisation: 'needed',
    })
    assert.deepEqual(mistakesOf(specs, { name: 'Siti', nip: '', role: 'noc', organisation: null }, 'needed'), {})
  })

  it('sends what the daemon takes: no name is null, no skill is empty', () => {
    const body = bodyOf(
      specs,
      { name: ' Siti ', nip: '', skills: 'jaringan, , basis data', role: 'noc', organisation: 4, until: '2026-11-20' },
      () => 7,
    )
    assert.deepEqual(body, { name: 'Siti', nip: null, skills: ['jaringan', 'basis data'], organisation: null, until: 7 })
  })
})

describe('small words', () => {
  it('leave titles out of initials', () => {
    assert.deepEqual(['Drs. H. Surya Wibawa, M.Si.', 'Joko Susilo', 'dr. Lukman Hakim, M.Kes.', 'Soekarno', ''].map(initials), [
      'SW',
      'JS',
      'LH',
      'S',
      '',
    ])
  })

  it('offer a login people would choose themselves, and one the daemon takes', () => {
    assert.deepEqual(['Ir. Ratna Puspita, M.T.', 'Joko Susilo', 'dr. Zoë Ndruru', 'Soekarno'].map(loginOf), [
      'ratna.puspita',
      'joko.susilo',
      'zoe.ndruru',
      'soekarno',
    ])
  })

  it('call browsers by the name people know', () => {
    const say = (browser: string, system: string) => `${browser}/${system}`
    assert.equal(
      agentOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0', say),
      'Edge/Linux',
    )
    assert.equal(agentOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1', say), 'Safari/iOS')
    assert.equal(agentOf('curl/8.5', say), null)
  })

  it('tell of an account what must be known first', () => {
    const row = { goneAt: null, lockedUntil: null, mustChange: false, signedInAt: 5 }
    assert.equal(stateOf(row, 10), 'active')
    assert.equal(stateOf({ ...row, signedInAt: null }, 10), 'first')
    assert.equal(stateOf({ ...row, mustChange: true }, 10), 'change')
    assert.equal(stateOf({ ...row, lockedUntil: 20, mustChange: true }, 10), 'locked')
    assert.equal(stateOf({ ...row, lockedUntil: 9 }, 10), 'active')
    assert.equal(stateOf({ ...row, lockedUntil: 20, goneAt: 1 }, 10), 'gone')
  })

  it('put the detail of an entry on one line, whatever it is', () => {
    assert.equal(oneLine({ address: '127.0.0.1', by: { a: 1 } }), 'address 127.0.0.1 · by {"a":1}')
    fc.assert(fc.property(fc.jsonValue(), value => assert.equal(typeof oneLine(value), 'string')))
  })
})

describe('the rail', () => {
  const of = (role: Role) => navOf(permission => may(viewer(role), permission)).map(one => one.key)

  it('offers nothing that the policy would refuse, to no role', () => {
    for (const role of ROLES)
      for (const key of of(role))
        assert.ok(
          NAV.some(one => one.key === key && may(viewer(role), one.needs)),
          `${role} ${key}`,
        )
  })

  it('shows a requester six things, and nobody nothing', () => {
    assert.deepEqual(of('requester'), ['home', 'mine', 'visits', 'tickets', 'requests', 'websites'])
    assert.deepEqual(
      navOf(() => false),
      [],
    )
  })

  it('has a letter of its own for each page', () => {
    assert.equal(new Set(NAV.map(one => one.letter)).size, NAV.length)
  })
})
