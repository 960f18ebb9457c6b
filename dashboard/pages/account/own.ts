// What the parts of the account page are given.
import type { OwnAccount } from '../../../daemon/http/contract.ts'

export interface OwnProps {
  readonly own: OwnAccount
  /** What the daemon has confirmed stands on the page at once. */
  readonly onChange: (own: OwnAccount) => void
}
