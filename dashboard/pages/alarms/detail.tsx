// One alarm in full: what it says, the readings around it, what can be done, its course, and when it happened before.
import { useEffect, useState } from 'preact/hooks'
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import { causedBy } from '../../../daemon/domain/words/alarm-words.ts'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { api } from '../../api.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store, useTopic } from '../../live/index.ts'
import { AlarmPill, acknowledge, Button, comment, Drawer, Empty, Pill, toneOfAlarm, useValue } from '../../parts/index.ts'
import { Timeline } from '../../parts/timeline.tsx'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { age, detailOf, duration, measured, moment, numberOf, text, titleOf } from '../../words/say.ts'
import { rawOf } from '../device/evidence.tsx'
import { Course } from './course.tsx'
import { EvidenceChart } from './evidence-chart.tsx'

interface One {
  readonly alarm: Alarm
  readonly similar: readonly Alarm[]
}

/** The value now, its limit with where it clears, and where the reading comes from. */
function Reading({ alarm, point }: { readonly alarm: Alarm; readonly point: PointView }) {
  const words = t.value.pages.alarms
  const { live, number, unit, stale, tone } = useValue(point)
  const name = useDerived(
    () => `bigvalue ${stale.value ? 'stale' : tone.value === 'ok' && alarm.clearedAt === null ? toneOfAlarm(alarm) : tone.value}`,
    [stale, tone, alarm],
  )
  const from = useDerived(() => {
    const is = live.value
    if (is === null) return ''
    const raw =
      is.value === null || point.quantity === 'state'
        ? ''
        : `, ${t.value.pages.device.raw.toLowerCase()} ${rawOf(is.value, point)} × ${String(point.scale).replace('.', lang.value === 'id' ? ',' : '.')}`
    return `${words.reading(text(point.label), age(now.value - is.at))}${raw}`
  }, [live, point, words])
  const { condition } = alarm
  const limit =
    condition.kind === 'above' || condition.kind === 'below'
      ? [
          words.limit(measured(condition.limit, point.quantity)),
          words.clear(measured(condition.clear, point.quantity)),
          point.alarmLimits === null ? '' : words.delay(duration(point.alarmLimits.delay)),
          t.value.pages.device.from[condition.from],
        ]
      : condition.kind === 'state'
        ? [condition.name]
        : []
  return (
    <div class="row reading">
      <p class={name}>
        <span>{number}</span>
        <span class="unit">{unit}</span>
      </p>
      <p class="small mid">
        {limit.filter(part => part !== '').join(' · ')}
        <br />
        <span class="dim">{from}</span>
      </p>
    </div>
  )
}

/** Follows the device of the alarm, so that its evidence is live. */
function EvidenceOf({ alarm, device }: { readonly alarm: Alarm; readonly device: string }) {
  useTopic(`device:${device}`)
  const point = useDerived(
    () =>
      alarm.point === null
        ? null
        : (store.pointsOf(device).value.find(each => each.no === alarm.point?.no) ?? store.pointNow(alarm.point.no) ?? null),
    [alarm, device],
  )
  return point.value === null ? null : (
    <>
      <Reading alarm={alarm} point={point.value} />
      <EvidenceChart key={alarm.id} alarm={alarm} point={point.value} />
    </>
  )
}

function Similar({ similar }: { readonly similar: readonly Alarm[] }) {
  const words = t.value.pages.alarms
  return (
    <p class="small mid similar">
      {words.similar}:{' '}
      {similar.length === 0
        ? words.noSimilar
        : similar.slice(0, 4).map((alarm, index) => (
            <span key={alarm.id}>
              {index > 0 ? '; ' : ''}
              <a href={`/alarms?${alarm.clearedAt === null ? '' : 'state=archive&'}alarm=${alarm.id}`}>
                {words.similarOf(moment(alarm.raisedAt, now.peek()), age((alarm.clearedAt ?? now.peek()) - alarm.raisedAt))}
              </a>
            </span>
          ))}
    </p>
  )
}

/** Where the alarm is, as links: device with its evidence, rack, plan. */
function Places({ alarm }: { readonly alarm: Alarm }) {
  const words = t.value.pages.alarms
  const layout = store.layout.value
  const device = alarm.device === null ? undefined : store.devices.value.get(alarm.device)
  const sensor = layout?.sensors.find(each => each.point.device === alarm.device && each.point.key === alarm.point?.key)
  const rack = sensor?.rack ?? device?.place?.rack
  // Suar's own alarm of a door, or one of its contact.
  const door = layout?.doors.find(each => alarm.key === `suar/-/door.${each.id}` || (alarm.device !== null && each.state?.device === alarm.device))
  return (
    <p class="row wrap small places">
      {device === undefined ? null : (
        <a href={`/devices/${encodeURIComponent(device.id)}${alarm.point === null ? '' : `?point=${encodeURIComponent(alarm.point.key)}`}`}>
          {device.name}
        </a>
      )}
      {rack === undefined ? null : (
        <a href={`/racks/${encodeURIComponent(rack)}`}>{t.value.pages.floor.rack(layout?.racks.find(each => each.id === rack)?.name ?? rack)}</a>
      )}
      {rack === undefined ? null : <a href={`/floor?rack=${encodeURIComponent(rack)}`}>{words.toPlan}</a>}
      {door === undefined ? null : (
        <>
          <a href={`/doors?door=${encodeURIComponent(door.id)}`}>{t.value.doors.parts.log}</a>
          <a href={`/floor?door=${encodeURIComponent(door.id)}`}>{words.toPlan}</a>
          {door.camera === undefined ? null : (
            <a href={door.camera} target="_blank" rel="noreferrer">
              {t.value.doors.camera}
            </a>
          )}
        </>
      )}
    </p>
  )
}

export function AlarmDetail({ id }: { readonly id: number }) {
  const words = t.value.pages.alarms
  const [asked, setAsked] = useState<One | 'none' | null>(null)
  const live = useDerived(() => store.alarms.value.get(id), [id])
  useEffect(() => {
    let gone = false
    setAsked(null)
    void api.get<One>(`/api/v1/alarms/${id}`).then(answer => {
      if (!gone) setAsked(answer.ok ? answer.value : 'none')
    })
    return () => {
      gone = true
    }
  }, [id])
  const one = asked === null || asked === 'none' ? null : asked
  // The live one is newer; the archive's carries notes of one that is long cleared.
  const alarm = live.value ?? one?.alarm
  if (alarm === undefined)
    return asked === null ? null : (
      <Drawer title={words.gone} label={words.gone} onClose={() => setQuery({ alarm: null })}>
        <Empty title={words.gone} hint={words.goneHint} />
      </Drawer>
    )
  const cause = alarm.cause === null ? undefined : store.alarms.value.get(alarm.cause)
  const when =
    alarm.clearedAt === null
      ? words.since(moment(alarm.raisedAt, now.peek()))
      : `${moment(alarm.raisedAt, now.peek())}, ${words.lasted(age(alarm.clearedAt - alarm.raisedAt))}`
  return (
    <Drawer
      label={titleOf(alarm)}
      onClose={() => setQuery({ alarm: null })}
      title={
        <span class="row wrap detailhead">
          {alarm.clearedAt === null ? <AlarmPill alarm={alarm} /> : <Pill tone="ok">{words.clearedWord}</Pill>}
          <span class="small dim">
            {numberOf(alarm)} · {when}
          </span>
        </span>
      }
    >
      <div class="detail">
        <h2 class="detailtitle">{titleOf(alarm)}</h2>
        {cause === undefined ? (
          <p class="small mid">{detailOf(alarm)}</p>
        ) : (
          <p class="small mid">
            <a href={`/alarms?alarm=${cause.id}`}>{causedBy(titleOf(cause), lang.value)}</a>
          </p>
        )}
        <Places alarm={alarm} />
        {alarm.device === null ? null : <EvidenceOf alarm={alarm} device={alarm.device} />}
        <div class="row actionsrow">
          {alarm.acknowledged === null && alarm.clearedAt === null ? (
            <Button kind="primary" kbd="a" onClick={() => acknowledge(alarm)}>
              {words.acknowledge}
            </Button>
          ) : null}
          <Button onClick={() => comment(alarm)}>{words.comment}</Button>
        </div>
        {alarm.acknowledged === null ? null : (
          <p class="small mid">
            {words.acknowledgedBy(alarm.acknowledged.by, moment(alarm.acknowledged.at, now.peek()))}
            {alarm.acknowledged.comment === '' ? '' : `: ${words.quoted(alarm.acknowledged.comment)}`}
          </p>
        )}
        <Course alarm={alarm} />
        {may('timeline.read') ? (
          <section class="around">
            <h3>{t.value.timeline.around}</h3>
            <Timeline key={alarm.id} path={`/timeline/alarm/${alarm.id}?size=50`} alarm={alarm.id} label={t.value.timeline.around} />
          </section>
        ) : null}
        {one === null ? null : <Similar similar={one.similar} />}
      </div>
    </Drawer>
  )
}
