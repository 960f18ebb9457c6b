// The panel of the demonstration: makes things happen in the simulated data centre, from any page. Absent with real devices.
import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { DemoBody } from '../../daemon/http/contract.ts'
import type { DemoScenario } from '../../daemon/stream/contract.ts'
import { api } from '../api.ts'
import { store } from '../live/index.ts'
import { Icon, toast } from '../parts/index.ts'
import { may } from '../signin/session.ts'
import { t } from '../words/index.ts'
import { text } from '../words/say.ts'

const open = signal(false)
/** Opens or closes the panel. */
export const toggleDemo = (): void => {
  open.value = !open.peek()
}

/** Stands where each frame has room for it: the rail, a phone's top bar, beside the wall's clock. */
export function DemoOpen() {
  const demo = store.demo.value
  if (demo === null || !may('demo.play')) return null
  const { demo: words } = t.value
  const running = demo.scenarios.filter(one => one.active).length
  return (
    <button type="button" class="btn demo-open" onClick={toggleDemo} aria-expanded={open.value}>
      <Icon name="play" />
      <span class="word">{words.open}</span>
      {running > 0 ? <span class="count">{running}</span> : null}
    </button>
  )
}

export function DemoPanel() {
  const demo = store.demo.value
  if (demo === null || !open.value || !may('demo.play')) return null
  const { demo: words, shell } = t.value
  return (
    <aside class="demo" aria-label={words.title}>
      <div class="demobox">
        <header>
          <h2>{words.title}</h2>
          <button type="button" class="iconbtn" aria-label={shell.close} onClick={toggleDemo}>
            <Icon name="close" />
          </button>
        </header>
        <p class="dim small">{words.hint}</p>
        <ul>
          {demo.scenarios.map(one => (
            <Scenario key={one.id} scenario={one} />
          ))}
        </ul>
      </div>
    </aside>
  )
}

function Scenario({ scenario }: { readonly scenario: DemoScenario }) {
  const { demo: words } = t.value
  const [busy, setBusy] = useState(false)
  const press = async (): Promise<void> => {
    const body: DemoBody = { active: !scenario.active }
    setBusy(true)
    const answer = await api.post(`/api/v1/demo/${encodeURIComponent(scenario.id)}`, body)
    setBusy(false)
    if (!answer.ok) toast('failed', answer.problem.title, answer.problem.detail)
  }
  return (
    <li class={scenario.active ? 'active' : ''}>
      <span class="grow">
        {text(scenario.label)}
        {scenario.active ? <span class="tiny dim"> · {words.running}</span> : null}
      </span>
      <button
        type="button"
        class="btn"
        aria-pressed={scenario.active}
        aria-label={`${scenario.active ? words.stop : words.start}: ${text(scenario.label)}`}
        disabled={busy}
        onClick={() => void press()}
      >
        {scenario.active ? words.stop : words.start}
      </button>
    </li>
  )
}
