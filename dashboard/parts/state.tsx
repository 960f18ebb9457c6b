// State in shape, word and colour, in that order of trust.
import type { ComponentChildren } from 'preact'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { SEVERITY_WORDS } from '../../daemon/domain/words/alarm-words.ts'
import { lang, t } from '../words/index.ts'
import { Icon, type ShapeName } from './icons.tsx'
import { shapeOf, shapeOfAlarm, type Tone, toneOfAlarm } from './tone.ts'

/** The word of a tone where nothing better is known. */
export function toneWord(tone: Tone): string {
  const { normal } = t.value
  return tone === 'ok'
    ? normal.ok
    : tone === 'warn'
      ? normal.warning
      : tone === 'crit'
        ? normal.critical
        : tone === 'work'
          ? normal.maintenance
          : normal.unknown
}

/** A shape alone, with its word for those who do not see it. */
export function StateShape({ tone, label, large = false }: { readonly tone: Tone; readonly label?: string; readonly large?: boolean }) {
  return <Icon name={shapeOf(tone)} class={`${tone}${large ? ' i-lg' : ''}`} label={label ?? toneWord(tone)} />
}

interface PillProps {
  readonly tone: Tone
  readonly shape?: ShapeName
  /** Loudest form: a solid block. One per cause. */
  readonly solid?: boolean
  readonly children?: ComponentChildren
}

/** Shape and word in a capsule. */
export function Pill({ tone, shape, solid = false, children }: PillProps) {
  return (
    <span class={`pill ${tone}${solid ? ' solid' : ''}`}>
      <Icon name={shape ?? shapeOf(tone)} />
      {children ?? toneWord(tone)}
    </span>
  )
}

/** An alarm's severity, and whether somebody has it. */
export function AlarmPill({ alarm }: { readonly alarm: Pick<Alarm, 'severity' | 'acknowledged' | 'suppressed' | 'clearedAt'> }) {
  const tone = alarm.suppressed || alarm.clearedAt !== null ? 'ok' : toneOfAlarm(alarm)
  const severity = SEVERITY_WORDS[lang.value][alarm.severity]
  const loud = tone === 'crit' && alarm.acknowledged === null
  const word = alarm.suppressed ? t.value.state.suppressed : loud ? `${severity}, ${t.value.state.unacknowledged}` : severity
  return (
    <Pill tone={tone} shape={shapeOfAlarm(alarm)} solid={loud}>
      {word}
    </Pill>
  )
}
