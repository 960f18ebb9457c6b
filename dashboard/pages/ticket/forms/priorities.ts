// The site's own matrix of priorities, as the daemon rates by it.
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Level, Priority } from '../../../../daemon/domain/ticket.ts'
import type { Problem } from '../../../../daemon/http/contract.ts'
import { api } from '../../../api.ts'

/** By impact, then by urgency. */
export type PriorityMatrix = Readonly<Record<Level, Readonly<Record<Level, Priority>>>>

export const PRIORITY_PATH = '/api/v1/desk/priority'

export interface Priorities {
  readonly matrix: PriorityMatrix | null
  readonly problem: Problem | null
  readonly reload: () => void
  readonly put: (matrix: PriorityMatrix) => void
}

export function usePriorities(): Priorities {
  const [matrix, put] = useState<PriorityMatrix | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let gone = false
    void api.get<PriorityMatrix>(PRIORITY_PATH).then(answer => {
      if (gone) return
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) put(answer.value)
    })
    return () => {
      gone = true
    }
  }, [turn])
  return { matrix, problem, reload: useCallback(() => setTurn(n => n + 1), []), put }
}
