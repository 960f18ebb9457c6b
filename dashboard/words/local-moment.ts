// A date and time of a form, as it was meant, on nobody's clock.
import { dateLong } from '../../daemon/domain/words/time.ts'
import { lang } from './index.ts'

/** `2026-11-27T14:05` as `Jumat, 27 November 2026 14.05`. */
export function momentText(given: string): string {
  const [day = '', time] = given.split('T')
  const at = Date.parse(`${day}T12:00:00Z`)
  if (Number.isNaN(at)) return given
  const hour = lang.value === 'id' ? time?.replace(':', '.') : time
  return hour === undefined ? dateLong(at, 'UTC', lang.value) : `${dateLong(at, 'UTC', lang.value)} ${hour}`
}
