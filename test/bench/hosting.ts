// How soon an approved request is a proven website behind a certificate of an authority; what two hundred websites on one host cost to compare and to plan;
// and fifty plans on ten hosts at a time. Real servers: sshd, nginx, PHP-FPM, MariaDB, BIND with its secondary, Pebble.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Change, Hand, Wanted } from '../../daemon/domain/change.ts'
import type { DriftReport } from '../../daemon/domain/hosting-view.ts'
import { Website } from '../../daemon/domain/website.ts'
import { SILENT } from '../../daemon/log.ts'
import { websiteThings } from '../../provisioning/site/graph.ts'
import { admin, openYard, type Yard } from '../daemon/hosting/yard.ts'
import { must } from '../store/support/must.ts'
import { startNamed } from '../support/named.ts'
import { startPebble } from '../support/pebble.ts'
import { type Bench, type Figure, main, median } from './run.ts'

const ROUNDS = 5
const SITES = 200
const HOSTS = 10
const PLANS = 50
const ZONE = 'babelprov.go.id'

const by: Hand = { account: 21, name: 'Bench', at: Date.now() }
const call = () => ({ signal: AbortSignal.timeout(600_000), log: SILENT })
const time = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const began = performance.now()
  return [await work(), (performance.now() - began) / 1000]
}

/** From the plan to its end; how long each took, s. */
async function carried({ hosting }: Yard, wanted: readonly Wanted[], website: string | null) {
  const { engine } = hosting
  const { number } = must(
    await engine.request({
      ...{ purpose: 'create', title: { id: 'Ukur', en: 'Measure' }, ticket: null, organisation: null, website, wanted },
      requested: { ...by, reason: 'to see how long it takes' },
    }),
  )
  must(await engine.approve(number, { ...by, account: 22 }, 'person'))
  const [planned, planning] = await time(async () => must(await engine.plan(number, call())))
  if (planned.state !== 'planned') throw new Error(planned.state)
  const { digest, danger, guard } = planned.plan
  if (danger !== 'plain' || guard !== null) must(await engine.consent(number, { ...by, account: 23 }, digest))
  const [ended, applying] = await time(async () => await must(await engine.apply(number, by, digest)).ended)
  return { ended, planning, applying }
}

/** Of what was made here; what the host has besides is its own. */
const differing = ({ items }: DriftReport): number => items.filter(({ kind }) => kind !== 'foreign').length
const verified = (change: Change): void => {
  if (change.state !== 'verified') throw new Error(`${change.number} is ${change.state}: ${'why' in change ? change.why.message : ''}`)
}

async function one(): Promise<readonly Figure[]> {
  const named = await startNamed([{ name: ZONE }])
  const pebble = await startPebble({ dns: named.primary, httpPort: 80 })
  const folder = mkdtempSync(join(tmpdir(), 'suar-bench-'))
  const roots = join(folder, 'roots.pem')
  writeFileSync(roots, pebble.root)
  const acme = { directory: pebble.directory, email: 'noc@example.go.id', ca: pebble.ca, look: { servers: [named.primary] } }
  const yard = await openYard(['nginx', 'php', 'mariadb'], { acme, roots: [roots] })
  try {
    await yard.adopt()
    must(await yard.hosting.zones.add({ kind: 'bind', name: ZONE, servers: [named.primary, named.secondary], key: named.key } as never, admin))
    const whole: number[] = []
    for (let i = 0; i < ROUNDS; i++) {
      const name = `site-${i}`
      const domain = `${name}.${ZONE}`
      const website = yard.website({
        ...{ name, domains: [domain], runtime: { kind: 'php', version: '8.2' }, database: { engine: 'mariadb', size: 100 }, certificate: 'acme' },
        records: [{ zone: ZONE, domain, address: yard.host.address, ttl: 300 }],
      })
      const { ended, planning, applying } = await carried(
        yard,
        must(websiteThings(website, must(await yard.hosting.websites.ground(yard.host.name)))),
        name,
      )
      verified(ended)
      whole.push(planning + applying)
    }
    // The goal is 30 s with what others take, 5 s without: the authority and the secondary answer at once here.
    return [{ name: 'approved to proven website with ACME, DNS, PHP, MariaDB', value: median(whole), unit: 's', goal: 5 }]
  } finally {
    await yard.close()
    await pebble.stop()
    await named.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function many(): Promise<readonly Figure[]> {
  const yard = await openYard(['nginx'])
  try {
    await yard.adopt()
    const ground = must(await yard.hosting.websites.ground(yard.host.name))
    const sites = Array.from({ length: SITES }, (_, i) =>
      Website.parse({ ...yard.website({ name: `site-${i}` }), domains: [`site-${i}.example.go.id`] }),
    )
    const wanted = sites.flatMap(site => must(websiteThings(site, ground)))
    const { ended, planning, applying } = await carried(yard, wanted, null)
    if (ended.state !== 'verified' && ended.state !== 'unproven') verified(ended)
    const place = { kind: 'host' as const, id: yard.host.name }
    const drifts: number[] = []
    const plans: number[] = []
    for (let i = 0; i < ROUNDS; i++) {
      const [report, took] = await time(async () => must(await yard.hosting.engine.drift(place, call())))
      if (differing(report) > 0 || report.checked < SITES * 4) throw new Error(`${differing(report)} of ${report.checked} differ`)
      drifts.push(took)
      const edited = yard.website({ name: 'site-7', domains: ['site-7.example.go.id', `alias-${i}.example.go.id`] })
      const made = await carried(yard, must(websiteThings(edited, ground)), 'site-7')
      verified(made.ended)
      plans.push(made.planning)
    }
    return [
      { name: `${SITES} websites on one host: making them all in one plan`, value: planning + applying, unit: 's' },
      { name: 'their drift', value: median(drifts), unit: 's', goal: 20 },
      { name: 'a plan for one of them', value: median(plans), unit: 's', goal: 1 },
    ]
  } finally {
    await yard.close()
  }
}

async function parallel(): Promise<readonly Figure[]> {
  const yard = await openYard(['nginx'])
  const more: Awaited<ReturnType<Yard['addHost']>>[] = []
  try {
    await yard.adopt()
    for (let i = 1; i < HOSTS; i++) more.push(await yard.addHost(['nginx']))
    const hosts = [yard.host.name, ...more.map(({ name }) => name)]
    const [all, took] = await time(
      async () =>
        await Promise.all(
          Array.from({ length: PLANS }, async (_, i) => {
            const host = hosts[i % HOSTS] ?? ''
            const website = yard.website({ name: `site-${i}`, host, domains: [`site-${i}.example.go.id`] })
            return await carried(yard, must(websiteThings(website, must(await yard.hosting.websites.ground(host)))), website.name)
          }),
        ),
    )
    for (const { ended } of all) verified(ended)
    for (const id of hosts) {
      const report = must(await yard.hosting.engine.drift({ kind: 'host', id }, call()))
      if (differing(report) > 0) throw new Error(`${id}: ${differing(report)} differ`)
    }
    return [{ name: `${PLANS} plans on ${HOSTS} hosts at a time, all proven`, value: took, unit: 's' }]
  } finally {
    await yard.close()
    for (const host of more) await host.stop()
  }
}

const bench: Bench = {
  name: 'hosting',
  async run() {
    return [...(await one()), ...(await many()), ...(await parallel())]
  },
}
export default bench
await main(import.meta, bench)
