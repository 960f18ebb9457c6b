// Head of a device page: name, how it is, what it feeds, and asking it now.

import type { DeviceView } from '../../../daemon/stream/contract.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store } from '../../live/index.ts'
import { askDevice, BusyButton, PageHead, Pill, type Tone, toneOfAlarm, worse } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'
import { usePageKeys } from './page-keys.ts'

export const alarmsOf = (device: string) => [...store.alarms.value.values()].filter(alarm => alarm.device === device && alarm.clearedAt === null)

/** Gravest of what is open on it; silence counts as unknown. */
export function deviceTone(device: DeviceView): Tone {
  let tone: Tone = device.status === 'up' ? 'ok' : 'unknown'
  for (const alarm of alarmsOf(device.id)) if (!alarm.suppressed) tone = worse(tone, toneOfAlarm(alarm))
  return tone
}

/** `Ruang Daya`, or `Ruang Server, rak A4, U12`. */
export function placeOf(device: Pick<DeviceView, 'place'>): string {
  const layout = store.layout.value
  const place = device.place
  if (layout === null || place === null) return ''
  const rack = layout.racks.find(each => each.id === place.rack)
  const room = layout.rooms.find(each => each.id === (place.room ?? rack?.room))
  const { floor } = t.value.pages
  return [room?.name, rack === undefined ? undefined : floor.rack(rack.name), place.u === undefined ? undefined : floor.atU(place.u)]
    .filter(part => part !== undefined)
    .join(', ')
}

/** Names of what hangs on a device in the power chain; many are told by number. */
function feeds(device: string): string {
  const power = store.layout.value?.power ?? []
  const mine = new Set(power.filter(node => node.device === device).map(node => node.id))
  const fed = power.filter(node => node.from.some(source => mine.has(source))).map(node => node.name)
  return fed.length > 4 ? `${fed.slice(0, 3).join(', ')} +${fed.length - 3}` : fed.join(', ')
}

export function DeviceHead({ device }: { readonly device: DeviceView }) {
  const given = [device]
  const { device: words } = t.value.pages
  const { state } = t.value
  const tone = useDerived(() => deviceTone(device), given)
  const open = useDerived(() => alarmsOf(device.id).filter(alarm => !alarm.suppressed).length, given)
  usePageKeys({ p: () => void askDevice(device) })
  const { identity } = device
  const gives = feeds(device.id)
  const about = [
    [identity?.vendor, identity?.model].filter(part => part != null && part !== '').join(' '),
    placeOf(device),
    device.tenant ?? '',
    gives === '' ? '' : words.gives(gives),
  ]
  return (
    <PageHead
      title={device.name}
      beside={
        <>
          <Pill tone={device.status === 'up' ? (tone.value === 'unknown' ? 'unknown' : 'ok') : 'unknown'}>{state[device.status]}</Pill>
          {open.value > 0 ? (
            <a class="quiet" href={`/alarms?device=${encodeURIComponent(device.id)}`}>
              <Pill tone={tone.value}>{words.openAlarms(open.value)}</Pill>
            </a>
          ) : null}
          <span class="small dim">{words.since(moment(device.statusSince, now.peek()))}</span>
        </>
      }
      sub={about.filter(part => part !== '').join(' · ')}
      actions={
        <BusyButton onClick={() => askDevice(device)} kbd="p">
          {words.poll}
        </BusyButton>
      }
    />
  )
}
