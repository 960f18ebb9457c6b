// Heat against cooling by room, and when power and cooling run out.

import type { CapacityForecast, CapacityView } from '../../../daemon/domain/capacity.ts'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { Meter, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateLong, number } from '../../words/say.ts'
import { AmountLine, watts } from '../power/amount.tsx'

export function CoolingPanel({ view, layout }: { readonly view: CapacityView; readonly layout: Layout }) {
  const words = t.value.plant.capacity
  return (
    <Panel title={words.cooling} padded>
      {view.cooling.map(({ room, heat, units, capacity, spare }) => {
        const name = layout.rooms.find(one => one.id === room)?.name ?? room
        const tone = capacity !== null && (heat.value ?? 0) > capacity ? 'crit' : spare !== null && (heat.value ?? 0) > spare ? 'warn' : 'ok'
        return (
          <div key={room} class="roomcooling">
            <div class="row wrap">
              <b>{name}</b>
              <span class="small dim">{words.unitsRunning(units)}</span>
            </div>
            <div>
              {words.heat} <AmountLine amount={heat} unit="power" />
            </div>
            {capacity === null || capacity === 0 ? (
              <p class="small dim">{words.unrated}</p>
            ) : (
              <>
                <Meter
                  value={(heat.value ?? 0) / capacity}
                  mark={(spare ?? 0) / capacity}
                  tone={tone}
                  label={`${name} ${words.heat} ${watts(heat.value ?? 0)}`}
                />
                <span class="small dim">{words.spare(watts(spare ?? 0))}</span>
              </>
            )}
          </div>
        )
      })}
    </Panel>
  )
}

export function ForecastPanel({ view, layout }: { readonly view: CapacityView; readonly layout: Layout }) {
  const words = t.value.plant.capacity
  const nameOf = ({ of, id }: CapacityForecast): string =>
    (of === 'cooling' ? layout.rooms.find(room => room.id === id)?.name : [layout.site, ...layout.sites].find(site => site.id === id)?.name) ?? id
  return (
    <Panel title={words.forecast} padded>
      {view.forecasts.length === 0 ? <p class="dim">{words.noForecast}</p> : null}
      <dl class="forecasts">
        {view.forecasts.map(one => (
          <div key={`${one.of} ${one.id}`} class="forecast">
            <dt>
              {words.of[one.of]}, {nameOf(one)}
            </dt>
            <dd>
              {forecastText(one)}
              <Course one={one} name={`${words.of[one.of]}, ${nameOf(one)}`} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

const COURSE = { width: 300, height: 44 } as const

/** The days behind a forecast, with what is full as a line where it is near. */
function Course({ one: { days, full }, name }: { readonly one: CapacityForecast; readonly name: string }) {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined || days.length < 3) return null
  const most = Math.max(...days.map(({ value }) => value))
  // Against nothing and against full: a slope looks as steep as it is.
  const top = Math.max(most * 1.1, most * 2 >= full ? full : 0) || 1
  const x = (day: number) => (COURSE.width * (day - first.day)) / (last.day - first.day)
  const y = (value: number) => COURSE.height - 1 - (COURSE.height - 2) * (value / top)
  const path = days.map(({ day, value }, i) => `${i === 0 ? 'M' : 'L'}${x(day).toFixed(1)} ${y(value).toFixed(1)}`).join('')
  return (
    <svg
      class="course"
      viewBox={`0 0 ${COURSE.width} ${COURSE.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t.value.plant.capacity.history(name, days.length)}
    >
      <path class="base" d={`M0 ${COURSE.height - 0.5}H${COURSE.width}`} />
      {top >= full ? <path class="full" d={`M0 ${y(full).toFixed(1)}H${COURSE.width}`} /> : null}
      <path d={path} />
    </svg>
  )
}

function forecastText({ of, forecast }: CapacityForecast): string {
  const words = t.value.plant.capacity
  if (forecast.kind === 'noTrend') return words.noTrend[forecast.why](forecast.days)
  const slope = words.perDay(of === 'units' ? words.units(number(forecast.perDay, 2)) : watts(forecast.perDay))
  if (forecast.kind === 'far') return `${words.far} (${slope})`
  const { on, earliest, latest } = forecast
  const span = latest === null ? words.notBefore(dateLong(earliest)) : words.between(dateLong(earliest), dateLong(latest))
  return `${words.fullOn(dateLong(on))}, ${span} (${slope})`
}
