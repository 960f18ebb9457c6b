// The matrix that gives a ticket its priority, for all of staff to read and for the administrator to change.
import { useState } from 'preact/hooks'
import { type Level, PRIORITIES, type Priority } from '../../../daemon/domain/ticket.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { BusyButton, Dialog, ErrorBox, Panel, Skeleton, toast } from '../../parts/index.ts'
import { type Matrix, PriorityMatrix } from '../../parts/priority-matrix.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { PRIORITY_PATH, usePriorities } from '../ticket/forms/priorities.ts'

export function Priorities() {
  const words = t.value.tickets.calendar
  const { matrix, problem, reload, put } = usePriorities()
  const [editing, setEditing] = useState(false)
  return (
    <Panel title={words.matrix}>
      {matrix !== null ? (
        <MatrixTable matrix={matrix} />
      ) : problem !== null ? (
        <ErrorBox problem={problem} retry={reload} />
      ) : (
        <div class="body">
          <Skeleton lines={4} />
        </div>
      )}
      {matrix !== null && may('calendar.manage') ? (
        <div class="body">
          <button type="button" class="btn" onClick={() => setEditing(true)}>
            {words.matrixEdit}
          </button>
        </div>
      ) : null}
      {matrix !== null && editing ? <EditMatrix matrix={matrix} onClose={() => setEditing(false)} onSaved={put} /> : null}
    </Panel>
  )
}

interface TableProps {
  readonly matrix: Matrix
  /** Absent: only to read. */
  readonly onChange?: (impact: Level, urgency: Level, priority: Priority) => void
}

function MatrixTable({ matrix, onChange }: TableProps) {
  const { calendar, priorities } = t.value.tickets
  return (
    <PriorityMatrix
      class="prioritytable"
      caption={calendar.matrix}
      matrix={matrix}
      cell={({ impact, urgency, priority, label }) =>
        onChange === undefined ? (
          priorities[priority]
        ) : (
          <select
            class="input"
            aria-label={label}
            value={priority}
            onChange={event => onChange(impact, urgency, event.currentTarget.value as Priority)}
          >
            {PRIORITIES.map(one => (
              <option key={one} value={one}>
                {priorities[one]}
              </option>
            ))}
          </select>
        )
      }
    />
  )
}

interface EditProps {
  readonly matrix: Matrix
  readonly onClose: () => void
  readonly onSaved: (matrix: Matrix) => void
}

function EditMatrix({ matrix: was, onClose, onSaved }: EditProps) {
  const words = t.value.tickets.calendar
  const [matrix, setMatrix] = useState(was)
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (): Promise<void> => {
    const answer = await api.put<Matrix>(PRIORITY_PATH, matrix)
    if (!answer.ok) return setProblem(answer.problem)
    onSaved(answer.value)
    onClose()
    toast('done', words.matrixDone)
  }
  return (
    <Dialog title={words.matrix} onClose={onClose}>
      <h2>{words.matrix}</h2>
      <div class="body">
        <p class="mid">{words.matrixHint}</p>
        {problem === null ? null : <ErrorBox problem={problem} />}
      </div>
      <MatrixTable
        matrix={matrix}
        onChange={(impact, urgency, priority) => setMatrix(is => ({ ...is, [impact]: { ...is[impact], [urgency]: priority } }))}
      />
      <footer>
        <button type="button" class="btn ghost" onClick={onClose}>
          {t.value.shell.cancel}
        </button>
        <BusyButton kind="primary" onClick={save}>
          {t.value.shell.save}
        </BusyButton>
      </footer>
    </Dialog>
  )
}
