// The steps of the form: done, here, to come, or with something to look at. On a phone a line of strokes and where one is.

import type { FormStep } from '../../parts/form/model.ts'
import { Icon } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import './steps.css'
import type { Editor } from './editor.ts'
import { stepTitle } from './titles.ts'

interface StepsProps {
  readonly editor: Editor
  readonly steps: readonly FormStep[]
  readonly index: number
  readonly onStep: (step: FormStep) => void
}

type Mark = 'now' | 'done' | 'wrong' | 'open'

export function Steps({ editor, steps, index, onStep }: StepsProps) {
  const words = t.value.requests.form
  const here = steps[index]
  const told = (step: FormStep): boolean => editor.tried.value || editor.been.value.has(step.key)
  const markOf = (step: FormStep, i: number): Mark =>
    i === index ? 'now' : told(step) && step.mistakes.length > 0 ? 'wrong' : step.complete ? 'done' : 'open'
  return (
    <nav class="formsteps" aria-label={words.steps}>
      <p class="phone-only stepline">
        <b>{here === undefined ? '' : stepTitle(here)}</b>
        <span class="dim">{words.step(index + 1, steps.length)}</span>
      </p>
      <ol>
        {steps.map((step, i) => {
          const mark = markOf(step, i)
          return (
            <li key={step.key} class={mark}>
              <button
                type="button"
                aria-current={mark === 'now' ? 'step' : undefined}
                title={mark === 'wrong' ? words.wrongIn(step.mistakes.length) : undefined}
                onClick={() => onStep(step)}
              >
                <span class="dot" aria-hidden="true">
                  {mark === 'done' ? <Icon name="check" /> : mark === 'wrong' ? '!' : i + 1}
                </span>
                <span class="word">{stepTitle(step)}</span>
                {mark === 'done' ? <span class="sr">, {words.complete}</span> : null}
                {mark === 'wrong' ? <span class="sr">, {words.wrongIn(step.mistakes.length)}</span> : null}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
