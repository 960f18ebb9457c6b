// The rack picked on the plan: its alarm, hottest inlet with its trend, temperatures by height, power and what is left.

import type { ReadonlySignal } from '@preact/signals'
import { useDerived } from '../../live/derived.ts'
import { now, store } from '../../live/index.ts'
import { AlarmPill, Drawer, Sparkline, useTrend } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { kilowatts, measured, moment, number, titleOf } from '../../words/say.ts'
import { isAbout, type RackThings } from '../rack/alarms.ts'
import { slopePerHour } from '../rack/slope.ts'
import type { RackFigures } from './modes.ts'

const HOURS = 6 * 3_600_000

/** The line of the hottest inlet, and how fast it rises. */
function Trend({ no, limit }: { readonly no: number; readonly limit: number }) {
  const given = [no, limit]
  const words = t.value.pages.floor
  const series = useTrend(no, HOURS)
  const rate = useDerived(() => {
    const slope = series.value === null ? null : slopePerHour(series.value.at, series.value.values)
    if (slope === null || Math.abs(slope) < 0.1) return ''
    const said = measured(Math.abs(slope), 'temperature')
    return slope > 0 ? words.rising(said) : words.falling(said)
  }, given)
  return (
    <div class="row siderow">
      <Sparkline series={series} limit={limit} width={150} height={32} />
      <span class="tiny dim">
        {words.limit(number(limit, 1))}
        <br />
        {rate}
      </span>
    </div>
  )
}

const Line = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div class="row between sideline">
    <span class="mid ell">{name}</span>
    <span class="nw">{value}</span>
  </div>
)

export function RackSide({
  figures,
  things,
  past,
}: {
  readonly figures: ReadonlySignal<RackFigures>
  readonly things: RackThings
  readonly past: boolean
}) {
  const given = [figures, things, past]
  const words = t.value.pages.floor
  const { rack } = figures.value
  const inlet = store.layout.value?.site.inlet
  const hottest = useDerived(() => figures.value.heights.hottest, given)
  const point = hottest.value === null ? null : store.pointOf(hottest.value.sensor.point).value
  const alarm = useDerived(
    () =>
      past
        ? undefined
        : [...store.alarms.value.values()]
            .filter(each => each.clearedAt === null && !each.suppressed && isAbout(each, things))
            .sort((one, other) => one.raisedAt - other.raisedAt)[0],
    given,
  )
  const { power, heights, free, units } = figures.value
  const kw = (watts: number | null) => (watts === null ? '–' : kilowatts(watts, 2))
  const is = alarm.value
  const warm = hottest.value?.value ?? null
  const tone = warm === null || inlet === undefined ? '' : warm > inlet.critical ? 'crit' : warm > inlet.warning ? 'warn' : ''
  return (
    <Drawer title={words.rack(rack.name)} label={words.rack(rack.name)} onClose={() => setQuery({ rack: null })}>
      {rack.use === undefined && rack.tenant === undefined ? null : (
        <p class="small mid">{[rack.use, rack.tenant].filter(part => part !== undefined).join(' · ')}</p>
      )}
      {is === undefined ? null : (
        <div class="sidealarm">
          <div class="row between">
            <AlarmPill alarm={is} />
            <span class="small dim">{words.since(moment(is.raisedAt, now.peek()))}</span>
          </div>
          <a href={`/alarms?alarm=${is.id}`}>{titleOf(is)}</a>
        </div>
      )}
      <p class={`bigvalue ${tone}`}>
        {warm === null ? '–' : number(warm, 1)}
        <span class="unit">°C</span>
      </p>
      {point === null || inlet === undefined ? null : <Trend key={point.no} no={point.no} limit={inlet.warning} />}
      {[...heights.inlet].reverse().map(each => (
        <Line
          key={each.sensor.id}
          name={`${each.sensor.name} ${each.sensor.u === undefined ? '' : words.atU(each.sensor.u)}`}
          value={each.value === null ? '–' : measured(each.value, 'temperature')}
        />
      ))}
      <hr />
      <Line
        name={words.feedPower(power.feeds.map(each => each.feed.name).join(' + '))}
        value={`${power.feeds.map(each => kw(each.load)).join(' + ')} kW`}
      />
      <Line name={words.headroom} value={power.headroom === null ? '–' : `${kw(power.headroom)} kW`} />
      <Line name={words.free} value={words.ofUnits(free, units)} />
      <div class="row actionsrow">
        <a class="btn" href={`/racks/${encodeURIComponent(rack.id)}`}>
          {words.openRack}
        </a>
        <a class="btn" href={`/capacity?q=${encodeURIComponent(rack.name)}`}>
          {t.value.nav.capacity}
        </a>
        {is === undefined ? null : (
          <a class="btn" href={`/alarms?alarm=${is.id}`}>
            {words.alarms}
          </a>
        )}
      </div>
    </Drawer>
  )
}
