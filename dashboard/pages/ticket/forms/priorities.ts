// The site's own matrix of priorities, as the daemon rates by it.
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../../../daemon/http/contract.ts'
import { api } from '../../../api.ts'
import type { Matrix } from '../../../parts/priority-matrix.tsx'

export const PRIORITY_PATH = '/api/v1/desk/priority'

export interface Priorities {
  readonly matrix: Matrix | null
  readonly problem: Problem | null
  readonly reload: () => void
  readonly put: (matrix: Matrix) => void
}

export function usePriorities(): Priorities {
  const [matrix, put] = useState<Matrix | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let gone = false
    void api.get<Matrix>(PRIORITY_PATH).then(answer => {
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
