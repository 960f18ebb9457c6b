// Beside the diagram: one node with its load and its ways, or what follows from those that are taken as dead.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Trace } from '../../../daemon/domain/plant.ts'
import type { WhatIfView } from '../../../daemon/http/contract.ts'
import { Button, Empty, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { AmountLine, BurdenLine, watts } from './amount.tsx'
import { AskedGate } from './asked-gate.tsx'
import { namesOf } from './names.ts'
import { Outcome, Things } from './outcome.tsx'
import type { Asked } from './use-asked.ts'

interface NodeSideProps {
  readonly trace: Asked<Trace>
  readonly what: Asked<WhatIfView>
  readonly layout: Layout
  readonly onTry: (id: string) => void
}

export function NodeSide({ trace, what, layout, onTry }: NodeSideProps) {
  const words = t.value.plant
  if (trace.value === null)
    return (
      <Panel padded>
        <AskedGate asked={trace} lines={6}>
          {() => null}
        </AskedGate>
      </Panel>
    )
  const { node, up, down, loads } = trace.value
  const load = loads.find(one => one.node === node.id)
  const name = namesOf(layout)
  const items = down.nodes.filter(({ kind }) => kind === 'item').map(({ id }) => id)
  return (
    <Panel title={node.name} end={words.kinds[node.kind]} padded>
      {load === undefined ? null : (
        <dl class="facts">
          <dt>{words.power.load}</dt>
          <dd>
            <AmountLine amount={load.power} unit="power" />
          </dd>
          <dt>{words.power.current}</dt>
          <dd>
            <AmountLine amount={load.current} unit="current" />
          </dd>
          {load.phases === null ? null : (
            <>
              <dt>{words.power.phases}</dt>
              <dd class="num">{load.phases.map((value, i) => `L${i + 1} ${watts(value)}`).join(' · ')}</dd>
            </>
          )}
        </dl>
      )}
      {load?.burdens.map(burden => (
        <BurdenLine key={burden.by} burden={burden} name={words.power.limit[burden.by]} />
      ))}
      {load !== undefined && load.unexplained > 1 ? (
        <p class="small dim">
          {words.power.unexplained}: {watts(load.unexplained)}
        </p>
      ) : null}
      {load !== undefined && load.planned > 0 ? (
        <p class="small dim">
          {words.power.planned}: {watts(load.planned)}
        </p>
      ) : null}
      <h3>{words.power.up}</h3>
      <ol class="ways">
        {up.paths.slice(0, 6).map(path => (
          <li key={path.join()}>{path.map(id => name(id).name).join(' ← ')}</li>
        ))}
      </ol>
      {up.more || up.paths.length > 6 ? <p class="small dim">{words.power.morePaths}</p> : null}
      <h3>{words.power.down}</h3>
      {items.length === 0 ? (
        <p class="small dim">{words.power.nothingDown}</p>
      ) : (
        <>
          <p class="small dim">{words.power.things(items.length)}</p>
          <Things ids={items} layout={layout} />
        </>
      )}
      <h3>{words.power.ifDies}</h3>
      <AskedGate asked={what} lines={3}>
        {value => <Outcome what={value} layout={layout} />}
      </AskedGate>
      <Button onClick={() => onTry(node.id)}>{words.power.tryIt}</Button>
    </Panel>
  )
}

interface FailedSideProps {
  readonly failed: readonly string[]
  readonly what: Asked<WhatIfView>
  readonly layout: Layout
  readonly onClear: () => void
}

export function FailedSide({ failed, what, layout, onClear }: FailedSideProps) {
  const words = t.value.plant.power
  const name = namesOf(layout)
  if (failed.length === 0)
    return (
      <Panel>
        <Empty title={words.pickFail} hint={words.pickFailHint} />
      </Panel>
    )
  return (
    <Panel title={`${words.failed}: ${failed.map(id => name(id).name).join(', ')}`} padded>
      <AskedGate asked={what} lines={5}>
        {value => <Outcome what={value} layout={layout} />}
      </AskedGate>
      <Button onClick={onClear}>{words.clear}</Button>
    </Panel>
  )
}
