// Visitor badges that lie at the guard post.
import { useEffect, useState } from 'preact/hooks'
import type { DoorBook } from '../../../daemon/domain/visit.ts'
import { api } from '../../api.ts'

export function useBadges(): DoorBook['badges'] {
  const [badges, set] = useState<DoorBook['badges']>([])
  useEffect(() => {
    let gone = false
    void api.get<DoorBook>('/api/v1/visits/door').then(answer => {
      if (!gone && answer.ok) set(answer.value.badges)
    })
    return () => {
      gone = true
    }
  }, [])
  return badges
}
