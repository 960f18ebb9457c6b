// The course of an alarm: raised, told to whom, taken on, commented, cleared; newest first.
import type { Alarm, AlarmNote } from '../../../daemon/domain/alarm.ts'
import { noteText } from '../../../daemon/domain/words/alarm-words.ts'
import { now, store } from '../../live/index.ts'
import { Icon, type ShapeName, toneOfAlarm } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { moment, titleOf } from '../../words/say.ts'

const SHAPES: Readonly<Record<AlarmNote['kind'], ShapeName | 'mail' | 'comment'>> = {
  raised: 'warn',
  severity: 'warn',
  acknowledged: 'check',
  comment: 'comment',
  suppressed: 'suppressed',
  released: 'right',
  notified: 'mail',
  notifyFailed: 'mail',
  cleared: 'ok',
}

const titleOfId = (id: number): string | null => {
  const alarm = store.alarms.value.get(id)
  return alarm === undefined ? null : titleOf(alarm)
}

export function Course({ alarm }: { readonly alarm: Alarm }) {
  const tone = toneOfAlarm(alarm)
  return (
    <section>
      <h3>{t.value.pages.alarms.course}</h3>
      <ul class="timeline course">
        {[...alarm.notes].reverse().map(note => {
          const told = note.kind === 'raised' || note.kind === 'severity'
          return (
            <li key={`${note.at} ${note.kind} ${note.text}`}>
              <time>{moment(note.at, now.peek())}</time>
              <Icon
                name={told ? (tone === 'crit' ? 'crit' : tone === 'warn' ? 'warn' : 'unknown') : SHAPES[note.kind]}
                class={told ? tone : note.kind === 'notifyFailed' ? 'warn' : ''}
              />
              <div class={note.kind === 'notifyFailed' ? 't-warn' : ''}>{noteText(note, titleOfId, lang.value)}</div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
