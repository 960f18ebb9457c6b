// The floor plan of a large hall: 500 racks, each with an inlet sensor and two feeds, every reading new once a second.
import { Inventory } from '../../daemon/domain/inventory.ts'
import { UNIT_OF } from '../../daemon/domain/quantity.ts'
import type { PointView } from '../../daemon/stream/contract.ts'
import { layoutOf } from '../../daemon/stream/views.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openStage } from '../support/stage.ts'
import type { Bench, Figure } from './run.ts'

const RACKS = 500
const SECONDS = 15

/** Twenty rows of twenty-five. */
const hall = layoutOf(
  Inventory.parse({
    site: { id: 'hall', name: 'Hall' },
    rooms: [{ id: 'room', name: 'Room', kind: 'server', x: 0, y: 0, width: 18, depth: 46 }],
    rows: Array.from({ length: 20 }, (_, row) => ({ id: `row-${row}`, name: `Row ${row}`, room: 'room' })),
    racks: Array.from({ length: RACKS }, (_, n) => {
      const row = Math.floor(n / 25)
      return {
        id: `r${n}`,
        name: `R${n}`,
        row: `row-${row}`,
        room: 'room',
        x: 1.2 + (n % 25) * 0.6,
        y: 1 + row * 2.2,
        width: 0.6,
        depth: 1,
        facing: row % 2 === 0 ? 'south' : 'north',
        feeds: ['A', 'B'].map(name => ({ name, node: `r${n}-${name.toLowerCase()}` })),
      }
    }),
    sensors: Array.from({ length: RACKS }, (_, n) => {
      const at = { x: 1.5 + (n % 25) * 0.6, y: 2 + Math.floor(n / 25) * 2.2 }
      return {
        id: `t${n}`,
        name: `T${n}`,
        room: 'room',
        ...at,
        rack: `r${n}`,
        side: 'inlet',
        point: { device: `env-${n}`, key: 'inlet.temperature' },
      }
    }),
    power: Array.from({ length: RACKS }, (_, n) =>
      ['a', 'b'].map(side => ({ id: `r${n}-${side}`, name: side, kind: 'pdu', measures: { power: { device: `env-${n}`, key: `${side}.power` } } })),
    ).flat(),
  }),
)

const pointOf = (n: number, key: string, no: number): PointView => {
  const quantity = key.endsWith('temperature') ? 'temperature' : 'power'
  const known = {
    label: { en: key },
    cadence: 'fast',
    source: '1.3',
    profile: 'bench',
    limits: {},
    states: null,
    scale: 1,
    offset: 0,
    alarmLimits: null,
  } as const
  return { ...known, no, device: `env-${n}`, key, quantity, unit: UNIT_OF[quantity] }
}

async function measure(path: string): Promise<readonly Figure[]> {
  const stage = await openStage()
  const browser = await openBrowser(path)
  const { page, close } = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
  try {
    const keys = ['inlet.temperature', 'a.power', 'b.power']
    const first = 1_000_000
    stage.model.setLayout(hall)
    for (let n = 0; n < RACKS; n++)
      stage.model.setPoints(
        `env-${n}`,
        keys.map((key, k) => pointOf(n, key, first + n * keys.length + k)),
      )
    const nos = Uint32Array.from({ length: RACKS * keys.length }, (_, i) => first + i)
    const beat = (): void => {
      const values = Float64Array.from(nos, (_, i) => (i % keys.length === 0 ? 20 + Math.random() * 9 : 900 + Math.random() * 600))
      stage.model.observe(nos, values, new Float64Array(nos.length).fill(Date.now()))
    }
    beat()
    await page.goto(`${stage.url}floor`)
    await page
      .locator('a.rk')
      .nth(RACKS - 1)
      .waitFor()
    await page.evaluate(`(() => {
      window.gaps = []
      let last = performance.now()
      const next = now => { window.gaps.push(now - last); last = now; requestAnimationFrame(next) }
      requestAnimationFrame(next)
    })()`)
    const beating = setInterval(beat, 1000)
    await new Promise(resolve => setTimeout(resolve, SECONDS * 1000))
    clearInterval(beating)
    const gaps = (await page.evaluate<number[]>('window.gaps')).slice(1)
    return [
      { name: `longest frame, ${RACKS} racks at 1 Hz`, value: Math.max(...gaps), unit: 'ms', goal: 100 },
      { name: 'frames over 100 ms', value: gaps.filter(gap => gap > 100).length, unit: '', goal: 0 },
    ]
  } finally {
    await close()
    await browser.close()
    await stage.close()
  }
}

export default {
  name: 'floor plan',
  run: async () => {
    const path = chromiumPath()
    return path === null ? [] : await measure(path)
  },
} satisfies Bench
