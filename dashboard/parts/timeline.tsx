// What happened at a place, around an alarm or during a visit: facts by the day, newest first, live.
import { useState } from 'preact/hooks'
import type { Fact, TimelineView } from '../../daemon/domain/timeline.ts'
import { may } from '../signin/session.ts'
import { t } from '../words/index.ts'
import { clockShort, dateLong, text } from '../words/say.ts'
import { BusyButton } from './controls.tsx'
import './facts.css'
import { Icon, type ShapeName, type ThingName } from './icons.tsx'
import { Empty, ErrorBox, Skeleton } from './layout.tsx'
import { WithdrawNote } from './place-note.tsx'
import { useTimeline } from './use-timeline.ts'

interface TimelineProps {
  /** From /timeline on, with its query. */
  readonly path: string
  readonly live?: boolean
  /** The alarm that it is around: what came before it is parted from what came since. */
  readonly alarm?: number
  /** Says how many alarms began while the visit worked there. */
  readonly visit?: boolean
  readonly label: string
}

const ICON: Readonly<Record<Exclude<Fact['kind'], 'alarm'>, ShapeName | ThingName>> = {
  cleared: 'ok',
  acknowledged: 'person',
  opening: 'door',
  in: 'visits',
  out: 'out',
  work: 'spanner',
  place: 'racks',
  ticket: 'tickets',
  note: 'comment',
  restart: 'refresh',
}
const TONE = { critical: 'crit', warning: 'warn', unknown: 'unknown' } as const

function Mark({ fact }: { readonly fact: Fact }) {
  if (fact.kind !== 'alarm') return <Icon name={ICON[fact.kind]} class={fact.unexplained ? 'crit' : ''} />
  const tone = TONE[fact.severity ?? 'unknown']
  return <Icon name={tone} class={tone} />
}

interface LineProps {
  readonly fact: Fact
  readonly own: boolean
  readonly during: boolean
  /** Of a note that was taken back. */
  readonly gone: boolean
}

/** Number of a note; null of anything else, and of the telling that one was taken back. */
const noteOf = ({ id }: Fact): number | null => {
  const no = /^note:(\d+)$/.exec(id)?.[1]
  return no === undefined ? null : Number(no)
}

function Line({ fact, own, during, gone }: LineProps) {
  const words = t.value.timeline
  const [withdrawing, withdraw] = useState(false)
  const note = noteOf(fact)
  const said = [words.kinds[fact.kind], fact.where ?? '', fact.by === null ? '' : words.by(fact.by)].filter(part => part !== '').join(' · ')
  return (
    <li class={own ? 'own' : during ? 'during' : ''} data-fact={fact.id}>
      <time dateTime={new Date(fact.at).toISOString()}>{clockShort(fact.at)}</time>
      <Mark fact={fact} />
      <div>
        {gone ? (
          <s class="mid">{text(fact.text)}</s>
        ) : fact.href === null || own ? (
          <span class={note === null ? '' : 'factnote'}>{text(fact.text)}</span>
        ) : (
          <a class="quiet" href={fact.href}>
            {text(fact.text)}
          </a>
        )}
        <br />
        <span class="small mid">{said}</span>
        {fact.withdrawn === undefined ? null : (
          <span class="small mid">
            <br />
            {words.note.withdrawn(fact.withdrawn.by, fact.withdrawn.reason)}
          </span>
        )}
        {note !== null && !gone && may('timeline.note') ? (
          <button type="button" class="textbtn small" onClick={() => withdraw(true)}>
            {words.note.withdraw}
          </button>
        ) : null}
        {withdrawing && note !== null ? <WithdrawNote id={note} onClose={() => withdraw(false)} /> : null}
        {own ? <b class="small factmark">{words.this}</b> : null}
        {during ? <b class="small factmark">{words.during}</b> : null}
      </div>
    </li>
  )
}

/** Headings where the day changes, and where an alarm began. */
function Facts({ view, alarm, label }: { readonly view: TimelineView; readonly alarm: number | undefined; readonly label: string }) {
  const words = t.value.timeline
  const began = alarm === undefined ? null : (view.span?.from ?? null)
  const during = new Set(view.during)
  const ids = new Set(view.facts.map(({ id }) => id))
  let day = ''
  let isBefore: boolean | null = null
  return (
    <ol class="timeline happened" aria-label={label}>
      {view.facts.map(fact => {
        const heads = []
        const before = began !== null && fact.at < began
        if (began !== null && before !== isBefore) {
          isBefore = before
          heads.push(
            <li key={`part ${before}`} class="facthead part">
              <b>{before ? words.before : words.since}</b>
              {before ? <span class="small dim">{words.beforeHint}</span> : null}
            </li>,
          )
        }
        const is = dateLong(fact.at)
        if (is !== day) {
          day = is
          heads.push(
            <li key={`day ${is}`} class="facthead">
              {is}
            </li>,
          )
        }
        return [
          ...heads,
          <Line
            key={fact.id}
            fact={fact}
            own={fact.id === `alarm:${alarm}`}
            during={during.has(fact.id)}
            gone={fact.withdrawn !== undefined || ids.has(`${fact.id}:withdrawn`)}
          />,
        ]
      })}
    </ol>
  )
}

export function Timeline({ path, live = true, alarm, visit = false, label }: TimelineProps) {
  const words = t.value.timeline
  const { view, problem, older, again } = useTimeline(path, { live })
  if (view === null) return problem === null ? <Skeleton lines={6} /> : <ErrorBox problem={problem} retry={again} />
  return (
    <div class="factslist">
      {visit && view.span !== null ? (
        <p class={`small ${view.during.length === 0 ? 'mid' : 't-warn'} factsum`}>{words.alarmsDuring(view.during.length)}</p>
      ) : null}
      {view.facts.length === 0 ? <Empty title={words.none} hint={words.noneHint} /> : <Facts view={view} alarm={alarm} label={label} />}
      {problem === null ? null : <ErrorBox problem={problem} retry={again} />}
      {view.more ? (
        <p class="factsmore">
          <BusyButton onClick={older}>{words.older}</BusyButton>
        </p>
      ) : null}
    </div>
  )
}
