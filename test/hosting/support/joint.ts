// The desk with its people and hosting over folders, tied together as the house does it: what tickets ask for, and what they are told.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Desk, openDesk } from '../../../daemon/desk/desk.ts'
import type { Change, State } from '../../../daemon/domain/change.ts'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { Network } from '../../../daemon/domain/inventory.ts'
import { done } from '../../../daemon/domain/outcome.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import type { TicketAction } from '../../../daemon/domain/ticket-action.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { type Follower, followedBy } from '../../../daemon/following.ts'
import { type Hosting, openHosting } from '../../../daemon/hosting.ts'
import { hostingAnnexes } from '../../../daemon/hosting-papers.ts'
import { ProvisioningSettings } from '../../../daemon/hosting-settings.ts'
import type { HostingTickets } from '../../../daemon/hosting-tickets.ts'
import { readShelf } from '../../../daemon/shelf.ts'
import { type Resource, resource } from '../../../provisioning/resource.ts'
import { credentialOf } from '../../../provisioning/site/outside/database.ts'
import { type House, openHouse } from '../../desk/tickets/support/house.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must, quiet } from '../../store/support/must.ts'
import { until } from '../../support/daemon.ts'
import { type Mishap, notes } from '../../support/folder-place.ts'

export interface Joint {
  /** Of the records. */
  readonly folder: string
  readonly house: House
  readonly desk: Desk
  hosting: Hosting
  /** What goes wrong with a thing from now on. */
  mishap: Mishap
  readonly annexes: (ticket: string) => Promise<readonly { readonly title: string }[]>
  as(login: string): Promise<Viewer>
  do(number: string, login: string, action: TicketAction): Promise<TicketView>
  view(number: string): Promise<TicketView>
  /** From verification through the dispositions to the officer. */
  toWork(number: string): Promise<void>
  /** From the end of the work into the archive. */
  close_(number: string): Promise<void>
  /** When it is in one of these states and nobody is at work on it. */
  reached(number: string, ...states: Change['state'][]): Promise<ChangeView>
  applied(number: string, ...states: Change['state'][]): Promise<ChangeView>
  /** All that was to be told is told. */
  told(): Promise<void>
  /** As a daemon that starts anew on the same records; without the desk its tickets hear nothing. */
  reopen(withDesk?: boolean): Promise<void>
  close(): Promise<void>
}

const SHELF = fileURLToPath(new URL('../../../provisioning/resources/', import.meta.url))
const isResource = (value: unknown): value is Resource => typeof value === 'object' && value !== null && 'apply' in value

/** The real kinds of things, kept in folders; passwords are made as on a host. `real` ones are left as they are. */
async function folders(root: string, mishap: () => Mishap, real: readonly string[]): Promise<ReadonlyMap<string, Resource>> {
  const shelf = new Map<string, Resource>()
  for (const [name, entry] of must(await readShelf(SHELF, isResource))) {
    if (real.includes(name)) {
      shelf.set(name, entry)
      continue
    }
    const kept = notes(join(root, name), (doing, thing) => mishap()(doing, `${name}/${thing}`))
    shelf.set(
      name,
      resource<State>({
        ...(kept as Resource<State>),
        ...{ name, place: entry.place, words: entry.words, state: z.record(z.string(), z.any()) },
        async apply(step, hands, call) {
          if ((name === 'mariadb' || name === 'postgresql') && step.after !== null) await hands.credentials.make(credentialOf(step))
          return await kept.apply(step, hands, call)
        },
      }),
    )
  }
  return shelf
}

const FACTS = {
  ...{ broker: '1', system: 'Debian GNU/Linux 12', hostname: 'alpha', systemd: true, nginx: true, apache: false, php: ['8.2', '8.3'] },
  ...{ mariadb: true, postgresql: true, bind: false, nftables: true, quota: 'ext4', listen: { address: '*', http: 80, https: 443 } },
}

/** `real`: kinds of things that are no folders. */
export async function openJoint({ real = [] }: { readonly real?: readonly string[] } = {}): Promise<Joint> {
  const folder = tempFolder()
  const house = await openHouse(folder)
  const { records } = house
  const clock = () => house.clock.now
  await records.hosts.add(
    {
      ...{ id: 'alpha', name: 'Alpha', address: '10.1.0.10', port: 22, hostKey: `SHA256:${'a'.repeat(43)}`, shownKey: null, broker: '1' },
      ...{ facts: FACTS, seenAt: clock(), trouble: null, addedAt: clock() },
    },
    '{}',
  )
  const followers: Follower[] = []
  const following = followedBy(records.audit.together, () => followers)
  const desk = openDesk({
    ...house.sources,
    tickets: { ...records.desk.tickets, commit: (needs, write) => following(() => records.desk.tickets.commit(needs, write)) },
  })
  const networks = [Network.parse({ id: 'srv', name: 'Layanan', cidr: '10.1.0.0/24', gateway: '10.1.0.1', reserved: ['10.1.0.2-10.1.0.20'] })]
  const place = { inventory: { networks, equipment: [] } } as never
  const zone = () => 'Asia/Jakarta'
  let tickets: HostingTickets | null = null
  let mishap: Mishap = () => null
  const shelf = await folders(join(folder, 'places'), () => mishap, real)
  const open = async (withDesk: boolean): Promise<Hosting> => {
    const hosting = must(
      await openHosting({
        ...{
          settings: ProvisioningSettings.parse(undefined),
          records,
          clock,
          zone,
          log: quiet,
          shelf,
          patience: 5_000,
          enter: () => Promise.resolve(done(() => Promise.resolve())),
        },
        base: () => 'https://suar.example.go.id',
        alarms: { system: () => undefined, open: () => [] },
        ...(withDesk ? { tickets: { desk, place, fleet: { members: () => [].values() as never }, carriers: () => ['email'], language: 'id' } } : {}),
      }),
    )
    tickets = hosting.tickets
    followers.splice(0, followers.length, hosting)
    return hosting
  }
  const view = async (number: string) => must(await desk.view(number, await house.as('petugas')))
  const act = async (number: string, login: string, action: TicketAction) => must(await desk.act(number, action, await house.as(login)))
  const joint: Joint = {
    ...{ folder, house, desk, view, as: house.as, do: act },
    hosting: await open(true),
    get mishap() {
      return mishap
    },
    set mishap(given) {
      mishap = given
    },
    annexes: hostingAnnexes({ records, zone, language: 'id' }),
    async toWork(number) {
      await house.complete(number)
      await act(number, 'petugas', { kind: 'verify', note: 'Lengkap' })
      await act(number, 'kadis', { kind: 'dispose', to: await house.person('kabid'), note: 'Tindak lanjuti.' })
      await act(number, 'kabid', { kind: 'dispose', to: await house.person('prakom'), note: 'Mohon ditelaah.' })
      await act(number, 'prakom', { kind: 'dispose', to: await house.person('petugas'), note: 'Kerjakan.' })
    },
    async close_(number) {
      await act(number, 'petugas', { kind: 'report', text: 'Selesai dan berfungsi.', recommendation: '' })
      const { documents } = await act(number, 'petugas', { kind: 'minutes' })
      const id = documents.find(({ kind }) => kind === 'minutes')?.id ?? 0
      for (const [party, login] of ['kabid', 'pemohon'].entries()) must(await desk.sign(id, { party, method: 'approval' }, await house.as(login)))
      await act(number, 'petugas', { kind: 'archive' })
    },
    reached: (number, ...states) =>
      until(
        `${number} ${states.join(' or ')}`,
        async () => must(await joint.hosting.changes.one(number, await house.as('petugas'))),
        one => states.includes(one.state) && !joint.hosting.engine.working().includes(number),
      ),
    async applied(number, ...states) {
      const { plan, may } = await joint.reached(number, 'planned')
      const digest = plan?.digest ?? ''
      if (!may.includes('apply')) must(await joint.hosting.changes.act(number, { kind: 'consent', digest }, await house.as('prakom')))
      must(await joint.hosting.changes.act(number, { kind: 'apply', digest }, await house.as('petugas')))
      return await joint.reached(number, ...(states.length > 0 ? states : (['verified'] as const)))
    },
    async told() {
      await until(
        'the last state was heard of',
        async () => joint.hosting.engine.working().length,
        n => n === 0,
      )
      await new Promise(resolve => setImmediate(resolve))
      await tickets?.close()
    },
    async reopen(withDesk = true) {
      await joint.hosting.close()
      joint.hosting = await open(withDesk)
    },
    async close() {
      await joint.hosting.close()
      await house.close()
    },
  }
  return joint
}
