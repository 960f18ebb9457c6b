// A yard to host in: hosting as the house opens it, on real records, with a real managed host that is adopted as an administrator does it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Severity } from '../../../daemon/domain/alarm.ts'
import type { ChangeState } from '../../../daemon/domain/change.ts'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import { Website } from '../../../daemon/domain/website.ts'
import { type Hosting, openHosting } from '../../../daemon/hosting.ts'
import { ProvisioningSettings } from '../../../daemon/hosting-settings.ts'
import { openRecords, type Records } from '../../../daemon/store/records.ts'
import { must, quiet } from '../../store/support/must.ts'
import { until } from '../../support/daemon.ts'
import { settingsOf } from '../../support/host/adopt.ts'
import { type ServiceName, startHost, type TestHost } from '../../support/host/start.ts'
import { Pki } from '../../support/pki.ts'
import { viewer } from '../../support/viewers.ts'

export const officer = viewer('officer', { account: 11, person: 11, name: 'Dewi' })
export const second = viewer('approver', { account: 12, person: 12, name: 'Budi' })
export const admin = viewer('admin', { account: 13, person: 13, name: 'Ari' })

export interface Yard {
  readonly records: Records
  hosting: Hosting
  readonly host: TestHost
  readonly alarms: Map<string, { readonly severity: Severity; readonly text: { readonly id: string; readonly en: string } }>
  readonly clock: { now: number }
  readonly organisation: number
  website(given?: object): Website
  adopt(): Promise<void>
  /** One more host, adopted; its caller stops it. */
  addHost(services: readonly ServiceName[]): Promise<TestHost>
  /** As the viewer sees it, when it is in one of these states and nobody is at work on it. */
  reached(number: string, states: readonly ChangeState[], who?: Viewer): Promise<ChangeView>
  /** Planned, agreed to where it wants that, applied, proven. */
  carried(number: string): Promise<ChangeView>
  /** As a daemon that is started anew on the same records. */
  reopen(): Promise<void>
  close(): Promise<void>
}

/** What an administrator of a host in a rack never has to say. */
const place = (host: TestHost): Promise<string> =>
  host.install(`mkdir -p /etc/suar-host\ncat >/etc/suar-host/broker.json <<'END'\n${JSON.stringify(settingsOf(host))}\nEND\n`)

/** `tls`: more of these settings, such as an authority that speaks ACME. */
export async function openYard(
  services: readonly ServiceName[],
  tls: { readonly roots?: readonly string[]; readonly acme?: object } = {},
  more: { readonly round?: number } = {},
): Promise<Yard> {
  await using doors = new AsyncDisposableStack()
  const host = doors.adopt(await startHost({ with: services }), host => host.stop())
  await place(host)
  const folder = mkdtempSync(join(tmpdir(), 'suar-yard-'))
  doors.defer(() => rmSync(folder, { recursive: true, force: true }))
  const pki = doors.use(new Pki())
  const authority = pki.authority('Yard')
  const clock = { now: Date.now() }
  const records = doors.adopt(must(await openRecords({ folder, log: quiet, clock: () => clock.now })), records => records.close())
  const agency = { name: 'Dinas Kesehatan', short: 'Dinkes', kind: 'agency', address: '', phone: '', email: '', goneAt: null } as const
  const { id: organisation } = await records.people.organisations.add(agency)
  const alarms: Yard['alarms'] = new Map()
  const settings = ProvisioningSettings.parse({
    tls: {
      ...tls,
      own: { certificate: authority.files.certificate, key: authority.files.key },
      roots: [authority.files.certificate, ...(tls.roots ?? [])],
    },
  })
  const open = async (): Promise<Hosting> =>
    must(
      await openHosting({
        ...{
          settings,
          records,
          log: quiet,
          clock: () => clock.now,
          zone: () => 'Asia/Jakarta',
          base: () => 'https://suar.example.go.id',
          every: 1_000,
          ...more,
        },
        alarms: {
          system: (code, state) => void (state === null ? alarms.delete(code) : alarms.set(code, state as never)),
          open: () => [...alarms.keys()].map(code => ({ key: `suar/-/${code}` })) as never,
        },
      }),
    )
  const yard: Omit<Yard, 'reached' | 'carried' | 'adopt' | 'addHost'> = {
    ...{ records, host, alarms, clock, organisation },
    hosting: await open(),
    website: (given = {}) =>
      Website.parse({
        ...{ name: 'dinkes', host: host.name, domains: ['dinkes.example.go.id'], runtime: { kind: 'static' }, quota: 64, certificate: 'own' },
        ...given,
      }),
    async reopen() {
      await yard.hosting.close()
      yard.hosting = await open()
    },
    close: () => kept.disposeAsync(),
  }
  doors.defer(() => yard.hosting.close())
  const kept = doors.move()
  const reached: Yard['reached'] = (number, states, who = officer) =>
    until(
      `${number} ${states.join(' or ')}`,
      async () => must(await yard.hosting.changes.one(number, who)),
      view => states.includes(view.state) && !yard.hosting.engine.working().includes(number),
    )
  const adopted = async (one: TestHost): Promise<void> => {
    const { hosts } = yard.hosting
    must(await hosts.add({ id: one.name as never, name: 'Web', address: one.address, port: one.ports.ssh }, admin))
    await one.install(must(await hosts.install(one.name, admin)).text)
    const shown = must(await hosts.check(one.name, admin, AbortSignal.timeout(20_000)))
    must(await hosts.trust(one.name, shown.shownKey ?? '', admin))
  }
  return Object.assign(yard, {
    reached,
    adopt: () => adopted(host),
    async addHost(services: readonly ServiceName[]) {
      const one = await startHost({ with: services })
      await place(one)
      await adopted(one)
      return one
    },
    async carried(number: string) {
      const { plan, may } = await reached(number, ['planned'])
      const { digest = '' } = plan ?? {}
      if (!may.includes('apply')) must(await yard.hosting.changes.act(number, { kind: 'consent', digest }, second))
      must(await yard.hosting.changes.act(number, { kind: 'apply', digest }, officer))
      return await reached(number, ['verified', 'unproven', 'undone', 'undoFailed'])
    },
  })
}
