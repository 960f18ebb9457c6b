// Alarms of hosting: each raised when it is so and ended when it is not, over restarts as well; the alarm room is told of changes only.

import type { CertificateAlarm } from '../provisioning/tls/certificates.ts'
import type { Alarms } from './alarm/open.ts'
import type { Severity } from './domain/alarm.ts'
import type { Change, ChangePlace } from './domain/change.ts'
import type { Words } from './domain/form.ts'
import type { DriftReport, HostView } from './domain/hosting-view.ts'

export interface HostingAlarms {
  change(change: Change, instructions: readonly Words[]): void
  host(host: Pick<HostView, 'id' | 'name' | 'state' | 'shownKey'>): void
  /** It is let go. */
  noHost(id: string): void
  drift(report: DriftReport): void
  /** All there are to be told of; those of others end. */
  certificates(all: readonly CertificateAlarm[]): void
  /** Null: it answers. */
  website(name: string, domain: string, trouble: Words | null): void
  /** Websites there are: what is told of others ends. */
  websites(names: ReadonlySet<string>): void
}

const OWN = 'suar/-/'
const HEAD = 'hosting.'
export function openHostingAlarms({ system, open }: Pick<Alarms, 'system' | 'open'>): HostingAlarms {
  const raised = new Map<string, string>()
  for (const { key } of open()) if (key.startsWith(`${OWN}${HEAD}`)) raised.set(key.slice(OWN.length), '')

  function say(code: string, severity: Severity, text: Words | null): void {
    const full = `${HEAD}${code}`
    if (text === null) {
      if (raised.delete(full)) system(full, null)
      return
    }
    const says = JSON.stringify([severity, text])
    if (raised.get(full) === says) return
    raised.set(full, says)
    system(full, { severity, text })
  }
  const endOthers = (head: string, are: ReadonlySet<string>): void => {
    for (const code of [...raised.keys()]) {
      const name = code.startsWith(`${HEAD}${head}.`) ? code.slice(HEAD.length + head.length + 1) : null
      if (name !== null && !are.has(name)) say(`${head}.${name}`, 'warning', null)
    }
  }
  const placed = ({ kind, id }: ChangePlace): string => (kind === 'books' ? 'suar' : id)

  return {
    change({ number, state, title }, instructions) {
      const lines = (lang: 'id' | 'en') => instructions.map(one => one[lang]).join(' ')
      const text =
        state === 'undoFailed'
          ? {
              id: `${number} (${title.id}) tidak dapat dikembalikan. ${lines('id')}`,
              en: `${number} (${title.en}) could not be put back. ${lines('en')}`,
            }
          : null
      say(`undo.${number}`, 'critical', text)
    },
    host({ id, name, state, shownKey }) {
      say(
        `frozen.${id}`,
        'warning',
        state === 'frozen'
          ? {
              id: `Host ${name} dibekukan: beberapa perubahan berturut-turut gagal. Periksa, lalu cairkan di halaman host.`,
              en: `The host ${name} is frozen: several changes failed one after the other. Look at it, then thaw it on its page.`,
            }
          : null,
      )
      say(
        `hostKey.${id}`,
        'critical',
        state === 'keyChanged'
          ? {
              id: `Host ${name} menunjukkan kunci lain (${shownKey ?? '—'}). Tidak ada yang dikirim. Cocokkan di host itu sendiri sebelum mengesahkan.`,
              en: `The host ${name} shows another key (${shownKey ?? '—'}). Nothing was sent. Compare it on the host itself before trusting it.`,
            }
          : null,
      )
    },
    noHost(id) {
      for (const code of [`frozen.${id}`, `hostKey.${id}`, `drift.${id}`]) say(code, 'warning', null)
    },
    drift({ place, items }) {
      const ours = items.filter(({ kind }) => kind !== 'foreign')
      const names = [...new Set(ours.map(({ resource, name }) => `${resource} ${name}`))]
      const list = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}`
      say(
        `drift.${placed(place)}`,
        'warning',
        ours.length === 0
          ? null
          : {
              id: `${placed(place)}: ${ours.length} hal berubah di luar Suar: ${list}. Perbaiki atau ambil alih lewat halaman situs.`,
              en: `${placed(place)}: ${ours.length} things were changed outside of Suar: ${list}. Repair or adopt them on the website's page.`,
            },
      )
    },
    certificates(all) {
      for (const { website, warning, words } of all) say(`certificate.${website}`, warning.severity, words)
      endOthers('certificate', new Set(all.map(({ website }) => website)))
    },
    website(name, domain, trouble) {
      say(`down.${name}`, 'critical', trouble === null ? null : { id: `${domain}: ${trouble.id}`, en: `${domain}: ${trouble.en}` })
    },
    websites(names) {
      endOthers('down', names)
    },
  }
}
