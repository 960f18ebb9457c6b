// Visits of these days for the demonstration, through the room itself: cards, a freeze, one approved for today, one inside, one that owes.
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { Inventory } from '../domain/inventory.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Staff } from './sources.ts'
import type { Visits } from './visits.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export interface Playing {
  readonly visits: Visits
  readonly records: {
    readonly badges: { badges(): Promise<readonly unknown[]> }
    readonly people: {
      withRole(
        role: 'officer' | 'noc' | 'approver',
        at: Instant,
      ): Promise<readonly { readonly person: { readonly id: number; readonly name: string } }[]>
    }
    readonly accounts: { ofPerson(person: number): Promise<{ readonly id: number } | null> }
  }
  readonly inventory: () => Inventory
  readonly staff: (at: Instant) => Promise<readonly Staff[]>
  readonly clock: Clock
  readonly log: Log
}

/** Whoever sits on a chair of that role, as a viewer; null: nobody does. */
export async function seatOf(role: 'officer' | 'noc' | 'approver', records: Playing['records'], now: Instant): Promise<Viewer | null> {
  const [seat] = await records.people.withRole(role, now)
  if (seat === undefined) return null
  const account = (await records.accounts.ofPerson(seat.person.id))?.id ?? 0
  const { id, name } = seat.person
  return { account, person: id, name, roles: [role], organisations: [], positions: [], via: 'session', scopes: null, pending: null, provenAt: now }
}

/** Only where there are no badges yet: then somebody lives here already. */
export async function playVisits({ visits, records, inventory, staff, clock, log }: Playing): Promise<void> {
  if ((await records.badges.badges()).length > 0) return
  const now = clock()
  const plan = inventory()
  const [officer, guard, approver] = [
    await seatOf('officer', records, now),
    await seatOf('noc', records, now),
    await seatOf('approver', records, now),
  ]
  const escorts = await staff(now)
  const [server, power] = ['server', 'power'].map(kind => plan.rooms.find(room => room.kind === kind)?.id)
  const door = plan.doors.find(({ room }) => room === server)?.id
  const back = plan.doors.find(({ room }) => room === power)?.id ?? door
  if (officer === null || guard === null || approver === null || server === undefined || door === undefined || back === undefined) return
  const say = (what: string, outcome: Outcome<unknown>) => {
    if (!outcome.ok) log.warn({ what, reason: outcome.failure.message }, 'a visit of the demonstration could not be played')
  }
  const blank = { organisation: '', doors: [], zones: [], from: null, until: null, hours: null }
  for (const [i, { name }] of escorts.entries())
    say(
      name,
      await visits.badges.add(
        { ...blank, card: `10-${String(i + 1).padStart(4, '0')}`, kind: 'standing', holder: name, rooms: plan.rooms.map(({ id }) => id) },
        officer,
      ),
    )
  for (let i = 1; i <= 12; i++)
    say('pool', await visits.badges.add({ ...blank, card: `T-${String(i).padStart(2, '0')}`, kind: 'visitor', holder: '', rooms: [] }, officer))
  say(
    'freeze',
    await visits.badges.freeze(
      { site: plan.site.id, rooms: [], from: now + 9 * DAY, until: now + 11 * DAY, reason: 'Pembekuan perubahan menjelang penutupan anggaran' },
      officer,
    ),
  )
  const person = (name: string, company: string, identity: string, badge: string) => ({ name, company, identity, mobile: '0812-0000-0110', badge })
  const escort = escorts.find(one => one.person !== guard.person)?.person ?? null
  say(
    'maintenance',
    await visits.enter(
      {
        kind: 'maintenance', site: plan.site.id, doors: [back], racks: [], purpose: 'Pemeriksaan bulanan baterai UPS', until: now + 3 * HOUR, escort,
        organisation: null, visitors: [person('Hendra Gunawan', 'PT Daya Andal', '1971051203880004', 'T-01'), person('Yusuf Maulana', 'PT Daya Andal', '1971050811900007', 'T-02')],
        goods: [{ direction: 'both', kind: 'Alat ukur baterai', serial: 'BT-3554' }], accepted: true,
      },
      guard,
    ),
  ) // biome-ignore format: one line a group
  say(
    'walk-in',
    await visits.enter(
      {
        kind: 'walkIn', site: plan.site.id, doors: [door], racks: plan.racks.slice(4, 5).map(({ id }) => id), purpose: 'Memeriksa lampu indikator server yang padam', until: now + 2 * HOUR,
        escort, organisation: null, visitors: [person('Agus Setiawan', 'Dinas Kesehatan', '1971030605810417', 'T-03')], goods: [], accepted: true,
      },
      guard,
    ),
  ) // biome-ignore format: one line a group
  // What the tickets asked for: those that wait for approval and lie ahead.
  for (const visit of await visits.list({ from: now, until: now + 30 * DAY, states: ['requested'] }, approver)) {
    if (escort === null) break
    const { from, until, racks } = visit
    say(visit.number, await visits.approve(visit.id, { from, until, doors: [door], racks, escort }, approver))
    break
  }
}
