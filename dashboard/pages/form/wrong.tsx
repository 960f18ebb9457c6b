// All that is wrong at once, each a way to its place.
import { useEffect, useRef } from 'preact/hooks'
import { nameOf } from '../../parts/form/model.ts'
import { Icon } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { lang, t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import type { Editor } from './editor.ts'

/** The control at a path, or the closest above it that is drawn. */
function controlAt(path: string): HTMLElement | null {
  const keys = path.split('.')
  for (let length = keys.length; length > 0; length--) {
    const place = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(keys.slice(0, length).join('.'))}"]`)
    const control =
      place?.querySelector<HTMLElement>('input:not([type=file]), select, textarea') ?? place?.querySelector<HTMLElement>('button, input')
    if (control) return control
  }
  return null
}

/** Goes to the step of a path and puts the focus into its field. */
function jump(editor: Editor, path: string): void {
  const top = path.split('.')[0] ?? path
  const step = editor.steps.peek().find(one => one.key === top || one.fields.some(field => field.key === top))
  if (step === undefined) return
  setQuery({ step: step.key }, { push: true })
  // The step is drawn first.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const control = controlAt(path)
      control?.focus({ preventScroll: true })
      control?.scrollIntoView({ block: 'center' })
    }),
  )
}

/** What is left to say of where it is, when the reason itself begins with the field's own name. */
function nameBefore(name: string, reason: string): string {
  const parts = name.split(', ')
  return reason.startsWith(parts.at(-1) ?? name) ? parts.slice(0, -1).join(', ') : name
}

export function MistakeList({ editor }: { readonly editor: Editor }) {
  const words = t.value.requests.form
  const box = useRef<HTMLDivElement>(null)
  const mistakes = editor.mistakes.value
  const fields = editor.view.serviceDefinition.form.sections.flatMap(section => section.fields)
  useEffect(() => {
    box.current?.focus({ preventScroll: true })
    box.current?.scrollIntoView({ block: 'start' })
  }, [])
  if (mistakes.length === 0) return null
  return (
    <div class="mistakes" role="alert" tabIndex={-1} ref={box}>
      <Icon name="crit" class="crit" />
      <div class="grow">
        <b>{words.wrong(mistakes.length)}</b>
        <p class="small">{words.wrongHint}</p>
        <ol>
          {mistakes.map((one, i) => {
            const reason = text(one.reason)
            const name = nameBefore(nameOf(fields, one.path, lang.value), reason)
            return (
              <li key={`${one.path}${i}`}>
                <a
                  href={`?step=${encodeURIComponent(one.path.split('.')[0] ?? '')}`}
                  onClick={event => {
                    event.preventDefault()
                    jump(editor, one.path)
                  }}
                >
                  {name === '' ? reason : `${name}: ${reason}`}
                </a>
              </li>
            )
          })}
        </ol>
      </div>
    </div>
  )
}
