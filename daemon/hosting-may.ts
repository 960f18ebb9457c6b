// What somebody may do with a change now, and why not otherwise.
import { mayApply, mayConsent, needsSecond } from '../provisioning/engine/rights.ts'
import type { Change, Hand } from './domain/change.ts'
import type { Words } from './domain/form.ts'
import type { ChangeView } from './domain/hosting-view.ts'
import type { Failure } from './domain/outcome.ts'
import type { Viewer } from './domain/people.ts'
import { may } from './domain/policy.ts'

type Deed = ChangeView['may'][number]

interface Now {
  readonly by: Hand
  readonly isWorking: boolean
  /** Why what was begun in the background came to nothing. */
  readonly refusal: Failure | null
  readonly stopped: { readonly name: string; readonly reason: string } | null
}

export function mayDo(change: Change, viewer: Viewer, { by, isWorking, refusal, stopped }: Now): Pick<ChangeView, 'may' | 'why'> {
  const why: Words | null = refusal === null ? null : (refusal.words ?? { id: refusal.message, en: refusal.message })
  const halted: Words | null =
    stopped === null
      ? null
      : {
          id: `Semua perubahan dihentikan oleh ${stopped.name}: ${stopped.reason}`,
          en: `All changes are stopped by ${stopped.name}: ${stopped.reason}`,
        }
  const works = may(viewer, 'change.work')
  const allowed = (...deeds: Deed[]): readonly Deed[] => (works ? deeds : [])
  if (isWorking && change.state !== 'applying') return { may: [], why }
  switch (change.state) {
    case 'requested':
    case 'approved':
      return { may: allowed('plan', 'end'), why }
    case 'planned': {
      const { digest } = change.plan
      const apply = mayApply(change, by, digest)
      // The second person agrees in person, never by the key of this machine.
      const agrees = needsSecond(change) && change.consent === null && viewer.account !== 0 && may(viewer, 'change.consent')
      const isSecond = agrees && mayConsent(change, by, digest).ok
      const applies = apply.ok && stopped === null
      return {
        may: [...allowed('plan', ...(applies ? (['apply'] as const) : []), 'end'), ...(isSecond ? (['consent'] as const) : [])],
        why: why ?? halted ?? (works && !apply.ok ? (apply.failure.words ?? null) : null),
      }
    }
    case 'applying':
      return { may: allowed('stop'), why: why ?? halted }
    case 'applied':
    case 'verified':
    case 'unproven':
      return { may: allowed('undo', 'verify'), why }
    case 'undoFailed':
      return { may: allowed('undo'), why }
    default:
      return { may: [], why }
  }
}
