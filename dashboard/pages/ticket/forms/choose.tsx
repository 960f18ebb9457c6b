// Actions that choose one of a few and say why: pause, difficulty, priority of a leader, phase.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Difficulty, Standard } from '../../../../daemon/domain/standard.ts'
import { PAUSE_REASONS, PRIORITIES } from '../../../../daemon/domain/ticket.ts'
import type { TicketAction } from '../../../../daemon/domain/ticket-action.ts'
import { standardText } from '../../../parts/clock/words.ts'
import { t } from '../../../words/index.ts'
import { text as say } from '../../../words/say.ts'
import { useKeptText } from '../kept-text.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { TextArea } from './text-area.tsx'

interface Choice<Key extends string> {
  readonly key: Key
  readonly label: string
  readonly note?: string
}

interface ChooseProps<Key extends string> extends FormProps {
  readonly name: string
  readonly title: string
  readonly button: string
  readonly choices: readonly Choice<Key>[]
  readonly first: Key | null
  readonly reason: string
  readonly help: string
  readonly optional?: boolean
  readonly make: (key: Key, text: string) => TicketAction
  readonly children?: ComponentChildren
}

/** One of a few by radio buttons, and the words to it. */
function ChooseForm<Key extends string>(props: ChooseProps<Key>) {
  const { view, name, title, choices, first, reason, help, optional = false, button, make } = props
  const words = t.value.tickets.form
  const text = useKeptText(view.number, name)
  const [key, setKey] = useState<Key | null>(first)
  const [tried, setTried] = useState(false)
  const missing = !optional && text.text.trim().length < 3
  return (
    <ActionForm
      {...props}
      label={button.replace('…', '')}
      clear={text.clear}
      read={() => {
        setTried(true)
        return missing || key === null ? null : make(key, text.text.trim())
      }}
    >
      <fieldset class="choices" aria-invalid={tried && key === null} tabIndex={-1}>
        <legend class="legend">{title}</legend>
        {choices.map(one => (
          <label key={one.key} class="choiceline">
            <input type="radio" name={name} checked={key === one.key} onChange={() => setKey(one.key)} />
            <span>{one.label}</span>
            {one.note === undefined ? null : <span class="small dim">{one.note}</span>}
          </label>
        ))}
      </fieldset>
      <TextArea
        label={reason}
        help={help}
        value={text.text}
        onInput={text.set}
        optional={optional}
        error={tried && missing ? words.missing : undefined}
      />
    </ActionForm>
  )
}

export function PauseForm(props: FormProps) {
  const { form: words, act, pauses } = t.value.tickets
  return (
    <ChooseForm
      {...props}
      name="pause"
      title={words.pauseReason}
      button={act.pause}
      choices={PAUSE_REASONS.map(key => ({ key, label: pauses[key].slice(0, 1).toUpperCase() + pauses[key].slice(1) }))}
      first={null}
      reason={words.reason}
      help={words.pauseHint}
      make={(reason, note) => ({ kind: 'pause', reason, note })}
    />
  )
}

export function OverrideForm(props: FormProps) {
  const { form: words, act, priorities } = t.value.tickets
  return (
    <ChooseForm
      {...props}
      name="override"
      title={words.override}
      button={act.override}
      choices={PRIORITIES.map(key => ({ key, label: priorities[key] }))}
      first={props.view.priority}
      reason={words.reason}
      help={words.overrideHint}
      make={(priority, reason) => ({ kind: 'override', priority, reason })}
    />
  )
}

const LEVELS = ['easy', 'medium', 'hard'] as const

/** The target a difficulty picks inside a range: its start, its middle rounded up, its end. */
const targetOf = ({ min, max, unit }: Standard, level: Difficulty): Standard => {
  const at = level === 'easy' ? min : level === 'hard' ? max : Math.ceil((min + max) / 2)
  return { min: at, max: at, unit }
}

export function DifficultyForm(props: FormProps) {
  const { form: words, act, difficulties } = t.value.tickets
  const { view } = props
  const range = view.clock?.steps.find(one => view.serviceDefinition.steps.find(step => step.key === one.key)?.kind === 'work')?.standards[0] ?? null
  return (
    <ChooseForm
      {...props}
      name="difficulty"
      title={words.difficulty}
      button={act.difficulty}
      choices={LEVELS.map(key => ({
        key,
        label: difficulties[key],
        ...(range === null || range.min === range.max ? {} : { note: words.difficultyHint(standardText(targetOf(range, key))) }),
      }))}
      first={view.difficulty}
      reason={words.reason}
      help={words.reasonInternal}
      make={(level, reason) => ({ kind: 'difficulty', level, reason })}
    />
  )
}

export function PhaseForm(props: FormProps) {
  const { form: words, act } = t.value.tickets
  const { view } = props
  return (
    <ChooseForm
      {...props}
      name="phase"
      title={words.phase}
      button={act.phase}
      choices={view.serviceDefinition.phases.map(phase => ({ key: phase.key, label: say(phase.name), note: words.phaseSide[phase.side] }))}
      first={view.phase}
      reason={words.note}
      help=""
      optional
      make={(phase, note) => ({ kind: 'phase', phase, note })}
    />
  )
}
