// Into the rack: which outlet of which feed each supply hangs on, so that the readings can tell that it runs.
import { useState } from 'preact/hooks'
import type { StayItemView, StayView } from '../../../daemon/domain/stay.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store, useRows, useTopic } from '../../live/index.ts'
import { Button, ErrorBox, SelectField, TopicGate, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

interface InstallProps {
  readonly path: string
  readonly stay: StayView
  readonly item: StayItemView
}

export function InstallForm(props: InstallProps) {
  const { rows } = useRows('reservations')
  const reservation = rows.value?.get(String(props.item.reservation))
  const rack = reservation?.rack ?? props.item.rack ?? ''
  const status = useTopic(`rack:${rack}`)
  return (
    <TopicGate status={status} lines={3}>
      <Outlets {...props} rack={rack} />
    </TopicGate>
  )
}

function Outlets({ path, item, rack: id }: InstallProps & { readonly rack: string }) {
  const words = t.value.stays.stay
  const layout = store.layout.value
  const rack = layout?.racks.find(one => one.id === id)
  const [chosen, choose] = useState<Readonly<Record<string, string>>>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  // Of one's own feeds those that nothing of the inventory hangs on.
  const taken = new Set(
    layout?.equipment.filter(one => one.id !== item.equipment).flatMap(one => one.psus.map(({ power }) => `${power?.device}/${power?.key}`)),
  )
  const feeds = (rack?.feeds ?? []).slice(0, Math.max(1, item.supplies))
  const outletsOf = (node: string) => {
    const device = layout?.power.find(one => one.id === node)?.device
    return device === undefined
      ? []
      : store
          .pointsOf(device)
          .value.filter(({ key, quantity }) => quantity === 'power' && /outlet/.test(key) && !taken.has(`${device}/${key}`))
          .map(({ key }) => ({ key: `${device}/${key}`, label: key.replace(/\.power$/, '').replace('.', ' ') }))
  }
  const send = async (): Promise<void> => {
    const psus = feeds.map(({ name }) => {
      const [device, ...key] = (chosen[name] ?? '').split('/')
      return { feed: name, ...(key.length === 0 || device === undefined ? {} : { power: { device, key: key.join('/') } }) }
    })
    const answer = await api.post(path, { psus })
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) toast('done', words.installed)
  }
  return (
    <form
      class="stayform"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      {feeds.map(({ name, node }) => (
        <SelectField
          key={name}
          label={words.outletOf(name)}
          value={chosen[name] ?? ''}
          options={[{ key: '', label: words.noOutlet }, ...outletsOf(node)]}
          onChange={key => choose(was => ({ ...was, [name]: key }))}
        />
      ))}
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Button type="submit" kind="primary">
        {words.install}
      </Button>
    </form>
  )
}
