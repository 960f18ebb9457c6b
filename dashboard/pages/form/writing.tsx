// The form in steps: where one is, what is written there, the way back and on, and beside it what is promised.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../../api.ts'
import { FormContext } from '../../parts/form/context.ts'
import '../../parts/form/form.css'
import { Fields } from '../../parts/form/group.tsx'
import type { FormStep } from '../../parts/form/model.ts'
import { toast } from '../../parts/index.ts'
import { Strike } from '../../parts/strike.tsx'
import { Sure } from '../../parts/sure.tsx'
import { go, setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import type { Editor } from './editor.ts'
import { Papers } from './papers.tsx'
import { Products } from './products.tsx'
import { ServicePromise } from './promise.tsx'
import { SavedMark } from './saved-mark.tsx'
import { Send } from './send.tsx'
import { Steps } from './steps.tsx'
import { stepTitle } from './titles.ts'
import { MistakeList } from './wrong.tsx'

/** Where to end up after leaving: own requests, or the desk's list. */
const LIST = '/tickets'

export function Writing({ editor, at }: { readonly editor: Editor; readonly at: string | null }) {
  const words = t.value.requests.form
  const { view } = editor
  const [dropping, setDropping] = useState(false)
  const head = useRef<HTMLHeadingElement>(null)
  const steps = editor.steps.value
  const striking = editor.striking.value
  const index = Math.max(
    0,
    steps.findIndex(step => step.key === at),
  )
  const step = steps[index]
  useSignalEffect(() => {
    document.title = `${text(view.serviceName)} · Suar`
  })
  // A new step is read from its head; the first one is where the page begins anyway.
  const shown = useRef(step?.key)
  useEffect(() => {
    if (shown.current === step?.key) return
    if (shown.current !== undefined) editor.leaveStep(shown.current)
    shown.current = step?.key
    if (document.activeElement === document.body || document.activeElement?.closest('.formfoot, .formsteps') !== null) {
      head.current?.focus({ preventScroll: true })
      head.current?.closest('.formpanel')?.scrollIntoView({ block: 'start' })
    }
  }, [step?.key])
  if (step === undefined) return null
  const move = (to: FormStep | undefined): void => {
    if (to !== undefined) setQuery({ step: to.key }, { push: true })
  }
  const before = steps[index - 1]
  const after = steps[index + 1]
  const returned = view.events.findLast(event => event.kind === 'returned')
  const later = async (): Promise<void> => {
    if (await editor.flush()) toast('done', words.laterDone, words.laterHint)
    else toast('failed', words.unsaved, words.unsavedHint)
    go(LIST)
  }
  return (
    <FormContext.Provider value={editor}>
      <div class="formgrid">
        <section class="panel formpanel" aria-label={text(view.serviceDefinition.form.title)}>
          <header class="formhead">
            <div>
              <h1>{text(view.serviceDefinition.form.title)}</h1>
              <p class="small dim">
                {view.status === 'returned' ? view.number : words.kinds[view.kind]}
                {may('ticket.work') ? ` · ${view.requester.name}` : ''} · {view.organisationName}
              </p>
            </div>
            <SavedMark editor={editor} />
          </header>
          <Steps editor={editor} steps={steps} index={index} onStep={move} />
          {view.status === 'returned' && returned?.kind === 'returned' ? (
            <div class="returnedbox">
              <b>{words.returned}</b>
              <blockquote>{returned.reason}</blockquote>
            </div>
          ) : null}
          <div class="formbody">
            <h2 tabIndex={-1} ref={head} class={step.kind === 'send' ? 'sr' : ''}>
              {stepTitle(step)}
            </h2>
            {step.section?.help === undefined ? null : <p class="mid small sectionhelp">{text(step.section.help)}</p>}
            {editor.tried.value && step.kind === 'send' ? <MistakeList editor={editor} /> : null}
            {step.kind === 'section' ? <Fields key={step.key} fields={step.fields} /> : null}
            {step.kind === 'products' ? <Products editor={editor} /> : null}
            {step.kind === 'papers' ? <Papers editor={editor} /> : null}
            {step.kind === 'send' ? <Send editor={editor} /> : null}
            {step.kind === 'section' && editor.side === 'officer' && step.fields.some(isOfficers) ? (
              <p class="small dim officermark">{words.officerMark}</p>
            ) : null}
          </div>
          {step.kind === 'send' ? null : (
            <footer class="formfoot">
              {before === undefined ? null : (
                <button type="button" class="btn" onClick={() => move(before)}>
                  {words.back}
                </button>
              )}
              <span class="grow" />
              <button type="button" class="btn ghost laterbtn" onClick={() => void later()}>
                {words.later}
              </button>
              {after === undefined ? null : (
                <button type="button" class="btn primary" onClick={() => move(after)}>
                  <span class="desk-only">{words.next(stepTitle(after))}</span>
                  <span class="phone-only">{words.go}</span>
                </button>
              )}
            </footer>
          )}
        </section>
        <aside class="formside" aria-label={t.value.requests.promise.title}>
          {step.kind === 'send' ? null : (
            <div class="phone-only laterrow">
              <button type="button" class="btn" onClick={() => void later()}>
                {words.later}
              </button>
            </div>
          )}
          <ServicePromise service={view.serviceDefinition} products={editor.products.value} />
          {view.status === 'draft' ? (
            <button type="button" class="textbtn small dropdraft" onClick={() => setDropping(true)}>
              {words.remove}
            </button>
          ) : null}
        </aside>
      </div>
      {striking === null ? null : <Strike file={striking.file} onClose={editor.keepFile} onDone={striking.done} />}
      {dropping ? (
        <Sure
          title={words.removeTitle}
          body={words.removeBody}
          act={words.remove}
          send={() => api.delete(`/api/v1/tickets/${encodeURIComponent(view.number)}/draft`)}
          onClose={() => setDropping(false)}
          onDone={() => {
            editor.discard()
            toast('done', words.removed)
            go(LIST)
          }}
        />
      ) : null}
    </FormContext.Provider>
  )
}

const isOfficers = (field: FormStep['fields'][number]): boolean =>
  field.type === 'group' ? field.fields.some(leaf => leaf.filledBy === 'officer') : field.filledBy === 'officer'
