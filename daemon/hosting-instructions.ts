// What a person does where Suar could not put something back: exactly, line by line, from the plan and the journal.
import type { Change, JournalEntry, PlanStep } from './domain/change.ts'
import type { Words } from './domain/form.ts'

/** Where a kind of thing is on its host, and what tests it before the server takes it up. */
const FILES: Readonly<Record<string, (name: string, step: PlanStep) => { readonly path: string; readonly test?: string; readonly reload?: string }>> =
  {
    nginx: name => ({ path: `/etc/nginx/suar.d/${name}.conf`, test: 'nginx -t', reload: 'nginx -s reload' }),
    apache: name => ({ path: `/etc/apache2/suar.d/${name}.conf`, test: 'apache2ctl -t', reload: 'apache2ctl graceful' }),
    pool: (name, step) => {
      const version = String((step.before ?? step.after)?.['version'] ?? '')
      return {
        path: `/etc/php/${version}/fpm/pool.d/suar-${name}.conf`,
        test: `php-fpm${version} -t`,
        reload: `systemctl reload php${version}-fpm`,
      }
    },
    cron: name => ({ path: `/etc/cron.d/suar-${name}` }),
    logrotate: name => ({ path: `/etc/logrotate.d/suar-${name}`, test: `logrotate -d /etc/logrotate.d/suar-${name}` }),
    unit: name => ({ path: `/etc/systemd/system/suar-${name}.service`, reload: 'systemctl daemon-reload' }),
    keys: name => ({ path: `/etc/suar-host/keys/${name}` }),
    certificate: name => ({ path: `/etc/suar-host/tls/${name}/`, test: 'nginx -t', reload: 'nginx -s reload' }),
    tree: name => ({ path: `/srv/suar/${name}/` }),
    firewall: () => ({ path: '/etc/suar-host/firewall.nft', test: 'nft -c -f /etc/suar-host/firewall.nft' }),
  }

const say = (id: string, en: string): Words => ({ id, en })

/** Steps that are still done, the last first: what the way back had before it. */
function leftOf(steps: readonly PlanStep[], journal: readonly JournalEntry[]): readonly PlanStep[] {
  const done = new Set<number>()
  for (const entry of journal) {
    if (entry.kind === 'starting' || entry.kind === 'did') done.add(entry.step)
    if (entry.kind === 'undid') done.delete(entry.step)
  }
  return steps.filter(({ no }) => done.has(no)).toReversed()
}

/** Of a change whose way back failed. */
export function instructionsFor(
  change: Extract<Change, { readonly state: 'undone' | 'undoFailed' }>,
  journal: readonly JournalEntry[],
): readonly Words[] {
  const broke = journal.findLast(entry => entry.kind === 'undoFailed')
  const step = broke?.kind === 'undoFailed' ? change.plan.steps.find(({ no }) => no === broke.step) : undefined
  const failure = broke?.kind === 'undoFailed' ? broke.failure : change.why
  const left = leftOf(change.plan.steps, journal)
  const lines: Words[] = [
    step === undefined
      ? say(failure.words?.id ?? failure.message, failure.words?.en ?? failure.message)
      : say(
          `Langkah ${step.no} (${step.words.id}) tidak dapat dikembalikan: ${failure.words?.id ?? failure.message}`,
          `Step ${step.no} (${step.words.en}) could not be put back: ${failure.words?.en ?? failure.message}`,
        ),
  ]
  if (step !== undefined) lines.push(...backBy(step, change.number))
  const others = left.filter(({ no }) => no !== step?.no)
  if (others.length > 0)
    lines.push(
      say(
        `Setelah itu masih ada ${others.length} langkah yang harus dikembalikan; Suar melakukannya sendiri: ${others.map(({ no }) => no).join(', ')}.`,
        `After it ${others.length} more steps have to be put back, which Suar does by itself: ${others.map(({ no }) => no).join(', ')}.`,
      ),
    )
  lines.push(
    say(
      'Lalu tekan “Batalkan kembali” pada perubahan ini: Suar meneruskan dari langkah itu dan membandingkan lagi sebelum menulis.',
      'Then press “Undo” on this change: Suar goes on from that step, and compares again before it writes.',
    ),
  )
  return lines
}

function backBy(step: PlanStep, number: string): readonly Words[] {
  const { place, resource, name, before } = step
  if (place.kind === 'zone') {
    const [owner = '', type = ''] = name.split(' ')
    const data = before === null ? [] : Array.isArray(before['data']) ? before['data'].map(String) : []
    const ttl = String(before?.['ttl'] ?? '')
    const lines = [`update delete ${owner} ${type}`, ...data.map(one => `update add ${owner} ${ttl} ${type} ${one}`)]
    return [
      say(
        `Periksa server utama zona ${place.id}, lalu tulis dengan nsupdate: ${lines.join(' ⏎ ')} ⏎ send`,
        `Look at the first server of the zone ${place.id}, then write with nsupdate: ${lines.join(' ⏎ ')} ⏎ send`,
      ),
    ]
  }
  if (place.kind === 'books')
    return [
      say(
        `Buku Suar sendiri (${resource} ${name}) tidak dapat ditulis: periksa disk dan log Suar.`,
        `The books of Suar (${resource} ${name}) could not be written: look at its disk and log.`,
      ),
    ]
  const kept = `/var/lib/suar-host/kept/${number.toLowerCase()}-${step.no}/`
  const file = FILES[resource]?.(name, step)
  const lines: Words[] = [say(`Masuk ke host ${place.id} sebagai root.`, `Log in to the host ${place.id} as root.`)]
  if (before === null)
    lines.push(
      file === undefined
        ? say(
            `${resource} ${name} tidak ada sebelumnya: hapus, setelah memeriksa bahwa tidak dipakai.`,
            `${resource} ${name} was not there before: remove it, after looking that nothing uses it.`,
          )
        : say(`Hapus ${file.path}: sebelumnya tidak ada.`, `Remove ${file.path}: it was not there before.`),
    )
  else
    lines.push(
      file === undefined
        ? say(
            `Kembalikan ${resource} ${name} seperti “sebelum” pada langkah ini; yang disisihkan ada di ${kept}.`,
            `Put ${resource} ${name} back as “before” in this step says; what was put aside is in ${kept}.`,
          )
        : say(
            `Kembalikan ${file.path} dari ${kept} (isi “sebelum” ada pada langkah ini).`,
            `Put ${file.path} back from ${kept} (its content is “before” in this step).`,
          ),
    )
  if (file?.test !== undefined)
    lines.push(say(`Uji: ${file.test}. Jangan teruskan sebelum berhasil.`, `Test: ${file.test}. Do not go on before it succeeds.`))
  if (file?.reload !== undefined) lines.push(say(`Muat ulang: ${file.reload}`, `Reload: ${file.reload}`))
  return lines
}
