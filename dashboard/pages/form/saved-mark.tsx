// Whether what was written is safe, in a word beside the head.
import { useComputed } from '@preact/signals'
import { Icon } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { clockShort } from '../../words/say.ts'
import type { Editor } from './editor.ts'

export function SavedMark({ editor }: { readonly editor: Editor }) {
  const words = t.value.requests.form
  const saving = useComputed(() => editor.saving.value)
  const is = saving.value
  return (
    <div class={`savedmark small ${is.kind === 'failed' ? 't-warn' : 'dim'}`} role="status">
      {is.kind === 'failed' ? (
        <>
          <Icon name="warn" class="warn" />
          <span title={is.problem.detail ?? is.problem.title}>
            <b>{words.unsaved}</b>
            <span class="block">
              {is.problem.status === 0 || is.problem.status >= 500 ? words.unsavedHint : (is.problem.detail ?? is.problem.title)}
            </span>
          </span>
        </>
      ) : is.kind !== 'saved' ? (
        words.saving
      ) : is.at === 0 ? null : (
        words.savedAt(clockShort(is.at))
      )}
    </div>
  )
}
