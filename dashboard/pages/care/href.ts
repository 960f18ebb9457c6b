// Where the pages of care are, and the months they are grouped by. Pure but for the site's zone.
import { dateLong } from '../../words/say.ts'

/** One work order, beside the list or month as it is. */
export function hrefOf(query: URLSearchParams, order: number): string {
  const next = new URLSearchParams(query)
  next.set('order', String(order))
  return `/care?${next}`
}

/** "November 2026". */
export const monthOf = (at: number): string => dateLong(at).split(' ').slice(2).join(' ')
