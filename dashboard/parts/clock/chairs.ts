// Names of chairs: as the agency's own file has them; of those who are no chair of it, as the pages say.
import type { Words } from '../../../daemon/domain/form.ts'
import { session } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'

const ofAgency = (chair: string): { readonly name: Words; readonly short: Words } | undefined => session.value?.agency?.chairs[chair]
const others = (chairs: Readonly<Record<string, string>>, chair: string): string => chairs[chair] ?? chair.replaceAll('-', ' ')

/** `kabid` → `Kepala Bidang`; a chair nobody has named by its key. */
export const chairName = (chair: string): string => ofAgency(chair)?.name[lang.value] ?? others(t.value.tickets.chairs, chair)

/** `kabid` → `Kabid`, in a line with others. */
export const chairShort = (chair: string): string => ofAgency(chair)?.short[lang.value] ?? others(t.value.tickets.chairsShort, chair)
