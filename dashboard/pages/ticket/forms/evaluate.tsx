// How it was, said by the one who asked: four points for each question, and words.
import { useState } from 'preact/hooks'
import { t } from '../../../words/index.ts'
import { text as say } from '../../../words/say.ts'
import { useKeptText } from '../kept-text.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { TextArea } from './text-area.tsx'

const POINTS = [1, 2, 3, 4] as const

export function EvaluateForm(props: FormProps) {
  const { form: words, act } = t.value.tickets
  const questions = props.view.serviceDefinition.evaluation
  const [scores, setScores] = useState<readonly (number | null)[]>(() => questions.map(() => null))
  const text = useKeptText(props.view.number, 'evaluate')
  const [tried, setTried] = useState(false)
  return (
    <ActionForm
      {...props}
      label={act.evaluate}
      clear={text.clear}
      read={() => {
        setTried(true)
        const given = scores.filter(one => one !== null)
        return given.length < questions.length ? null : { kind: 'evaluate', scores: given, comment: text.text.trim() }
      }}
    >
      <p class="small mid">{words.evaluateHint}</p>
      {questions.map((question, i) => (
        <fieldset key={question.id} class="scores" aria-invalid={tried && scores[i] === null} tabIndex={-1}>
          <legend class="legend">{say(question)}</legend>
          <div class="scorerow">
            {POINTS.map(point => (
              <label key={point} class="score">
                <input
                  type="radio"
                  name={`score-${i}`}
                  checked={scores[i] === point}
                  onChange={() => setScores(scores.map((one, at) => (at === i ? point : one)))}
                />
                <span>{words.scores[point]}</span>
              </label>
            ))}
          </div>
          {tried && scores[i] === null ? <p class="err small t-crit">{words.fieldEmpty}</p> : null}
        </fieldset>
      ))}
      <TextArea label={words.evaluateComment} value={text.text} onInput={text.set} optional />
    </ActionForm>
  )
}
