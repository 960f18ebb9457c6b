// Everything else that the panel of the demonstration can break: told at the right device, with the right cause, and over when mended.
import assert from 'node:assert/strict'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { OpeningView } from '../../daemon/domain/opening.ts'
import type { DemoView } from '../../daemon/stream/contract.ts'
import { type Asking, asking } from '../support/asking.ts'
import { type Daemon, dataFolder, freshDemonstration, startDaemon } from '../support/daemon.ts'

interface Story {
  /** Scenarios that happen together. */
  readonly breaks: readonly string[]
  /** The alarm that tells of it: `<device>/<point>/<rule>`. */
  readonly key: RegExp
  readonly severity: Alarm['severity']
  /** Those it explains, without being asked for. */
  readonly explains?: RegExp
  /** Devices that somebody polls by hand meanwhile, because their turn comes seldom. */
  readonly asks?: readonly string[]
}

/** Scenarios that break nothing, and their stories: people at the doors in journeys/doors, equipment that is plugged in in journeys/stays. */
const ELSEWHERE = ['door-opened', 'door-visitor', 'visit-overstay', 'tenant-server']

/** Stories of one group happen at the same time in one data centre: they must not be mixed up. */
const GROUPS: readonly (readonly Story[])[] = [
  [
    { breaks: ['door-forced'], key: /^door-d3\/.*alarm\.state\/state$/, severity: 'critical' },
    { breaks: ['door-held'], key: /^door-d1\/.*alarm\.state\/state$/, severity: 'warning' },
    { breaks: ['crac-1-stopped'], key: /^crac-1\/unit\.mode\.state\/state$/, severity: 'warning' },
    { breaks: ['smoke'], key: /^fire\/fire\.state\/state$/, severity: 'critical' },
    { breaks: ['leak'], key: /^env-1\/leak\..*\/state$/, severity: 'critical' },
    { breaks: ['feed-a4-a'], key: /^pdu-a4-a\/-\/down$/, severity: 'unknown' },
    {
      breaks: ['ups-a-battery'],
      key: /^ups-a\/battery\.replace\.state\/state$/,
      severity: 'critical',
      explains: /^ups-a\/battery\./,
      asks: ['ups-a'],
    },
    { breaks: ['sensor-silent'], key: /^env-1\/sensor\.rack-a6-top\.temperature\/stale$/, severity: 'unknown' },
    { breaks: ['disk-filling'], key: /^web-1\/storage\..*\/above$/, severity: 'warning', asks: ['web-1'] },
  ],
  [
    { breaks: ['crac-2-airflow'], key: /^crac-2\/unit\./, severity: 'warning' },
    {
      breaks: ['switch-dead'],
      key: /^sw-b3\/-\/down$/,
      severity: 'unknown',
      explains: /^(web-1|pdu-b3-a)\/-\/down$/,
      asks: ['sw-b3', 'web-1', 'pdu-b3-a'],
    },
  ],
  [{ breaks: ['utility-failed', 'genset-refuses'], key: /^genset\/.*start.*\/state$/i, severity: 'critical' }],
]

/** Presses "poll now" at these devices as long as the errand lasts. */
async function hurried<T>(api: Asking, devices: readonly string[], errand: () => Promise<T>): Promise<T> {
  let over = false
  const pressing = devices.map(async device => {
    while (!over) {
      await api.post(`devices/${device}/poll`, {})
      await new Promise(resolve => setTimeout(resolve, 1000))
    }
  })
  try {
    return await errand()
  } finally {
    over = true
    await Promise.all(pressing)
  }
}

async function live(api: Asking, story: Story): Promise<void> {
  const { breaks, key, severity, explains, asks = [] } = story
  const press = async (active: boolean): Promise<void> => {
    for (const scenario of breaks) assert.equal((await api.post(`demo/${scenario}`, { active })).status, 200, scenario)
  }
  await hurried(api, asks, async () => {
    await press(true)
    const told = await api.alarm(breaks.join(), alarm => key.test(alarm.key), 150_000)
    assert.equal(told.severity, severity, told.key)
    // It stands for itself, or for the supply that failed with it.
    if (!breaks.includes('utility-failed')) assert.deepEqual([told.cause, told.suppressed], [null, false], told.key)
    if (explains !== undefined) await api.alarm(`explained by ${told.key}`, one => explains.test(one.key) && one.cause === told.id, 120_000)
    await press(false)
    await api.quiet(told.key, alarm => alarm.id === told.id, 150_000)
    assert.ok(
      (await api.alarms('cleared')).some(alarm => alarm.id === told.id),
      `${told.key} is in the archive`,
    )
  })
}

/** A door that nobody had a visit for stays an alarm when it is shut again, until the watch says why it was open. Which doors they were. */
async function explainDoors(daemon: Daemon, api: Asking): Promise<readonly (string | null)[]> {
  const signedIn = await fetch(new URL('/api/v1/session', daemon.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ demo: 'noc' }),
  })
  await signedIn.text()
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { items } = await api.get<{ items: readonly OpeningView[] }>('openings?kind=unexplained')
  for (const { id } of items) {
    const said = await fetch(new URL(`/api/v1/openings/${id}/explain`, daemon.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ reason: 'Uji pintu bersama satuan pengamanan' }),
    })
    assert.equal(said.status, 200, await said.text())
  }
  return items.map(({ door }) => door)
}

describe('journey 1: whatever else breaks', function () {
  this.timeout(500_000)
  const daemons: Daemon[] = []
  const folders = GROUPS.map(() => dataFolder())
  after(async () => {
    await Promise.all(daemons.map(daemon => daemon.stop()))
    for (const folder of folders) folder.remove()
  })

  it('raises its alarm at its place and ends with the mending', async () => {
    const settled = await Promise.allSettled(
      GROUPS.map(async (stories, i) => {
        const daemon = await startDaemon({ data: folders[i]?.path ?? '', env: freshDemonstration() })
        daemons.push(daemon)
        const api = asking(() => daemon)
        await api.allUp()
        if (i === 0) {
          const known = (await api.get<DemoView>('demo')).scenarios.map(scenario => scenario.id)
          assert.deepEqual(
            [...GROUPS.flat().flatMap(story => story.breaks), ...ELSEWHERE].toSorted(),
            known.toSorted(),
            'every scenario has its story',
          )
        }
        await Promise.all(stories.map(story => live(api, story)))
        await api.quiet('everything but doors', ({ condition }) => !(condition.kind === 'system' && condition.code.startsWith('door.')), 60_000)
        const explained = await explainDoors(daemon, api)
        assert.equal(explained.includes('d3'), i === 0, `explained: ${explained.join()}`)
        await api.quiet('everything', () => true, 60_000)
      }),
    )
    assert.deepEqual(
      settled.flatMap(one => (one.status === 'rejected' ? [String(one.reason)] : [])),
      [],
    )
  })
})
