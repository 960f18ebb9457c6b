// The commands of hosting against a running daemon: a host adopted by a script, a website planned from a file and applied, records shown and reverted.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChangeView, DriftReport, HostView, ZoneChangeView } from '../../../daemon/domain/hosting-view.ts'
import { type Asking, asking } from '../../support/asking.ts'
import { type Ran, suar } from '../../support/cli.ts'
import { type Daemon, dataFolder, startDaemon } from '../../support/daemon.ts'
import { settingsOf } from '../../support/host/adopt.ts'
import { canHost, startHost, type TestHost } from '../../support/host/start.ts'
import { freeDnsPort, hasNamed, type NamedPair, startNamed } from '../../support/named.ts'
import { Pki } from '../../support/pki.ts'

const ZONE = 'kota.example.go.id'

describe('the commands of hosting', function () {
  this.timeout(120_000)
  const data = dataFolder()
  const pki = new Pki()
  let host: TestHost
  let named: NamedPair
  let daemon: Daemon
  let ask: Asking
  let config = ''

  before(async function () {
    if (!canHost() || !hasNamed()) this.skip()
    host = await startHost({ with: ['nginx'] })
    await host.install(`mkdir -p /etc/suar-host\ncat >/etc/suar-host/broker.json <<'END'\n${JSON.stringify(settingsOf(host))}\nEND\n`)
    named = await startNamed([{ name: ZONE, records: 'old A 127.0.0.10\n' }])
    const authority = pki.authority('Kota')
    config = join(data.path, 'suar.yaml')
    const tls = `  tls:\n    own: { certificate: ${authority.files.certificate}, key: ${authority.files.key} }\n    roots: [${authority.files.certificate}]\n`
    writeFileSync(config, `data: ${data.path}/kept\nhttp: { port: ${await freeDnsPort()} }\nprovisioning:\n${tls}`)
    daemon = await startDaemon({ data: `${data.path}/kept`, config, cwd: data.path, env: { SUAR_HTTP_PORT: undefined } })
    ask = asking(() => daemon)
    const agency = { name: 'Kota', short: 'Kota', kind: 'own', address: '', phone: '', email: '' }
    assert.ok((await ask.post('organisations', agency)).status < 300)
  })
  after(async () => {
    await daemon?.stop()
    await named?.close()
    await host?.stop()
    pki[Symbol.dispose]()
    data.remove()
  })

  const run = (...args: string[]): Promise<Ran> => suar([...args, '--config', config])
  const json = async <T>(code: number, ...args: string[]): Promise<T> => {
    const ran = await run(...args, '--json')
    assert.equal(ran.code, code, `${args.join(' ')}: ${ran.stdout}${ran.stderr}`)
    return JSON.parse(ran.stdout) as T
  }
  const websiteFile = (quota: number): string => {
    const file = join(data.path, 'website.yaml')
    const records = `records: [{ zone: ${ZONE}, domain: www.${ZONE}, address: ${host.address}, ttl: 300 }]`
    const lines = [
      'name: kota',
      `host: ${host.name}`,
      `domains: [www.${ZONE}]`,
      'runtime: { kind: static }',
      `quota: ${quota}`,
      'certificate: own',
      records,
    ]
    writeFileSync(file, `${lines.join('\n')}\n`)
    return file
  }
  let planned: ChangeView

  it('adopt a host in four of them', async () => {
    assert.match((await run('host', 'list')).stdout, /No hosts/)
    assert.equal((await run('host', 'add', host.name, host.address, '--port', String(host.ports.ssh))).code, 0)
    const script = await run('host', 'install', host.name)
    assert.equal(script.code, 0, script.stderr)
    await host.install(script.stdout)
    const shown = await json<HostView>(1, 'host', 'check', host.name)
    assert.equal(shown.shownKey, host.hostKey, JSON.stringify(shown))
    assert.equal((await json<HostView>(0, 'host', 'check', host.name, '--trust', host.hostKey)).state, 'ready')
    assert.match((await run('host', 'list')).stdout, new RegExp(`${host.name}.*ready`))
  })

  it('plan a website from a file, and say at which line it cannot be', async () => {
    const wrong = join(data.path, 'wrong.yaml')
    writeFileSync(wrong, 'name: kota\nhost: web1\ndomains: ["www.example.go.id;rm"]\nruntime: { kind: static }\nquota: 64\n')
    const refused = await run('plan', '--file', wrong, '--reason', 'a test', '--organisation', 'Kota')
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /wrong\.yaml:3.*domains/)
    assert.equal((await run('plan', 'T-2026-0001')).code, 2)

    const zone = { kind: 'bind', name: ZONE, servers: [named.primary, named.secondary], key: named.key }
    assert.equal((await ask.post('zones', zone)).status, 200)
    planned = await json<ChangeView>(0, 'plan', '--file', websiteFile(64), '--reason', 'a new website', '--organisation', 'Kota')
    assert.ok(planned.plan?.steps.some(({ resource }) => resource === 'rrset'))
    const text = (await run('plan', planned.number, '--full')).stdout
    assert.match(text, new RegExp(`Digest: ${planned.plan?.digest}`))
    assert.match(text, /\+ content: .*server_name www\.kota\.example\.go\.id;/)
  })

  it('apply the plan that was read and no other, telling each step and proof', async () => {
    const other = await run('apply', planned.number, '--digest', '0'.repeat(64))
    assert.deepEqual([other.code, /another|not the plan/i.test(other.stderr)], [1, true], other.stderr)
    const ran = await run('apply', planned.number, '--digest', planned.plan?.digest ?? '')
    assert.equal(ran.code, 0, ran.stdout + ran.stderr)
    assert.match(ran.stdout, /done +1 /)
    assert.match(ran.stdout, new RegExp(`${planned.number} is verified`))
    assert.match(await named.dig(named.secondary, '+short', `www.${ZONE}`, 'A'), new RegExp(host.address))
  })

  it('tell what is otherwise, by exit code as well', async () => {
    assert.deepEqual(
      (await json<DriftReport>(0, 'drift', host.name)).items.filter(({ kind }) => kind !== 'foreign'),
      [],
    )
    await host.run(['rm', '/etc/logrotate.d/suar-kota'])
    const { items } = await json<DriftReport>(1, 'drift', host.name)
    assert.deepEqual(
      items.flatMap(({ kind, resource }) => (kind === 'foreign' ? [] : [`${kind} ${resource}`])),
      ['missing logrotate'],
    )
    const change = await ask.post<{ number: string }>('websites/kota/changes', { purpose: 'repair', reason: 'put it back' })
    const { plan } = await json<ChangeView>(0, 'plan', change.body.number)
    assert.equal((await run('apply', change.body.number, '--digest', plan?.digest ?? '')).code, 0)
    assert.equal((await run('drift', host.name)).code, 0)
  })

  it('tell it of a zone and of the books too, and of everything at once; what others made in a zone is counted only', async () => {
    const report = await json<DriftReport>(0, 'drift', ZONE)
    assert.deepEqual([report.items, report.checked], [[], 1])
    assert.ok((report.others ?? 0) >= 2, 'its name servers, and the old one')
    assert.equal((await json<DriftReport>(0, 'drift', 'books')).place.kind, 'books')
    await named.nsupdate(ZONE, [`update delete www.${ZONE} A`])
    const unit = '/etc/systemd/system/suar-firewall.service'
    await host.run(['sh', '-c', `mkdir -p $(dirname ${unit}); test -e ${unit} || printf '[Unit]\\nDescription=ours\\n' >${unit}`])
    assert.match((await run('drift', ZONE)).stdout, /missing +rrset +www/)
    const all = await json<readonly DriftReport[]>(1, 'drift', '--all')
    assert.deepEqual(
      all.map(({ place, items }) => [place.id, items.filter(({ kind }) => kind !== 'foreign').length]),
      [
        [host.name, 0],
        [ZONE, 1],
        ['suar', 0],
      ],
    )
    assert.deepEqual(
      all[0]?.items.filter(({ resource, name }) => resource === 'unit' && name === 'firewall'),
      [],
      'a unit of Suar itself is nobody else\u2019s',
    )
    await named.nsupdate(ZONE, [`update add www.${ZONE} 300 A ${host.address}`])
    assert.equal((await run('drift', ZONE)).code, 0)
    assert.equal((await run('drift', 'elsewhere')).code, 1)
    assert.equal((await run('drift')).code, 2)
  })

  it('show the records of a zone, what was changed in it, and put one back', async () => {
    assert.match((await run('dns', 'show', ZONE, 'www')).stdout, new RegExp(`www\\.${ZONE}\\. +300 +A +${host.address} +kota`))
    assert.match((await run('dns', 'show', ZONE, '--type', 'a')).stdout, /old\.kota\.example\.go\.id\./)
    const was = { type: 'A', ttl: 3600, data: ['127.0.0.10'] }
    const [old] = (await ask.get<{ items: { name: string; state: typeof was }[] }>(`zones/${ZONE}?search=old`)).items
    const state = old?.state ?? was
    const sent = { changes: [{ name: `old.${ZONE}. A`, before: state, after: { ...state, data: ['127.0.0.99'] } }], reason: 'it moved' }
    const stale = await ask.post(`zones/${ZONE}/records`, { ...sent, changes: [{ ...sent.changes[0], before: null }] })
    assert.equal(stale.status, 409)
    const made = await ask.post<{ number: string }>(`zones/${ZONE}/records`, sent)
    const { plan } = await json<ChangeView>(0, 'plan', made.body.number)
    assert.equal((await run('apply', made.body.number, '--digest', plan?.digest ?? '')).code, 0)
    const items = await json<readonly ZoneChangeView[]>(0, 'dns', 'diff', ZONE)
    const entry = items.find(({ name }) => name.startsWith('old.'))
    assert.match((await run('dns', 'diff', ZONE, String(entry?.id))).stdout, /- old.* 127\.0\.0\.10\n.*\+ old.* 127\.0\.0\.99/)
    const back = await json<ChangeView>(0, 'dns', 'revert', ZONE, String(entry?.id), '--reason', 'it moved back')
    assert.equal((await run('apply', back.number, '--digest', back.plan?.digest ?? '')).code, 0)
    assert.match(await named.dig(named.primary, '+short', `old.${ZONE}`, 'A'), /^127\.0\.0\.10$/m)
    const again = await run('dns', 'revert', ZONE, String(entry?.id), '--reason', 'once more')
    assert.deepEqual([again.code, /already/.test(again.stderr)], [1, true], again.stderr)
  })

  it('put back what a change did', async () => {
    const file = websiteFile(128)
    const edit = await json<ChangeView>(0, 'plan', '--file', file, '--reason', 'more room')
    const ended = await run('apply', edit.number, '--digest', edit.plan?.digest ?? '')
    assert.equal(ended.code, 0, ended.stdout + ended.stderr)
    assert.equal((await run('undo', edit.number)).code, 2)
    const undone = await run('undo', edit.number, '--reason', 'not needed')
    assert.equal(undone.code, 0, undone.stdout + undone.stderr)
    assert.match(undone.stdout, /is undone/)
    assert.equal((await ask.get<{ wanted: { quota: number } }>('websites/kota')).wanted.quota, 64)
  })

  it('say that nobody answers when no daemon runs', async () => {
    await daemon.stop()
    const ran = await run('host', 'list')
    assert.equal(ran.code, 3, ran.stderr)
  })
})
