// Into the rack: which outlet of which feed each supply hangs on and which switch port, so that the readings can tell that it runs.
import { useEffect, useState } from 'preact/hooks'
import type { PortChoice, StayItemView, StayView } from '../../../daemon/domain/stay.ts'
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
  const [port, setPort] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const ports = usePorts(path)
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
    const chosenPort = ports.find(one => nameOf(one) === port)
    const answer = await api.post(path, { psus, port: chosenPort === undefined ? null : { device: chosenPort.device, key: chosenPort.key } })
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
      <SelectField
        label={words.portPoint}
        help={ports.length === 0 ? words.noPorts : words.portHint}
        value={port}
        options={[
          { key: '', label: words.noPort },
          ...ports.filter(({ taken: by }) => by === null).map(one => ({ key: nameOf(one), label: saidOf(one) })),
        ]}
        onChange={setPort}
      />
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Button type="submit" kind="primary">
        {words.install}
      </Button>
    </form>
  )
}

const nameOf = ({ device, key }: Pick<PortChoice, 'device' | 'key'>): string => `${device}/${key}`

const saidOf = ({ deviceName, name, up }: PortChoice): string => [deviceName, name, ...(up === true ? [t.value.stays.stay.portUp] : [])].join(' · ')

/** Those that are down before those that carry already: what comes up can be proven. */
function usePorts(path: string): readonly PortChoice[] {
  const [ports, setPorts] = useState<readonly PortChoice[]>([])
  useEffect(() => {
    let gone = false
    void api.get<{ readonly items: readonly PortChoice[] }>(path.replace(/install$/, 'ports')).then(answer => {
      if (!gone && answer.ok) setPorts([...answer.value.items].sort((one, other) => Number(one.up === true) - Number(other.up === true)))
    })
    return () => {
      gone = true
    }
  }, [path])
  return ports
}
