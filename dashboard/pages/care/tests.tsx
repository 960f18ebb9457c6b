// What the readings say of a test: the run of a genset, the battery of a UPS.
import type { BatteryRun, Dip, GensetRun } from '../../../daemon/domain/care.ts'
import { Icon } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateTime, kilowatts, measured, number } from '../../words/say.ts'

interface ShownProps {
  readonly title: string
  readonly facts: readonly (readonly [string, string])[]
  readonly faults: readonly string[]
}

function Shown({ title, facts, faults }: ShownProps) {
  return (
    <section class="carerun" aria-label={title}>
      <h3>{title}</h3>
      <dl class="facts">{facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} is`}>{value}</dd>])}</dl>
      {faults.map(fault => (
        <p key={fault} class="t-warn">
          <Icon name="warn" class="warn" /> {fault}
        </p>
      ))}
    </section>
  )
}

export function GensetTest({ run }: { readonly run: GensetRun }) {
  const words = t.value.care.run
  const facts: ShownProps['facts'] =
    run.startedAt === null
      ? [[words.started, words.never]]
      : [
          [words.started, dateTime(run.startedAt)],
          [words.stable, run.stableAfter === null ? '–' : words.seconds(number(run.stableAfter))],
          [words.lasted, words.minutes(number(run.minutes, 1))],
          [
            words.load,
            run.load === null ? '–' : `${kilowatts(run.load)} kW${run.share === null ? '' : ` (${words.percent(number(run.share * 100))})`}`,
          ],
          [words.fuel, run.fuel === null ? '–' : words.percent(number(run.fuel * 100, 1))],
        ]
  return <Shown title={words.title} facts={facts} faults={run.faults.map(fault => words.faults[fault])} />
}

export function BatteryTest({ run }: { readonly run: BatteryRun }) {
  const words = t.value.care.battery
  const dip = ({ before, lowest, after }: Dip, quantity: 'charge' | 'runtime' | 'voltage'): string =>
    [before, lowest, after].map(value => (value === null ? '–' : measured(value, quantity))).join(' → ')
  const facts: ShownProps['facts'] = [
    [words.started, run.startedAt === null ? words.never : dateTime(run.startedAt)],
    ...(run.startedAt === null
      ? []
      : ([
          [words.lasted, t.value.care.run.minutes(number(run.minutes, 1))],
          [words.charge, dip(run.charge, 'charge')],
          [words.runtime, dip(run.runtime, 'runtime')],
          [words.voltage, dip(run.voltage, 'voltage')],
          [words.load, run.load === null ? '–' : measured(run.load, 'load')],
        ] as const)),
    [words.said, run.said === null ? words.nothing : words.says[run.said]],
  ]
  return <Shown title={words.title} facts={facts} faults={run.faults.map(fault => words.faults[fault])} />
}
