// The plan in the order of applying, a sentence for each step with its exact difference inside; and, once it runs, how far each step is.
import { useState } from 'preact/hooks'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { now } from '../../live/index.ts'
import { took } from '../../parts/hosting/amounts.ts'
import { DiffView } from '../../parts/hosting/diff-view.tsx'
import { kindName, placeName } from '../../parts/hosting/names.ts'
import { DangerMark } from '../../parts/hosting/pills.tsx'
import type { Progress, StepProgress, StepState } from '../../parts/hosting/progress.ts'
import { countOf, diffState } from '../../parts/hosting/state-diff.ts'
import { Button, Empty, Icon, Panel, type ShapeName } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { clock, text } from '../../words/say.ts'
import { failureText } from './verdict.tsx'

const SHAPE: Readonly<Record<StepState, ShapeName | null>> = {
  waiting: null,
  doing: 'spanner',
  done: 'check',
  failed: 'crit',
  undoing: 'spanner',
  undone: 'suppressed',
  undoFailed: 'crit',
}

interface StepProps {
  readonly at: StepProgress
  readonly begun: boolean
  /** It was taken back: what was not begun never will be. */
  readonly over: boolean
  readonly open: boolean
  readonly onToggle: () => void
}

function Step({ at, begun, over, open, onToggle }: StepProps) {
  const words = t.value.hosting
  const { step, state } = at
  const { put, gone } = countOf(diffState(step.before, step.after))
  const shape = SHAPE[state]
  const running = state === 'doing' || state === 'undoing'
  const ms = at.from === null ? null : Math.max(0, (at.to ?? now.value) - at.from)
  const id = `step-${step.no}`
  return (
    <li class={`step ${begun ? state : 'unbegun'}`} data-step={step.no}>
      <button type="button" class="stephead" aria-expanded={open} aria-controls={id} onClick={onToggle}>
        <span class="stepno">
          {begun && shape !== null ? <Icon name={shape} label={words.stepStates[state]} /> : <span aria-hidden="true">{step.no}</span>}
        </span>
        <span class="stepwords">
          <b>{text(step.words)}</b>
          <span class="small mid">
            {words.actions[step.action]} · {kindName(step.resource)} · {placeName(step)}
          </span>
        </span>
        <DangerMark danger={step.danger} />
        <span class="steplines" role="img" aria-label={words.change.linesCount(put, gone)}>
          {put === 0 ? null : <span class="put">{words.change.linesPut(put)}</span>}
          {gone === 0 ? null : <span class="gone">{words.change.linesGone(gone)}</span>}
        </span>
        {begun ? (
          <span class="steptime">
            {running ? <b>{words.stepStates[state]}</b> : state !== 'waiting' ? words.stepStates[state] : over ? words.notDone : ''}
            <span class="dim">{ms === null ? '' : took(ms)}</span>
          </span>
        ) : null}
        <Icon name="down" class="stepturn" />
      </button>
      {at.failure === null ? null : (
        <p class="stepwhy">
          <Icon name="crit" class="crit" />
          {failureText(at.failure)}
        </p>
      )}
      {at.resumed === null ? null : <p class="stepwhy mid">{words.change.resumedAs[at.resumed]}</p>}
      {open ? (
        <div class="stepinside" id={id}>
          {begun && at.from !== null ? (
            <p class="small dim">
              {words.change.startedAt(clock(at.from))}
              {at.to === null ? '' : ` – ${clock(at.to)}`}
            </p>
          ) : null}
          <DiffView before={step.before} after={step.after} name={`${kindName(step.resource)} ${step.name}`} />
        </div>
      ) : null}
    </li>
  )
}

export function PlanPanel({ view, progress }: { readonly view: ChangeView; readonly progress: Progress }) {
  const words = t.value.hosting.change
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const { plan } = view
  if (plan === null) {
    if (view.state === 'ended') return null
    return (
      <Panel title={words.plan}>
        <Empty title={words.noPlan} hint={words.noPlanHint} />
      </Panel>
    )
  }
  const begun = view.journal.some(({ kind }) => kind === 'began')
  const all = plan.steps.length > 0 && plan.steps.every(({ no }) => open.has(no))
  const toggle = (no: number): void => {
    const is = new Set(open)
    if (!is.delete(no)) is.add(no)
    setOpen(is)
  }
  return (
    <Panel
      title={words.plan}
      class="planpanel"
      end={
        plan.steps.length === 0 ? undefined : (
          <>
            <span class="desk-only">{words.planCount(plan.steps.length)}</span>
            <Button onClick={() => setOpen(all ? new Set() : new Set(plan.steps.map(({ no }) => no)))}>
              {all ? words.foldAll : words.expandAll}
            </Button>
          </>
        )
      }
    >
      {plan.guard === null ? null : (
        <p class="guardline">
          <Icon name="warn" class="warn" />
          <span>
            <b>{words.guard}.</b> {text(plan.guard)}
          </span>
        </p>
      )}
      {plan.steps.length === 0 ? (
        <Empty title={words.empty} hint={words.emptyHint} />
      ) : (
        <ol class="steps">
          {progress.steps.map(at => (
            <Step
              key={at.step.no}
              at={at}
              begun={begun}
              over={view.state === 'undone' || view.state === 'undoFailed'}
              open={open.has(at.step.no)}
              onToggle={() => toggle(at.step.no)}
            />
          ))}
        </ol>
      )}
      {plan.kept === 0 ? null : (
        <p class="plankept">
          <Icon name="ok" />
          {words.kept(plan.kept)}
        </p>
      )}
    </Panel>
  )
}
