// Figures of what a machine needs done: failed services, updates, restarts, certificates.
import { above, below, type Figure } from './figure.ts'

const DAY = 86_400

export const servicesFailed = (count: number): Figure => ({
  key: 'services.failed.count',
  label: { en: 'Failed services', id: 'Layanan gagal' },
  quantity: 'count',
  cadence: 'normal',
  value: count,
  rules: [above(0, 0, 120, 'warning')],
})

export const updates = (count: number, kind: 'all' | 'security'): Figure => ({
  key: kind === 'all' ? 'updates.count' : 'updates.security.count',
  label: kind === 'all' ? { en: 'Updates pending', id: 'Pembaruan tertunda' } : { en: 'Security updates pending', id: 'Pembaruan keamanan tertunda' },
  quantity: 'count',
  cadence: 'slow',
  value: count,
  rules: kind === 'security' ? [above(0, 0, 7 * DAY, 'warning')] : [],
})

/** Seconds until a certificate ends. */
export const certificate = (name: string, left: number): Figure => ({
  key: `certificate.${name}.duration`,
  label: { en: `Certificate ${name} ends in`, id: `Sertifikat ${name} berakhir dalam` },
  quantity: 'duration',
  cadence: 'slow',
  value: left,
  rules: [below(14 * DAY, DAY, 'warning'), below(3 * DAY, DAY, 'critical')],
})

export const rebootNeeded = (needed: boolean): Figure => ({
  key: 'updates.reboot.state',
  label: { en: 'Restart needed', id: 'Perlu mulai ulang' },
  quantity: 'state',
  cadence: 'slow',
  value: needed ? 1 : 0,
  states: [
    { value: 0, name: 'no', normal: 'ok', meaning: null },
    { value: 1, name: 'yes', normal: 'ok', meaning: null },
  ],
})
