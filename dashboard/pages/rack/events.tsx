// What happened to a rack: its open alarms live, those of the archive asked once.

import { useEffect, useState } from 'preact/hooks'
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import type { AlarmPage } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store } from '../../live/index.ts'
import { Icon, Panel, shapeOfAlarm, toneOfAlarm } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { age, moment, titleOf } from '../../words/say.ts'
import { isAbout, type RackThings } from './alarms.ts'

const MOST = 7

export function Events({ things }: { readonly things: RackThings }) {
  const words = t.value.pages.rack
  const [archive, setArchive] = useState<readonly Alarm[]>([])
  useEffect(() => {
    let gone = false
    void api.get<AlarmPage>('/api/v1/alarms?state=cleared&size=200').then(answer => {
      if (!gone && answer.ok) setArchive(answer.value.items)
    })
    return () => {
      gone = true
    }
  }, [])
  const list = useDerived(() => {
    const byId = new Map([...archive, ...store.alarms.value.values()].filter(alarm => isAbout(alarm, things)).map(alarm => [alarm.id, alarm]))
    return [...byId.values()].sort((one, other) => other.raisedAt - one.raisedAt).slice(0, MOST)
  }, [archive, things])
  return (
    <Panel title={words.events} end={<a href="/alarms?state=archive">{words.all}</a>}>
      {list.value.length === 0 ? (
        <p class="body small dim">{words.noEvents}</p>
      ) : (
        <ul class="timeline rackevents">
          {list.value.map(alarm => (
            <li key={alarm.id}>
              <time>{moment(alarm.raisedAt, now.peek())}</time>
              <Icon
                name={
                  alarm.clearedAt === null
                    ? shapeOfAlarm(alarm)
                    : alarm.severity === 'critical'
                      ? 'crit-o'
                      : alarm.severity === 'warning'
                        ? 'warn-o'
                        : 'unknown'
                }
                class={toneOfAlarm(alarm)}
              />
              <div>
                <a class="quiet" href={`/alarms?${alarm.clearedAt === null ? '' : 'state=archive&'}alarm=${alarm.id}`}>
                  {titleOf(alarm)}
                </a>
                <br />
                <span class="small mid">{alarm.clearedAt === null ? words.still : words.lasted(age(alarm.clearedAt - alarm.raisedAt))}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
