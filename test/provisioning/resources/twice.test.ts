// Steps that were cut off: done again they are done once, and undone without their own word of it things are as before.
import assert from 'node:assert/strict'
import type { Call } from '../../../daemon/domain/call.ts'
import type { PlanStep, State, Undo, Wanted } from '../../../daemon/domain/change.ts'
import type { Hands } from '../../../provisioning/hands.ts'
import { must, quiet } from '../../store/support/must.ts'
import { selfSigned } from '../../support/certificate.ts'
import { canHost } from '../../support/host/start.ts'
import { writing } from '../site/private-root.ts'
import { openStage, type Stage } from './stage.ts'

describe('a step of every kind', function () {
  this.timeout(180_000)
  let stage: Stage
  let hands: Hands
  let no = 0
  const call: Call = { signal: new AbortController().signal, log: quiet }

  before(async function () {
    if (!canHost()) this.skip()
    stage = await openStage(['nginx', 'php', 'mariadb'])
    hands = stage.handsFor('C-2026-9001')
    const host = must(await hands.host(stage.adopted.id, call))
    must(await host.ask('lock', { lease: 'C-2026-9001', seconds: 600 }, call))
  })
  after(() => stage?.close())

  const site = (more: object = {}) =>
    stage.website({
      runtime: { kind: 'php', version: '8.2' },
      database: { engine: 'mariadb', size: 100 },
      cron: [{ time: '0 1 * * *', interpreter: 'php', file: 'private/a.php' }],
      openings: [{ protocol: 'tcp', port: 8443, from: 'any' }],
      backup: { every: 'daily', days: 30 },
      ...more,
    })
  const entry = ({ resource }: Pick<Wanted, 'resource'>) => stage.shelf.get(resource)!
  const now = async (thing: Wanted): Promise<State | null> => {
    const found = must(await entry(thing).read(thing.place.id, [thing.name], hands, call)).get(thing.name)!
    return found.kind === 'absent' ? null : found.state
  }
  const stepOf = (thing: Wanted, before: State | null, after: State | null): PlanStep => ({
    ...thing,
    no: ++no,
    action: before === null ? 'create' : after === null ? 'remove' : 'change',
    before,
    after,
    danger: 'plain',
    words: { id: 'x', en: 'x' },
  })
  const apply = async (step: PlanStep): Promise<Undo> => must(await entry(step).apply(step, hands, call))
  const undo = async (step: PlanStep, undo: Undo | null): Promise<void> => must(await entry(step).undo(step, undo, hands, call))

  it('makes a thing once, however often it is done, and takes it back, however often', async () => {
    const things = await stage.things(site())
    const steps: PlanStep[] = []
    for (const thing of things) {
      const step = stepOf(thing, null, thing.state)
      await apply(step)
      await apply(step)
      assert.deepEqual(await now(thing), thing.state, thing.resource)
      steps.push(step)
    }
    assert.equal(stage.certificates.given(), 1)
    for (const step of steps.toReversed()) {
      await undo(step, null)
      await undo(step, null)
      assert.equal(await now(step as unknown as Wanted), null, step.resource)
    }
    assert.equal(await stage.certificates.current('dinkes'), null)
  })

  it('removes a thing and brings it back as it was, with its word and without', async () => {
    const things = await stage.things(site())
    for (const thing of things) await apply(stepOf(thing, null, thing.state))
    await stage.host.install("echo isi >/srv/suar/dinkes/public/a.txt; echo 'create table t (a int); insert into t values (42);' | mariadb dinkes\n")
    const id = (await stage.host.run(['id', 'dinkes'])).stdout
    // Each with those that stand upon it gone, as a website goes.
    const gone: { readonly step: PlanStep; readonly undo: Undo }[] = []
    for (const thing of things.toReversed()) {
      const step = stepOf(thing, thing.state, null)
      await apply(step)
      const said = await apply(step)
      assert.equal(await now(thing), null, thing.resource)
      gone.push({ step, undo: said })
    }
    for (const [i, { step, undo: said }] of gone.toReversed().entries()) {
      await undo(step, i % 2 === 0 ? null : said)
      await undo(step, i % 2 === 0 ? said : null)
      assert.deepEqual(await now(step as unknown as Wanted), step.before, step.resource)
    }
    assert.equal((await stage.host.run(['cat', '/srv/suar/dinkes/public/a.txt'])).stdout, 'isi\n')
    assert.equal((await stage.host.run(['mariadb', '-N', '-e', 'select a from t', 'dinkes'])).stdout, '42\n')
    assert.equal((await stage.host.run(['id', 'dinkes'])).stdout, id, 'with the number that its files have')
  })

  it('changes a thing and changes it back, without its word', async () => {
    const [was, will] = [
      await stage.things(site()),
      await stage.things(
        site({
          runtime: { kind: 'php', version: '8.2', children: 3 },
          backup: { every: 'weekly', days: 9 },
          openings: [{ protocol: 'udp', port: 53, from: '10.0.0.0/8' }],
          cron: [{ time: '5 5 * * *', interpreter: 'sh', file: 'private/b.sh' }],
          domains: ['dinkes.example.go.id', 'lain.example.go.id'],
          database: { engine: 'mariadb', size: 100, connections: 7 },
        }),
      ),
    ]
    let changed = 0
    for (const thing of will) {
      const before = was.find(({ resource, name }) => resource === thing.resource && name === thing.name)!.state
      if (JSON.stringify(before) === JSON.stringify(thing.state)) continue
      const step = stepOf(thing, before, thing.state)
      await apply(step)
      await apply(step)
      assert.deepEqual(await now(thing), thing.state, thing.resource)
      await undo(step, null)
      await undo(step, null)
      assert.deepEqual(await now(thing), before, thing.resource)
      changed++
    }
    assert.ok(changed >= 7, `${changed}`)
  })

  it('renews a certificate once, and goes back to the one before', async () => {
    const thing = (await stage.things(site())).find(({ resource }) => resource === 'certificate')!
    const old = (await stage.certificates.current('dinkes'))!
    stage.certificates.wear('dinkes')
    const due = await now(thing)
    assert.deepEqual(due, { ...thing.state, due: true })
    const step = stepOf(thing, due, thing.state)
    const given = stage.certificates.given()
    await apply(step)
    const said = await apply(step)
    assert.equal(stage.certificates.given(), given + 1)
    assert.deepEqual(await now(thing), thing.state)
    for (const word of [said, null]) {
      await undo(step, word)
      assert.equal((await stage.certificates.current('dinkes'))?.fingerprint, old.fingerprint)
      assert.deepEqual(await now(thing), due)
    }
  })

  it('is refused where a thing is neither as before nor as after', async () => {
    const thing = (await stage.things(site())).find(({ resource }) => resource === 'nginx')!
    await stage.host.install("echo '# by hand' >>/etc/nginx/suar.d/dinkes.conf\n")
    const refused = await entry(thing).apply(stepOf(thing, thing.state, null), hands, call)
    assert.equal(refused.ok ? 'done' : refused.failure.kind, 'stale')

    const certificate = (await stage.things(site())).find(({ resource }) => resource === 'certificate')!
    const { certificate: chain, key } = selfSigned('dinkes.example.go.id')
    await stage.host.install(
      `${writing('/etc/suar-host/tls/dinkes/fullchain.pem', chain.replaceAll('\r', ''))}${writing('/etc/suar-host/tls/dinkes/key.pem', key)}`,
    )
    const kept = await entry(certificate).apply(stepOf(certificate, certificate.state, null), hands, call)
    assert.equal(kept.ok ? 'done' : kept.failure.kind, 'stale')
  })
})
