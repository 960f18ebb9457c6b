// Energy of a month: building, racks, PUE, and who used it; every figure with the share that was read.
import type { Energy, EnergyReport } from '../../../daemon/domain/plant.ts'
import { nowExact } from '../../live/index.ts'
import { Empty, ErrorBox, Panel, Skeleton, Table, TextField } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { number, zone } from '../../words/say.ts'
import { useAsked } from '../power/use-asked.ts'

const kwh = ({ wh }: Energy): string => `${number(wh / 1000, wh < 100_000 ? 1 : 0)} kWh`

/** The month it is in the zone of the site, `2026-11`. */
const thisMonth = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone.peek(), year: 'numeric', month: '2-digit' }).format(nowExact())

export function EnergyPanel({ query }: { readonly query: URLSearchParams }) {
  const words = t.value.plant.capacity
  const { part } = t.value.plant
  const month = /^20\d{2}-(0[1-9]|1[0-2])$/.test(query.get('month') ?? '') ? (query.get('month') ?? '') : thisMonth()
  const { value: report, problem, again } = useAsked<EnergyReport>(`/api/v1/plant/energy?month=${month}`, 0)
  const figure = (energy: Energy | null) =>
    energy === null ? (
      <span class="dim">{words.noMeter}</span>
    ) : (
      <>
        <b class="num">{kwh(energy)}</b>{' '}
        <span class="small dim">
          {part(number(energy.measured * 100))}
          {energy.covered < 0.995 ? ` · ${words.covered(number(energy.covered * 100, 1))}` : ''}
        </span>
      </>
    )
  return (
    <Panel title={words.energy} padded>
      <TextField label={words.month} type="month" value={month} onInput={text => setQuery({ month: text })} />
      {problem !== null ? <ErrorBox problem={problem} retry={again} /> : null}
      {report === null ? (
        problem === null ? (
          <Skeleton lines={4} />
        ) : null
      ) : report.facility === null && report.it === null ? (
        <Empty title={words.noEnergy} />
      ) : (
        <>
          <dl class="facts">
            <dt>{words.facility}</dt>
            <dd>{figure(report.facility)}</dd>
            <dt>{words.it}</dt>
            <dd>{figure(report.it)}</dd>
            <dt>{words.pue}</dt>
            <dd>{report.pue === null ? '–' : number(report.pue, 2)}</dd>
          </dl>
          {report.tenants.length === 0 ? null : (
            <Table
              label={words.tenant}
              columns={[
                { key: 'tenant', label: words.tenant, cell: row => row.tenant ?? words.nobody },
                { key: 'energy', label: words.energyOf, num: true, cell: row => kwh(row.energy) },
                { key: 'read', label: words.read, num: true, cell: row => `${number(row.energy.measured * 100)}%` },
              ]}
              rows={report.tenants}
              keyOf={row => row.tenant ?? ''}
            />
          )}
          {report.unread.length === 0 ? null : <p class="small dim">{words.unread(report.unread.length)}</p>}
        </>
      )}
    </Panel>
  )
}
