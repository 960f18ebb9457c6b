// Around every editor of the place: what was changed, undo and redo, saving whole, and asking before it is left.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { FieldError } from '../../../daemon/domain/outcome.ts'
import { editsBetween } from '../../../daemon/domain/overlay.ts'
import { Button, PageHead } from '../../parts/index.ts'
import { go } from '../../router.ts'
import { t } from '../../words/index.ts'
import { type Draft, redo, undo } from './draft.ts'
import './editing.css'
import { Leaving } from './leaving.tsx'
import type { Picked } from './moves.ts'
import { SaveDialog } from './save.tsx'

export type ChangeDraft = (to: Draft | ((draft: Draft) => Draft)) => void

interface EditFrameProps {
  readonly title: string
  readonly draft: Draft
  readonly change: ChangeDraft
  /** The page to go back to. */
  readonly back: string
  readonly onMistakes: (mistakes: readonly FieldError[]) => void
  /** A mistake is to be looked at. */
  readonly onPick: (picked: Picked) => void
  readonly children: ComponentChildren
}

export function EditFrame({ title, draft, change, back, onMistakes, onPick, children }: EditFrameProps) {
  const words = t.value.place.edit
  const [saving, setSaving] = useState(false)
  const [asked, setAsked] = useState<string | null>(null)
  const edits = editsBetween(draft.base, draft.now).length

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || document.querySelector('dialog[open]') !== null) return
      // In a field the browser undoes letters itself.
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
      event.preventDefault()
      change(event.shiftKey ? redo : undo)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [change])

  return (
    <>
      <PageHead
        title={title}
        sub={<span aria-live="polite">{edits === 0 ? words.none : words.changes(edits)}</span>}
        actions={
          <div class="row wrap">
            <Button onClick={() => change(undo)} disabled={draft.past.length === 0}>
              {words.undo}
            </Button>
            <Button onClick={() => change(redo)} disabled={draft.future.length === 0}>
              {words.redo}
            </Button>
            <Button kind="primary" onClick={() => setSaving(true)} disabled={edits === 0}>
              {words.save}
            </Button>
            <Button onClick={() => (edits === 0 ? go(back, { replace: true }) : setAsked(back))}>{words.done}</Button>
          </div>
        }
      />
      {children}
      {saving ? <SaveDialog draft={draft} onDraft={change} onMistakes={onMistakes} onPick={onPick} onClose={() => setSaving(false)} /> : null}
      <Leaving changes={edits} asked={asked} onStay={() => setAsked(null)} />
    </>
  )
}
