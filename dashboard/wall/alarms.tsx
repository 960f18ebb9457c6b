// Open alarms by cause: the gravest in full with what it did, the rest a line each.
import { useComputed } from '@preact/signals'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { now, store } from '../live/index.ts'
import { type Group, untakenOf } from '../pages/alarms/groups.ts'
import { Icon } from '../parts/icons.tsx'
import { shapeOfAlarm, toneOfAlarm } from '../parts/tone.ts'
import { t } from '../words/index.ts'
import { clock, detailOf, duration, titleOf } from '../words/say.ts'
import { groups } from './situation.ts'

const CHILDREN = 5
const CAUSES = 4

export function Alarms() {
  const { wall, state } = t.value
  const all = groups.value
  const first = all[0]
  const open = all.filter(group => untakenOf(group) !== null).length
  return (
    <section class={`panel alarms ${first === undefined ? 'quiet' : ''}`} aria-label={wall.alarms}>
      <header>
        <h2>{wall.alarms}</h2>
        <span class="end">
          {first !== undefined && untakenOf(first) !== null ? <b class="t-crit">{state.unacknowledged}</b> : null}
          {wall.openCount(open, all.length - open)}
        </span>
      </header>
      {first === undefined ? (
        <p class="none">
          <Icon name="ok" class="ok" />
          {wall.quiet}
        </p>
      ) : (
        <Cause group={first} children={all.length === 1 ? CHILDREN : Math.max(2, CHILDREN - all.length)} />
      )}
      <ul class="li causes">
        {all.slice(1, 1 + CAUSES).map(group => (
          <li key={group.cause.id}>
            <Icon name={shapeOfAlarm(group.cause)} class={toneOfAlarm(group.cause)} />
            <a class="quiet" href={`/alarms?alarm=${group.cause.id}`}>
              <b class="ell">{titleOf(group.cause)}</b>
              <span class="sb ell">{detailOf(group.cause)}</span>
            </a>
            <Since alarm={group.cause} />
          </li>
        ))}
      </ul>
      {all.length > 1 + CAUSES ? <p class="more">{wall.moreCauses(all.length - 1 - CAUSES)}</p> : null}
    </section>
  )
}

function Since({ alarm }: { readonly alarm: Alarm }) {
  const age = useComputed(() => duration((now.value - alarm.raisedAt) / 1000))
  return (
    <span class="num">
      {clock(alarm.raisedAt)}
      <small>{age}</small>
    </span>
  )
}

function Cause({ group, children }: { readonly group: Group; readonly children: number }) {
  const { wall } = t.value
  const { cause, effects, suppressed } = group
  // A cause is as grave as the gravest thing it did.
  const gravest = [cause, ...effects].find(alarm => alarm.severity === 'critical') ?? cause
  const tone = toneOfAlarm(gravest)
  const shape = shapeOfAlarm({ ...cause, severity: gravest.severity })
  const count = 1 + effects.length + suppressed.length
  // What it did, gravest first; when every child is suppressed they are the only ones to name.
  const rank = (alarm: Alarm): number => (alarm.severity === 'critical' ? 0 : alarm.severity === 'warning' ? 1 : 2)
  const told = [...effects, ...suppressed].sort((a, b) => Number(a.suppressed) - Number(b.suppressed) || rank(a) - rank(b) || a.raisedAt - b.raisedAt)
  // Several devices may tell of one and the same thing: it is said once.
  const title = titleOf(cause)
  const said = new Set([title])
  const distinct = told.filter(alarm => {
    const words = titleOf(alarm)
    if (said.has(words)) return false
    said.add(words)
    return true
  })
  const shown = distinct.slice(0, children)
  const rest = distinct.length - shown.length
  return (
    <>
      <a class="cause quiet" href={`/alarms?alarm=${cause.id}`}>
        <Icon name={shape} class={tone} />
        <span class="grow">
          <b>{title}</b>
          <span class="ell">{count > 1 ? wall.causeOf(count) : detailOf(cause)}</span>
        </span>
        <time>{clock(cause.raisedAt)}</time>
      </a>
      {shown.length === 0 ? null : (
        <ul class={`kids ${tone}`}>
          {shown.map(alarm => (
            <li key={alarm.id}>
              <Icon name={alarm.suppressed ? 'suppressed' : shapeOfAlarm(alarm)} class={alarm.suppressed ? 'ok' : toneOfAlarm(alarm)} />
              <span class="ell">{titleOf(alarm)}</span>
              <time>{clock(alarm.raisedAt)}</time>
            </li>
          ))}
          {rest > 0 ? (
            <li class="rest">
              <Icon name="suppressed" />
              <span>{wall.moreChildren(rest)}</span>
            </li>
          ) : null}
        </ul>
      )}
    </>
  )
}

interface Event {
  readonly key: string
  readonly at: number
  readonly alarm: Alarm
  readonly kind: 'raised' | 'cleared'
}

const EVENTS = 9

/** What happened lately, newest first; as many as there is room for. */
export function Events() {
  const { wall } = t.value
  const events: Event[] = []
  for (const alarm of store.alarms.value.values()) {
    if (alarm.suppressed && alarm.clearedAt === null) continue
    events.push({ key: `${alarm.id} raised`, at: alarm.raisedAt, alarm, kind: 'raised' })
    if (alarm.clearedAt !== null) events.push({ key: `${alarm.id} cleared`, at: alarm.clearedAt, alarm, kind: 'cleared' })
  }
  events.sort((a, b) => b.at - a.at)
  return (
    <section class="panel events" aria-label={wall.events}>
      <header>
        <h2>{wall.events}</h2>
      </header>
      {events.length === 0 ? <p class="none">{wall.noEvents}</p> : null}
      <ul class="li ev">
        {events.slice(0, EVENTS).map(event => (
          <li key={event.key}>
            <time>{clock(event.at)}</time>
            <Icon
              name={event.kind === 'cleared' ? 'ok' : shapeOfAlarm(event.alarm)}
              class={event.kind === 'cleared' ? 'ok' : toneOfAlarm(event.alarm)}
            />
            <span class="ell">{titleOf(event.alarm)}</span>
            <span class="num">{event.kind === 'cleared' ? wall.cleared : wall.raised}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
