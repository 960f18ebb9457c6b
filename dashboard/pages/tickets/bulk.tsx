// One action on the chosen tickets: an internal note, or following them. Each tells how it went; what failed stays chosen.
import { useState } from 'preact/hooks'
import type { TicketAction } from '../../../daemon/domain/ticket-action.ts'
import { api } from '../../api.ts'
import { AreaField } from '../../parts/field.tsx'
import { BusyButton, Dialog, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

interface BulkAnswer {
  readonly items: readonly { readonly number: string; readonly done: boolean; readonly reason: string | null }[]
}

interface BulkProps {
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (numbers: ReadonlySet<string>) => void
}

export function BulkBar({ chosen, onChoose }: BulkProps) {
  const { inbox: words, act } = t.value.tickets
  const [noting, setNoting] = useState(false)
  const [text, setText] = useState('')
  const run = async (action: TicketAction): Promise<void> => {
    const answer = await api.post<BulkAnswer>('/api/v1/tickets/bulk', { numbers: [...chosen], action })
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    const failed = answer.value.items.filter(one => !one.done)
    onChoose(new Set(failed.map(one => one.number)))
    const count = words.bulk.some(answer.value.items.length - failed.length, answer.value.items.length)
    const reasons = failed.map(one => `${one.number}: ${one.reason ?? ''}`).join('; ')
    toast(failed.length === 0 ? 'done' : 'failed', words.bulk.done, reasons === '' ? count : `${count}. ${reasons}`)
    setNoting(false)
    if (failed.length === 0) setText('')
  }
  if (chosen.size === 0) return null
  return (
    <div class="bulkbar" role="toolbar" aria-label={words.selected(chosen.size)}>
      <b>{words.selected(chosen.size)}</b>
      <BusyButton onClick={async () => setNoting(true)}>{words.bulk.note}</BusyButton>
      <BusyButton onClick={() => run({ kind: 'take' })}>{words.bulk.take}</BusyButton>
      <BusyButton onClick={() => run({ kind: 'watch', on: true })}>{words.bulk.watch}</BusyButton>
      <BusyButton onClick={() => run({ kind: 'archive' })}>{words.bulk.archive}</BusyButton>
      <button type="button" class="textbtn" onClick={() => onChoose(new Set())}>
        {words.unselect}
      </button>
      {noting ? (
        <Dialog title={words.bulkNote} onClose={() => setNoting(false)}>
          <h2>{words.bulkNote}</h2>
          <div class="body">
            <AreaField label={act.note} value={text} onInput={setText} />
          </div>
          <footer>
            <button type="button" class="btn ghost" onClick={() => setNoting(false)}>
              {t.value.shell.cancel}
            </button>
            <BusyButton
              kind="primary"
              disabled={text.trim().length < 3}
              onClick={() => run({ kind: 'note', text: text.trim(), visibility: 'internal' })}
            >
              {t.value.tickets.form.noteSend}
            </BusyButton>
          </footer>
        </Dialog>
      ) : null}
    </div>
  )
}
