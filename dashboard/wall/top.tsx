// The band on top: the site and its heartbeat, the one sentence, the time. Solid red over the whole width when a cause is critical and nobody has it.
import { useComputed } from '@preact/signals'
import { now, store } from '../live/index.ts'
import { Beacon, Icon, type ShapeName } from '../parts/icons.tsx'
import { toneOfAlarm } from '../parts/tone.ts'
import { DemoOpen } from '../shell/demo.tsx'
import { beating, dataAge } from '../shell/live-mark.tsx'
import { t } from '../words/index.ts'
import { clock, clockShort, countdown, dateLong, number, titleOf, zoneName } from '../words/say.ts'
import { type Situation, situation } from './situation.ts'

const DAY = 86_400_000

function shapeFor(is: Situation): ShapeName {
  switch (is.kind) {
    case 'waiting':
    case 'lost':
    case 'doubt':
      return 'unknown'
    case 'calm':
      return 'ok'
    case 'handled':
      return toneOfAlarm(is.first.cause) === 'crit' ? 'crit-o' : 'warn-o'
    case 'alarm':
      return is.critical ? 'crit' : toneOfAlarm(is.about) === 'unknown' ? 'unknown' : 'warn'
  }
}

function sentence(is: Situation): string {
  const { wall } = t.value
  if (is.kind === 'lost') return wall.lost(clockShort(is.since))
  if (is.kind === 'waiting') return wall.waitingData
  if (is.kind === 'doubt') return doubtWords(is.doubt).say
  return is.kind === 'calm' ? wall.allNormal : titleOf(is.kind === 'alarm' ? is.about : is.first.cause)
}

/** What is not known, in a sentence, and how much of it. */
function doubtWords(doubt: Extract<Situation, { readonly kind: 'doubt' }>['doubt']): { readonly say: string; readonly beside: string } {
  const words = t.value.wall.doubt
  switch (doubt.kind) {
    case 'mute':
      return { say: words.mute(clockShort(doubt.since)), beside: words.lastKept }
    case 'noData':
      return { say: words.noData(clockShort(doubt.since)), beside: words.lastKept }
    case 'noDevices':
      return { say: words.noDevices, beside: '' }
    case 'firstReading':
      return { say: words.firstReading, beside: '' }
    case 'reading':
      return { say: words.reading, beside: words.ofPoints(number(doubt.fresh), number(doubt.points)) }
    case 'unread':
      return { say: words.unread(number(doubt.missing)), beside: words.ofAll(number(doubt.points)) }
    case 'silent':
      return { say: words.silent(doubt.devices), beside: '' }
    case 'unanswered':
      return { say: words.unanswered(doubt.devices), beside: '' }
  }
}

/** When, in the words of the wall: the clock, or yesterday. */
function quietSince(at: number): string {
  const { wall } = t.value
  const yesterday = dateLong(at) === dateLong(now.value - DAY)
  return yesterday ? wall.sinceYesterday(clockShort(at)) : wall.since(clockShort(at))
}

function beside(is: Situation): { readonly first: string; readonly second: string } {
  const { wall } = t.value
  if (is.kind === 'calm') return { first: is.since === null ? '' : quietSince(is.since), second: wall.noOpen }
  if (is.kind === 'handled') return { first: wall.acknowledgedBy(is.first.cause.acknowledged?.by ?? ''), second: wall.handled(is.causes) }
  if (is.kind === 'doubt') return { first: doubtWords(is.doubt).beside, second: '' }
  if (is.kind !== 'alarm') return { first: '', second: '' }
  const effect = is.about === is.first.cause ? is.first.effects[0] : is.first.cause
  return { first: '', second: is.causes > 1 ? wall.othersOpen(is.causes - 1) : effect === undefined ? '' : titleOf(effect) }
}

export function Top() {
  const name = useComputed(() => {
    const is = situation.value
    if (is.kind === 'doubt') return is.doubt.kind === 'reading' || is.doubt.kind === 'firstReading' ? 'walltop waiting' : 'walltop lost'
    return `walltop ${is.kind === 'alarm' ? (is.critical ? 'crit' : 'warn') : is.kind}`
  })
  return (
    <header class={name}>
      <Site />
      <Say />
      <div class="topend">
        <DemoOpen />
        <When />
      </div>
    </header>
  )
}

function Site() {
  const site = useComputed(() => store.layout.value?.site.name ?? 'Suar')
  const live = useComputed(() => (beating.value ? 'live' : 'live stale'))
  const data = useComputed(() => {
    const { wall, shell } = t.value
    return store.newest.value === 0 ? shell.connecting : wall.data(dataAge.value)
  })
  const points = useComputed(() => {
    const health = store.health.value
    return health === null ? '' : ` · ${t.value.wall.points(number(health.fresh), number(health.points))}`
  })
  return (
    <a class="b quiet" href="/floor" title={t.value.wall.menu}>
      <Beacon />
      <div>
        <h1 class="ell">{site}</h1>
        <span class={live}>
          <span class="beat" />
          <span>
            {data}
            <span class="of-points">{points}</span>
          </span>
        </span>
      </div>
    </a>
  )
}

function Say() {
  const is = situation.value
  const text = useComputed(() => sentence(situation.value))
  const size = useComputed(() => {
    const length = text.value.length
    return length > 42 ? 'long' : length > 26 ? 'middling' : ''
  })
  const words = useComputed(() => beside(situation.value))
  const first = useComputed(() => words.value.first)
  const second = useComputed(() => words.value.second)
  const since = is.kind === 'alarm' ? is.about.raisedAt : null
  return (
    <div class="say" role="status">
      <Icon name={shapeFor(is)} />
      <b class={size}>{text}</b>
      <span class="beside">
        {since === null ? <span class="ell">{first}</span> : <Already key={since} since={since} />}
        <span class="ell">{second}</span>
      </span>
    </div>
  )
}

function Already({ since }: { readonly since: number }) {
  const time = useComputed(() => countdown((now.value - since) / 1000))
  return (
    <span>
      {t.value.wall.already} <strong>{time}</strong>
    </span>
  )
}

function When() {
  const time = useComputed(() => clock(now.value))
  const zone = useComputed(() => zoneName(now.value))
  const date = useComputed(() => dateLong(now.value))
  return (
    <div class="when">
      <b>
        {time}
        <small>{zone}</small>
      </b>
      <span>{date}</span>
    </div>
  )
}
