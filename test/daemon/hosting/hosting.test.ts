// Hosting as the house opens it: a host adopted, a website from being asked for to being proven, watched, found changed, repaired and let go.
import assert from 'node:assert/strict'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { must } from '../../store/support/must.ts'
import { until } from '../../support/daemon.ts'
import { canHost } from '../../support/host/start.ts'
import { viewer } from '../../support/viewers.ts'
import { admin, officer, openYard, second, type Yard } from './yard.ts'

const MINE = { page: 1, size: 50, search: '', sort: 'name' } as const
const tell = ({ state, change, journal }: ChangeView): string =>
  `${state} ${'why' in change ? change.why.message : ''} ${JSON.stringify(journal.at(-1))}`

describe('hosting', function () {
  this.timeout(120_000)
  let yard: Yard

  before(async function () {
    if (!canHost()) this.skip()
    yard = await openYard(['nginx'])
  })
  after(() => yard?.close())

  const asked = async (given: Parameters<Yard['website']>[0] = {}): Promise<string> =>
    must(
      await yard.hosting.websites.create(
        { organisation: yard.organisation, website: yard.website(given), ticket: 'T-2026-0007', reason: 'asked for' },
        officer,
      ),
    ).number

  it('adopts a host by its script and by a key that a person compared, and by no other', async () => {
    const { hosts } = yard.hosting
    const { name, address, ports, hostKey } = yard.host
    must(await hosts.add({ id: name as never, name: 'Web 1', address, port: ports.ssh }, admin))
    const again = await hosts.add({ id: name as never, name: 'Web 1', address, port: ports.ssh }, admin)
    assert.equal(again.ok ? '' : again.failure.kind, 'conflict')
    const early = await hosts.trust(name, hostKey, admin)
    assert.equal(early.ok ? '' : early.failure.kind, 'conflict', 'a key that was never shown cannot be trusted')
    await yard.host.install(must(await hosts.install(name, admin)).text)
    const shown = must(await hosts.check(name, admin, AbortSignal.timeout(20_000)))
    assert.deepEqual([shown.state, shown.shownKey, shown.hostKey], ['waiting', hostKey, null])
    const other = await hosts.trust(name, `SHA256:${'A'.repeat(43)}`, admin)
    assert.equal(other.ok ? '' : other.failure.kind, 'conflict')
    const ready = must(await hosts.trust(name, hostKey, admin))
    assert.deepEqual([ready.state, ready.trouble, ready.facts?.['nginx']], ['ready', null, true])
  })

  it('makes a website by a plan that is read first, and tells it verified', async () => {
    const number = await asked()
    const planned = await yard.reached(number, ['planned'])
    assert.ok((planned.plan?.steps.length ?? 0) >= 5)
    assert.deepEqual([planned.ticket, planned.may.includes('apply'), planned.why], ['T-2026-0007', true, null])
    assert.equal((await yard.hosting.websites.page(MINE, officer)).items[0]?.state, 'making')
    const wrong = await yard.hosting.changes.act(number, { kind: 'apply', digest: '0'.repeat(64) }, officer)
    assert.equal(wrong.ok ? '' : wrong.failure.kind, 'conflict')

    const through = await yard.carried(number)
    assert.equal(through.state, 'verified', tell(through))
    const { steps, done, journal } = through
    assert.deepEqual([done, journal.at(0)?.kind, journal.at(-1)?.kind], [steps, 'began', 'verified'])
    const [row] = (await yard.hosting.websites.page(MINE, officer)).items
    assert.deepEqual([row?.state, row?.organisationName, row?.drift], ['live', 'Dinas Kesehatan', 0])
    assert.ok((row?.certificateUntil ?? 0) > Date.now())
    const actions = (await yard.records.audit.page({ size: 50 })).map(({ action, subject }) => `${action} ${subject}`)
    for (const action of [`change.request ${number}`, `change.apply ${number}`, `host.trust ${yard.host.name}`])
      assert.ok(actions.includes(action), action)
    await until(
      'the end in the trail',
      async () => await yard.records.audit.page({ size: 5, action: 'change.end' }),
      ({ length }) => length === 1,
    )
  })

  it('shows a website to whom it belongs and to nobody else, and takes no name or domain twice', async () => {
    const owner = viewer('requester', { organisations: [yard.organisation] })
    const stranger = viewer('requester', { organisations: [yard.organisation + 1] })
    assert.equal((await yard.hosting.websites.page(MINE, owner)).total, 1)
    assert.equal((await yard.hosting.websites.page(MINE, stranger)).total, 0)
    assert.equal((await yard.hosting.websites.one('dinkes', stranger)).ok, false)
    assert.deepEqual(must(await yard.hosting.websites.one('dinkes', owner)).tickets, ['T-2026-0007'])
    for (const given of [{ domains: ['other.example.go.id'] }, { name: 'other' }]) {
      const taken = await yard.hosting.websites.create(
        { organisation: yard.organisation, website: yard.website(given), ticket: null, reason: 'once more' },
        officer,
      )
      assert.equal(taken.ok ? '' : taken.failure.kind, 'conflict')
    }
  })

  it('sees from outside that it answers, that it does not, and that it does again', async () => {
    const up = async () => (await yard.hosting.websites.page(MINE, officer)).items[0]?.up
    const look = async () => {
      yard.clock.now += 1_000
      return await up()
    }
    await until('that it answers', look, is => is === true)
    await yard.host.run(['sh', '-c', 'mv /srv/suar/dinkes /srv/suar/.dinkes; kill -STOP $(cat /run/nginx.pid) $(pgrep -P $(cat /run/nginx.pid))'])
    await until('the alarm', look, () => yard.alarms.has('hosting.down.dinkes'), 60_000)
    assert.equal(yard.alarms.get('hosting.down.dinkes')?.severity, 'critical')
    assert.equal((await yard.hosting.websites.page(MINE, officer)).items[0]?.state, 'troubled')
    await yard.host.run(['sh', '-c', 'mv /srv/suar/.dinkes /srv/suar/dinkes; kill -CONT $(pgrep -P $(cat /run/nginx.pid)) $(cat /run/nginx.pid)'])
    await until('its end', look, () => !yard.alarms.has('hosting.down.dinkes'))
    assert.equal(await up(), true)
  })

  it('finds what was changed by hand, says so, and repairs it by a plan', async () => {
    const { hosts, websites } = yard.hosting
    const path = '/etc/nginx/suar.d/dinkes.conf'
    const before = (await yard.host.run(['cat', path])).stdout
    await yard.host.run(['sh', '-c', `sed -i 's/dinkes.example.go.id/evil.example.org/' ${path}`])
    const report = must(await hosts.drift(yard.host.name, officer, AbortSignal.timeout(20_000)))
    assert.deepEqual(
      report.items.flatMap(({ kind, resource, name }) => (kind === 'foreign' ? [] : [`${kind} ${resource} ${name}`])),
      ['changed nginx dinkes'],
    )
    assert.match(yard.alarms.get(`hosting.drift.${yard.host.name}`)?.text.en ?? '', /nginx dinkes/)
    assert.equal(must(await websites.one('dinkes', officer)).drifts.length, 1)
    const { number } = must(await websites.change('dinkes', { purpose: 'repair', ticket: null, reason: 'put it right' }, officer))
    const through = await yard.carried(number)
    assert.equal(through.state, 'verified', tell(through))
    assert.equal((await yard.host.run(['cat', path])).stdout, before)
    must(await hosts.drift(yard.host.name, officer, AbortSignal.timeout(20_000)))
    assert.equal(yard.alarms.has(`hosting.drift.${yard.host.name}`), false)
  })

  it('stops everything at one switch, and goes on where it stood', async () => {
    const { hosts, websites, changes } = yard.hosting
    const { number } = must(await websites.change('dinkes', { purpose: 'suspend', ticket: null, reason: 'not paid' }, officer))
    const { plan } = await yard.reached(number, ['planned'])
    must(await hosts.stop(true, 'something is wrong', officer))
    const refused = await changes.act(number, { kind: 'apply', digest: plan?.digest ?? '' }, officer)
    assert.match(refused.ok ? '' : refused.failure.message, /something is wrong/)
    assert.equal((await hosts.provisioning()).by, 'Dewi')
    await yard.reopen()
    assert.equal((await yard.hosting.hosts.provisioning()).stopped, true)
    must(await yard.hosting.hosts.stop(false, 'it is well again', officer))
    assert.equal((await yard.carried(number)).state, 'verified')
    assert.equal((await yard.hosting.websites.page(MINE, officer)).items[0]?.state, 'suspended')
  })

  it('puts an applied change back, with the website as it was', async () => {
    const [last] = must(await yard.hosting.websites.one('dinkes', officer)).changes
    must(await yard.hosting.changes.act(last?.number ?? '', { kind: 'undo', reason: 'it is paid' }, officer))
    const back = await yard.reached(last?.number ?? '', ['undone', 'undoFailed'])
    assert.equal(back.state, 'undone', tell(back))
    assert.deepEqual([must(await yard.hosting.websites.one('dinkes', officer)).wanted.state, back.done], ['live', 0])
  })

  it('says exactly what to do when something cannot be put back', async () => {
    const number = await asked({ name: 'stuck', domains: ['stuck.example.go.id'] })
    const made = await yard.carried(number)
    assert.equal(made.state, 'verified', tell(made))
    // Somebody else's mistake: nginx takes no settings any more, so none of ours are touched.
    await yard.host.run(['sh', '-c', 'echo nonsense >/etc/nginx/conf.d/zz.conf'])
    must(await yard.hosting.changes.act(number, { kind: 'undo', reason: 'try' }, officer))
    const stuck = await yard.reached(number, ['undone', 'undoFailed'])
    assert.equal(stuck.state, 'undoFailed', tell(stuck))
    const told = yard.alarms.get(`hosting.undo.${number}`)
    assert.equal(told?.severity, 'critical')
    const text = stuck.instructions.map(({ en }) => en).join('\n')
    assert.match(text, /Step \d+ .* could not be put back/)
    for (const line of [`Log in to the host ${yard.host.name} as root.`, 'Remove /etc/nginx/suar.d/stuck.conf', 'Test: nginx -t.'])
      assert.ok(text.includes(line), text)
    assert.deepEqual(stuck.may, ['undo'])
    await yard.host.run(['rm', '/etc/nginx/conf.d/zz.conf'])
    must(await yard.hosting.changes.act(number, { kind: 'undo', reason: 'nginx is well again' }, officer))
    assert.equal((await yard.reached(number, ['undone', 'undoFailed'])).state, 'undone')
    assert.equal(yard.alarms.has(`hosting.undo.${number}`), false)
    assert.equal(await yard.records.websites.find('stuck'), null)
  })

  it('lets a website go only with a second person, keeps it through its grace, and then forgets it', async () => {
    const { websites, changes } = yard.hosting
    const { number } = must(await websites.change('dinkes', { purpose: 'decommission', ticket: null, reason: 'no longer used' }, officer))
    const { plan, may, why, danger } = await yard.reached(number, ['planned'])
    const { digest = '' } = plan ?? {}
    assert.deepEqual([danger, may.includes('apply'), may.includes('consent')], ['destructive', false, false])
    assert.match(why?.en ?? '', /second person/)
    for (const who of [officer, { ...second, account: 0 }])
      assert.equal((await changes.act(number, { kind: 'consent', digest }, who)).ok, false, `${who.name} may not agree`)
    must(await changes.act(number, { kind: 'consent', digest }, second))
    assert.equal((await yard.carried(number)).state, 'verified')
    const gone = must(await websites.one('dinkes', officer))
    assert.deepEqual([gone.state, (gone.graceUntil ?? 0) > yard.clock.now], ['removed', true])
    // The last backup has days of its own.
    assert.deepEqual(
      (await yard.records.changes.heldBy('dinkes')).map(({ resource }) => resource),
      ['archive'],
    )
    const kept = async () =>
      (await yard.host.run(['ls', '/var/lib/suar-host/kept'])).stdout.split('\n').filter(one => one.startsWith(number.toLowerCase()))
    assert.ok((await kept()).length > 0)

    yard.clock.now += 31 * 86_400_000
    await yard.hosting.night()
    assert.equal(await yard.records.websites.find('dinkes'), null)
    const [step] = plan?.steps.filter(({ resource }) => resource === 'archive') ?? []
    assert.deepEqual(await kept(), [`${number.toLowerCase()}-${step?.no}`])
    yard.clock.now += 366 * 86_400_000
    await yard.hosting.night()
    assert.deepEqual(await kept(), [])
  })
})
