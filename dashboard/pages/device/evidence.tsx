// Evidence of one reading: what the device said, how that became the figure, which limits hold and who set them, and its alarm.

import type { ComponentChildren } from 'preact'
import { CADENCES } from '../../../daemon/domain/point.ts'
import { RATES } from '../../../daemon/domain/quantity.ts'
import type { DeviceView, PointView } from '../../../daemon/stream/contract.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store } from '../../live/index.ts'
import { AlarmPill, acknowledge, Button, Drawer, useValue } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { age, clock, duration, number, numberOf, stateWord, text, titleOf } from '../../words/say.ts'
import { clearWords, limitWords } from './limit-words.ts'

const Row = ({ name, mono = false, children }: { readonly name: string; readonly mono?: boolean; readonly children: ComponentChildren }) => (
  <>
    <dt>{name}</dt>
    <dd class={mono ? 'mono' : ''}>{children}</dd>
  </>
)

/** What the device said before scaling; figures are kept, so it can be reckoned back. */
export function rawOf(value: number, point: Pick<PointView, 'scale' | 'offset'>): string {
  const raw = (value - point.offset) / (point.scale === 0 ? 1 : point.scale)
  return String(Number(raw.toPrecision(12)))
}

const signed = (offset: number) => (offset === 0 ? '' : ` ${offset > 0 ? '+' : '−'} ${Math.abs(offset)}`)

export function Evidence({ device, point }: { readonly device: DeviceView; readonly point: PointView }) {
  const given = [device, point]
  const words = t.value.pages.device
  const { live, number: figure, unit, stale, tone } = useValue(point)
  const big = useDerived(() => `bigvalue ${stale.value ? 'stale' : tone.value}`, given)
  const when = useDerived(() => (live.value === null ? '' : words.readAt(clock(live.value.at), age(now.value - live.value.at))), given)
  const raw = useDerived(() => (live.value?.value == null ? '–' : RATES.has(point.quantity) ? words.rate : rawOf(live.value.value, point)), given)
  const alarm = useDerived(
    () => [...store.alarms.value.values()].find(each => each.device === device.id && each.point?.no === point.no && each.clearedAt === null) ?? null,
    given,
  )
  const is = alarm.value
  const limits = limitWords(point, true)
  const states = point.states ?? []
  return (
    <Drawer title={words.evidence(text(point.label))} label={words.evidence(text(point.label))} onClose={() => setQuery({ point: null })}>
      <div class="row between evidencehead">
        <p class={big}>
          <span>{figure}</span>
          <span class="unit">{unit}</span>
        </p>
        <span class="small dim">{when}</span>
      </div>
      <dl class="facts">
        <Row name={words.raw} mono>
          {raw}
        </Row>
        {point.quantity === 'state' ? null : (
          <Row name={words.scale}>
            × {number(point.scale, Math.min(6, decimals(point.scale)))}
            {signed(point.offset)} {point.unit === '1' ? '' : point.unit} <span class="dim">{words.scaleFrom}</span>
          </Row>
        )}
        <Row name={words.source[device.via]} mono>
          {point.source}
        </Row>
        <Row name={words.key} mono>
          {point.key}
        </Row>
        <Row name={words.profile}>{point.profile}</Row>
        <Row name={words.cadence}>{words.every(duration(CADENCES[point.cadence]))}</Row>
        <Row name={words.limits}>
          {limits === '' ? (
            <span class="dim">{words.noLimits}</span>
          ) : (
            <>
              {limits}
              {point.alarmLimits === null ? null : (
                <>
                  {`, ${words.clears(clearWords(point))}`}
                  <br />
                  {`${words.delay(duration(point.alarmLimits.delay))}, `}
                  <span class="dim">{words.from[point.alarmLimits.from]}</span>
                </>
              )}
            </>
          )}
        </Row>
        {states.length === 0 ? null : (
          <Row name={words.states}>
            {states.slice(0, 8).map(state => (
              <div key={state.value} class={live.value?.value === state.value ? 'strong' : 'mid'}>
                <span class="mono">{state.value}</span> {state.name}
                {state.meaning === null ? '' : ` · ${stateWord(state)}`}
              </div>
            ))}
            {states.length > 8 ? <div class="dim">{words.moreStates(states.length - 8)}</div> : null}
          </Row>
        )}
        <Row name={words.alarm}>
          {is === null ? (
            <span class="dim">{words.noAlarm}</span>
          ) : (
            <>
              <AlarmPill alarm={is} /> <a href={`/alarms?alarm=${is.id}`}>{titleOf(is)}</a>
              <div class="dim small">
                {numberOf(is)}, {is.acknowledged === null ? words.notAcknowledged : words.acknowledgedBy(is.acknowledged.by)}
              </div>
            </>
          )}
        </Row>
      </dl>
      <div class="row actionsrow">
        {is === null || is.acknowledged !== null ? null : (
          <Button kind="primary" kbd="a" onClick={() => acknowledge(is)}>
            {words.acknowledge}
          </Button>
        )}
        {point.quantity === 'state' || point.quantity === 'text' ? null : (
          <Button
            onClick={() => {
              setQuery({ chart: point.key })
              document.querySelector('.chartpanel')?.scrollIntoView({ block: 'nearest' })
            }}
          >
            {words.chartIt}
          </Button>
        )}
      </div>
    </Drawer>
  )
}

const decimals = (scale: number): number => Math.max(0, (String(scale).split('.')[1] ?? '').length)
