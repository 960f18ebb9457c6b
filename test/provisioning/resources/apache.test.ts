// A website behind Apache with everything besides: timed programs, rotated logs, openings, addresses, a check and a backup.
import assert from 'node:assert/strict'
import type { State } from '../../../daemon/domain/change.ts'
import { canHost } from '../../support/host/start.ts'
import { tell, verified } from './outcome.ts'
import { openStage, type Stage } from './stage.ts'

describe('a website behind Apache, with all that may be besides', function () {
  this.timeout(120_000)
  let stage: Stage

  before(async function () {
    if (!canHost()) this.skip()
    stage = await openStage(['apache', 'php'])
  })
  after(() => stage?.close())

  const full = (more: object = {}) =>
    stage.website({
      name: 'bappeda',
      domains: ['bappeda.example.go.id'],
      server: 'apache',
      runtime: { kind: 'php', version: '8.2' },
      cron: [{ time: '*/10 * * * *', interpreter: 'php', file: 'private/kirim.php', arguments: ['--semua'] }],
      openings: [{ protocol: 'tcp', port: 8443, from: '10.20.0.0/16' }],
      addresses: [{ address: '192.0.2.7', zone: null, name: 'bappeda.example.go.id' }],
      backup: { every: 'daily', days: 30 },
      ...more,
    })
  const text = async (argv: readonly string[]) => (await stage.host.run(argv)).stdout
  const books = async (resource: string): Promise<readonly [string, State][]> =>
    [...(await stage.handsFor(null).books.list(resource))].flatMap(([name, found]) =>
      found.kind === 'ours' ? [[name, found.state] as [string, State]] : [],
    )

  it('is made and proven', async () => {
    const change = await stage.change(null, full())
    const said = verified(change).map(({ words }) => words.en)
    assert.ok(said.includes('Files of the website are served; links to files of others are refused'))
    assert.equal('plan' in change && change.plan.danger, 'privileged', 'something is opened to others')
    assert.match(
      await text(['cat', '/etc/cron.d/suar-bappeda']),
      /^\*\/10 \* \* \* \* bappeda \/usr\/bin\/php8\.2 \/srv\/suar\/bappeda\/private\/kirim\.php --semua$/m,
    )
    assert.match(await text(['nsenter', '--net=/run/suar-test/net', 'nft', 'list', 'table', 'inet', 'suar']), /10\.20\.0\.0\/16/)
    assert.deepEqual(await books('address'), [['192.0.2.7', { address: '192.0.2.7', website: 'bappeda' }]])
    assert.deepEqual(await books('check'), [['bappeda', { host: stage.adopted.id, domains: ['bappeda.example.go.id'], expect: 'live' }]])
    assert.equal((await books('backup')).length, 1)
  })

  it('closes its openings and timed programs while it is suspended', async () => {
    verified(await stage.change(full(), full({ state: 'suspended' })))
    assert.notEqual((await stage.host.run(['test', '-e', '/etc/cron.d/suar-bappeda'])).code, 0)
    assert.doesNotMatch(await text(['nsenter', '--net=/run/suar-test/net', 'nft', 'list', 'table', 'inet', 'suar']), /10\.20\.0\.0\/16/)
    verified(await stage.change(full({ state: 'suspended' }), full()))
  })

  it('wants a second person to keep backups for less long', async () => {
    const less = await stage.change(full(), full({ backup: { every: 'daily', days: 7 } }))
    verified(less)
    assert.equal('plan' in less && less.plan.danger, 'privileged')
  })

  it('is found to be different when somebody changed it on the host', async () => {
    await stage.host.install("echo '# by hand' >>/etc/apache2/suar.d/bappeda.conf\nchmod 777 /srv/suar/bappeda/private\n")
    const change = await stage.change(null, full({ backup: { every: 'daily', days: 7 } }))
    assert.deepEqual('plan' in change && change.plan.steps.map(({ resource, action }) => `${action} ${resource}`), ['change tree', 'change apache'])
    verified(change)
    assert.doesNotMatch(await text(['cat', '/etc/apache2/suar.d/bappeda.conf']), /by hand/)
  })

  it('leaves nothing', async () => {
    const change = await stage.change(full({ backup: { every: 'daily', days: 7 } }), null)
    assert.equal(change.state, 'verified', tell(change))
    for (const kind of ['address', 'check', 'backup']) assert.deepEqual(await books(kind), [])
    const left = await text([
      'sh',
      '-c',
      'ls -d /etc/*/suar*bappeda* /etc/apache2/suar.d/* /etc/php/8.2/fpm/pool.d/suar-* /etc/suar-host/*/bappeda /srv/suar/* 2>/dev/null',
    ])
    assert.equal(left, '')
  })
})
