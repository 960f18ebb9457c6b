// In which state an account is, by what an admin must know first. Pure.
import type { AccountRow } from '../../../daemon/http/contract.ts'

export type AccountState = 'active' | 'locked' | 'first' | 'change' | 'gone'

export function stateOf(row: Pick<AccountRow, 'goneAt' | 'lockedUntil' | 'mustChange' | 'signedInAt'>, at: number): AccountState {
  if (row.goneAt !== null) return 'gone'
  if (row.lockedUntil !== null && row.lockedUntil > at) return 'locked'
  if (row.mustChange) return 'change'
  return row.signedInAt === null ? 'first' : 'active'
}
