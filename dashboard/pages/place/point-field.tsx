// A point of a device: the device by its name, then one of the points it gives.
import { useEffect, useId, useState } from 'preact/hooks'
import type { PointRef } from '../../../daemon/domain/inventory.ts'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { api } from '../../api.ts'
import { store } from '../../live/index.ts'
import { Field } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

interface PointFieldProps {
  readonly label: string
  readonly value: PointRef | null
  readonly error?: string
  readonly onChange: (ref: PointRef | undefined) => void
}

export function PointField({ label, value, error, onChange }: PointFieldProps) {
  const words = t.value.place
  const [device, setDevice] = useState(value?.device ?? '')
  const [points, setPoints] = useState<readonly PointView[]>([])
  const list = useId()
  useEffect(() => {
    if (device === '') return setPoints([])
    const gone = new AbortController()
    void api.get<{ items: readonly PointView[] }>(`/api/v1/devices/${encodeURIComponent(device)}/points`, { signal: gone.signal }).then(answer => {
      if (!gone.signal.aborted && answer.ok) setPoints(answer.value.items)
    })
    return () => gone.abort()
  }, [device])
  const devices = [...store.devices.value.values()].sort((a, b) => a.name.localeCompare(b.name))
  return (
    <Field label={label} {...(error === undefined ? {} : { error })}>
      {ids => (
        <div class="pointfield">
          <select
            {...ids}
            class="input"
            value={device}
            onChange={event => {
              setDevice(event.currentTarget.value)
              onChange(undefined)
            }}
          >
            <option value="">{words.fields.none}</option>
            {devices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <input
            class="input mono"
            list={list}
            aria-label={`${label}: ${words.fields.point}`}
            value={value?.key ?? ''}
            disabled={device === ''}
            maxLength={200}
            onInput={event => {
              const key = event.currentTarget.value.trim()
              onChange(key === '' ? undefined : { device, key })
            }}
          />
          <datalist id={list}>
            {points.map(({ no, key }) => (
              <option key={no} value={key} />
            ))}
          </datalist>
        </div>
      )}
    </Field>
  )
}
