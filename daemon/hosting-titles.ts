// What changes are called.
import type { ChangePurpose } from './domain/change.ts'
import type { Words } from './domain/form.ts'

const PURPOSE: Readonly<Record<ChangePurpose, Words>> = {
  create: { id: 'Buat situs', en: 'Make website' },
  edit: { id: 'Ubah situs', en: 'Change website' },
  suspend: { id: 'Tangguhkan situs', en: 'Suspend website' },
  resume: { id: 'Aktifkan lagi situs', en: 'Resume website' },
  move: { id: 'Pindahkan situs', en: 'Move website' },
  clone: { id: 'Salin situs', en: 'Clone website' },
  decommission: { id: 'Hentikan situs', en: 'Decommission website' },
  adopt: { id: 'Ambil alih situs', en: 'Adopt website' },
  repair: { id: 'Perbaiki situs', en: 'Repair website' },
  revert: { id: 'Kembalikan', en: 'Revert' },
  dns: { id: 'Ubah DNS', en: 'Change DNS' },
}
export const titled = (purpose: ChangePurpose, what: string): Words => ({
  id: `${PURPOSE[purpose].id} ${what}`,
  en: `${PURPOSE[purpose].en} ${what}`,
})
