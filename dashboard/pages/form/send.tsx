// The last look before handing in: everything that was written, what is missing, the statement, and the button.
import { useState } from 'preact/hooks'
import type { Answers } from '../../../daemon/domain/form.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { AnswerRows } from '../../parts/answer-rows.tsx'
import { CheckField, TextField } from '../../parts/field.tsx'
import { isAnswered } from '../../parts/form/answers.ts'
import { ErrorBox, Icon } from '../../parts/index.ts'
import { go, setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import './send.css'
import type { Editor } from './editor.ts'
import { PrintButton } from './papers.tsx'
import { stepTitle } from './titles.ts'

export function Send({ editor }: { readonly editor: Editor }) {
  const words = t.value.requests.form
  const { view } = editor
  const { serviceDefinition: service } = view
  const [agreed, setAgreed] = useState(false)
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const brought = new Set(editor.attachments.value.map(one => one.slot))
  const missing = service.papers.filter(paper => paper.required && !brought.has(paper.key))
  const returned = view.status === 'returned'

  const send = async (): Promise<void> => {
    if (busy) return
    setAsked(true)
    if (!agreed) return document.querySelector<HTMLElement>('.statementbox input')?.focus()
    setBusy(true)
    setProblem(null)
    const answer = await editor.submit()
    setBusy(false)
    if (answer.ok) return go(`/requests/sent/${answer.value.number}${returned ? '?again=1' : ''}`, { replace: true })
    // What is wrong in the form stands in the list above; the rest is told here.
    if (editor.mistakes.peek().length === 0) setProblem(answer.problem)
    else {
      const list = document.querySelector<HTMLElement>('.mistakes')
      list?.focus({ preventScroll: true })
      list?.scrollIntoView({ block: 'start' })
    }
  }
  return (
    <div class="sendstep">
      <div>
        <p class="sendtitle">{words.check}</p>
        <p class="small mid">{words.checkHint}</p>
      </div>
      {returned ? null : (
        <TextField
          label={words.titleLabel}
          help={words.titleHint}
          optional
          value={editor.title.value}
          onInput={editor.setTitle}
          maxLength={200}
          placeholder={text(service.name)}
        />
      )}
      <Review editor={editor} />
      {missing.length === 0 ? null : (
        <p class="missingpapers">
          <Icon name="warn" class="warn" />
          <span>
            <b>{words.missingPapers(missing.length)}</b>: {missing.map(paper => text(paper.name)).join(', ')}. {words.papersHint}
          </span>
        </p>
      )}
      <div class="statementbox">
        <h3>{words.statement}</h3>
        <p class="mid">{text(service.form.statement)}</p>
        <CheckField label={words.agree} checked={agreed} onChange={setAgreed} />
        {asked && !agreed ? (
          <p class="err" role="alert">
            <Icon name="crit" />
            {words.agreeMissing}
          </p>
        ) : null}
      </div>
      {problem === null ? null : <ErrorBox problem={problem} />}
      <div class="sendrow">
        <PrintButton editor={editor} what="form" label={words.printForm} />
        <span class="grow" />
        <button type="button" class="btn primary sendbtn" disabled={busy} onClick={() => void send()}>
          {busy ? words.sending : returned ? words.resubmit : words.submit}
        </button>
      </div>
    </div>
  )
}

/** What was written, step by step, each with the way back to it. */
function Review({ editor }: { readonly editor: Editor }) {
  const words = t.value.requests.form
  const { view } = editor
  const clean: Answers = editor.looked.value.clean
  const chosen = view.serviceDefinition.products.filter(one => editor.products.value.includes(one.key))
  return (
    <div class="review">
      {editor.steps.value.map(step => {
        if (step.kind === 'send' || step.kind === 'papers') return null
        const told = editor.tried.value || editor.been.value.has(step.key)
        const fields = step.fields.filter(field => isAnswered(clean[field.key]))
        return (
          <section key={step.key}>
            <header>
              <h3>{stepTitle(step)}</h3>
              {told && step.mistakes.length > 0 ? <span class="small t-crit">{words.wrongIn(step.mistakes.length)}</span> : null}
              <button
                type="button"
                class="textbtn small"
                aria-label={words.editOf(stepTitle(step))}
                onClick={() => setQuery({ step: step.key }, { push: true })}
              >
                {words.edit}
              </button>
            </header>
            {step.kind === 'products' ? (
              <p>{chosen.map(one => text(one.name)).join(', ') || t.value.tickets.ticket.notAnswered}</p>
            ) : fields.length === 0 ? (
              <p class="dim">{t.value.tickets.ticket.notAnswered}</p>
            ) : (
              <AnswerRows fields={fields} answers={clean} view={{ attachments: editor.attachments.value }} />
            )}
          </section>
        )
      })}
    </div>
  )
}
