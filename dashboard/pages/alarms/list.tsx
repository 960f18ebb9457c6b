// Alarms by cause, live: one block a cause, its effects under it, what is suppressed folded away.
import { useState } from 'preact/hooks'
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store } from '../../live/index.ts'
import { acknowledge, Button, Icon, shapeOfAlarm, type Tone, toneOfAlarm, worse } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { age, clockShort, detailOf, measured, moment, titleOf } from '../../words/say.ts'
import type { Group } from './groups.ts'

/** The figure of an effect: the value that passed its limit, live where the point is known. */
function Figure({ alarm }: { readonly alarm: Alarm }) {
  const shown = useDerived(() => {
    const { condition, point } = alarm
    if (condition.kind !== 'above' && condition.kind !== 'below') return ''
    const view = point === null ? undefined : store.pointNow(point.no)
    const live = point === null ? null : store.reading(point.no).value
    return view === undefined ? '' : measured(live?.value ?? condition.value, view.quantity)
  }, [alarm])
  return <span class="num">{shown}</span>
}

const Since = ({ alarm }: { readonly alarm: Alarm }) => {
  const shown = useDerived(() => age((alarm.clearedAt ?? now.value) - alarm.raisedAt), [alarm])
  return <span class="num nw lasting">{shown}</span>
}

/** Says who has it, or where and how much. */
function under(alarm: Alarm): string {
  const words = t.value.pages.alarms
  if (alarm.acknowledged === null) return detailOf(alarm)
  const { by, at, comment } = alarm.acknowledged
  return `${words.acknowledgedBy(by, clockShort(at))}${comment === '' ? '' : `: ${words.quoted(comment)}`}`
}

interface RowProps {
  readonly alarm: Alarm
  readonly selected: boolean
  readonly href: string
}

function Effect({ alarm, selected, href }: RowProps) {
  return (
    <li>
      <a class={selected ? 'kr on quiet' : 'kr quiet'} href={href} aria-current={selected ? 'true' : undefined} data-alarm={alarm.id}>
        <Icon name={shapeOfAlarm(alarm)} class={alarm.suppressed ? '' : toneOfAlarm(alarm)} />
        <span class="grow ell">{titleOf(alarm)}</span>
        <Figure alarm={alarm} />
        <span class="num dim">{moment(alarm.raisedAt, now.peek())}</span>
      </a>
    </li>
  )
}

interface GroupProps {
  readonly group: Group
  readonly selected: number | null
  readonly hrefOf: (id: number) => string
}

function GroupBlock({ group, selected, hrefOf }: GroupProps) {
  const words = t.value.pages.alarms
  const { cause, effects, suppressed } = group
  const within = selected !== null && [cause, ...effects, ...suppressed].some(alarm => alarm.id === selected)
  const [open, setOpen] = useState(false)
  const shownSuppressed = open || suppressed.some(alarm => alarm.id === selected)
  const free = [cause, ...effects].filter(alarm => alarm.acknowledged === null)
  const tone = cause.suppressed ? 'ok' : [cause, ...effects].reduce<Tone>((worst, alarm) => worse(worst, toneOfAlarm(alarm)), 'ok')
  const number = effects.length > 0 || suppressed.length === 0 ? words.countOf(effects.length + 1) : words.suppressedOf(suppressed.length)
  return (
    <li class={`g ${tone} ${within ? 'sel' : ''}`}>
      <div class="gr">
        <a class="quiet gmain" href={hrefOf(cause.id)} aria-current={selected === cause.id ? 'true' : undefined} data-alarm={cause.id}>
          <Icon name={shapeOfAlarm(cause)} class={cause.suppressed ? '' : toneOfAlarm(cause)} />
          <span class="grow">
            <b>{titleOf(cause)}</b>
            <span class="small mid ell under">{under(cause)}</span>
          </span>
        </a>
        <span class="small dim num counted">{number}</span>
        <Since alarm={cause} />
        <span class="does">
          {free.length === 0 || cause.suppressed ? (
            <span class="small dim">{cause.suppressed ? t.value.state.suppressed : words.acknowledged}</span>
          ) : (
            <Button onClick={() => acknowledge(...free)}>{words.acknowledge}</Button>
          )}
        </span>
      </div>
      {effects.length + suppressed.length === 0 ? null : (
        <ul class="kids">
          {effects.map(alarm => (
            <Effect key={alarm.id} alarm={alarm} selected={alarm.id === selected} href={hrefOf(alarm.id)} />
          ))}
          {suppressed.length === 0 ? null : (
            <li>
              <div class="kr sup">
                <Icon name="suppressed" />
                <span class="grow mid">{words.hidden(suppressed.length)}</span>
                <button type="button" class="textbtn small" aria-expanded={shownSuppressed} onClick={() => setOpen(!open)}>
                  {shownSuppressed ? words.hide : words.show}
                </button>
              </div>
            </li>
          )}
          {shownSuppressed
            ? suppressed.map(alarm => <Effect key={alarm.id} alarm={alarm} selected={alarm.id === selected} href={hrefOf(alarm.id)} />)
            : null}
        </ul>
      )}
    </li>
  )
}

interface ListProps {
  readonly groups: readonly Group[]
  readonly selected: number | null
  readonly hrefOf: (id: number) => string
  readonly label: string
  readonly muted?: boolean
}

export function AlarmList({ groups, selected, hrefOf, label, muted = false }: ListProps) {
  return (
    <section class="panel" aria-label={label}>
      <ul class={muted ? 'al mute' : 'al'}>
        {groups.map(group => (
          <GroupBlock key={group.cause.id} group={group} selected={selected} hrefOf={hrefOf} />
        ))}
      </ul>
    </section>
  )
}
