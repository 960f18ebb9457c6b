// A note on a place, written where its timeline is read; and one that is taken back with a reason.
import { useState } from 'preact/hooks'
import type { PlaceNote, PlaceOf } from '../../daemon/domain/timeline.ts'
import type { Problem } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { t } from '../words/index.ts'
import { Button } from './controls.tsx'
import { AreaField } from './field.tsx'
import { ErrorBox } from './layout.tsx'
import { toast } from './overlay.tsx'
import { ReasonDialog } from './reason.tsx'

/** `where`: as people call the place. */
export function PlaceNoteForm({ place, where }: { readonly place: PlaceOf; readonly where: string }) {
  const words = t.value.timeline.note
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const write = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const answer = await api.post<PlaceNote>('/api/v1/timeline/notes', { place, text: text.trim() })
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    setText('')
    toast('done', words.written)
  }
  return (
    <form class="placenote" onSubmit={write}>
      <AreaField label={words.on(where)} value={text} onInput={setText} rows={1} help={words.help} />
      <Button type="submit" disabled={busy || text.trim().length < 3}>
        {words.write}
      </Button>
      {problem === null ? null : <ErrorBox problem={problem} />}
    </form>
  )
}

export function WithdrawNote({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const words = t.value.timeline.note
  return (
    <ReasonDialog
      title={words.withdraw}
      body={words.withdrawBody}
      label={words.reason}
      act={words.withdraw}
      danger
      onClose={onClose}
      onGive={async reason => {
        const answer = await api.post<PlaceNote>(`/api/v1/timeline/notes/${id}/withdraw`, { reason })
        return answer.ok ? null : answer.problem
      }}
    />
  )
}
