// Names of chairs as the catalogue's steps speak of them.
import { t } from '../../words/index.ts'

/** `kabid` → `Kepala Bidang`; a chair of the site's own by its key. */
export const chairName = (chair: string): string => {
  const chairs: Readonly<Record<string, string>> = t.value.tickets.chairs
  return chairs[chair] ?? chair.replaceAll('-', ' ')
}
