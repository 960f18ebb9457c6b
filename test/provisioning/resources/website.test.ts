// The life of websites on a real host: made, looked at from outside, changed, suspended, taken back, gone.
import assert from 'node:assert/strict'
import { makeKeyPair } from '../../../provisioning/host/keys.ts'
import { canHost } from '../../support/host/start.ts'
import { tell, verified } from './outcome.ts'
import { openStage, type Stage } from './stage.ts'

const PHP = { kind: 'php', version: '8.2' }
const KEY = makeKeyPair('petugas@dinkes').publicKey

describe('a website on a host', function () {
  this.timeout(120_000)
  let stage: Stage

  before(async function () {
    if (!canHost()) this.skip()
    stage = await openStage(['nginx', 'php'])
  })
  after(() => stage?.close())

  const ask = async (argv: readonly string[]) => (await stage.host.run(argv)).stdout.trim()

  it('is made whole, and proven from outside', async () => {
    const site = stage.website({ domains: ['dinkes.example.go.id', 'www.dinkes.example.go.id'], runtime: PHP, keys: [KEY] })
    const proofs = verified(await stage.change(null, site))
    const outside = proofs.filter(({ from }) => from === 'outside').map(({ words }) => words.en)
    for (const said of [
      'http://dinkes.example.go.id/ leads on to HTTPS',
      'http://www.dinkes.example.go.id/ leads on to HTTPS',
      'https://dinkes.example.go.id/ answers with a valid certificate (403)',
      'The account dinkes can log in by SFTP',
      'The account dinkes cannot leave its folder',
      'The account dinkes can neither run commands nor forward connections',
      'A file in public/ can be written, read and removed',
      'Files of the website are served; links to files of others are refused',
      'The certificate of dinkes.example.go.id is valid and believed',
    ])
      assert.ok(outside.includes(said), `${said}\n— among:\n${outside.join('\n')}`)
    assert.equal(await ask(['ls', '-A', '/srv/suar/dinkes/public']), '', 'nothing is left of looking')
  })

  it('is left alone when it is as it should be', async () => {
    const site = stage.website({ domains: ['dinkes.example.go.id', 'www.dinkes.example.go.id'], runtime: PHP, keys: [KEY] })
    const change = await stage.change(null, site)
    verified(change)
    assert.equal('plan' in change && change.plan.steps.length, 0)
    assert.equal(stage.certificates.given(), 1, 'and no second certificate was asked for')
  })

  it('and its neighbour cannot read each other', async () => {
    const proofs = verified(await stage.change(null, stage.website({ name: 'disdik', domains: ['disdik.example.go.id'], runtime: PHP })))
    assert.ok(proofs.some(({ words }) => words.en === 'The website disdik and its neighbours cannot read each other'))
  })

  it('is suspended and resumed, and loses nothing by it', async () => {
    const live = stage.website({ name: 'disdik', domains: ['disdik.example.go.id'], runtime: PHP })
    const closed = stage.website({ name: 'disdik', domains: ['disdik.example.go.id'], runtime: PHP, state: 'suspended' })
    await stage.host.install("printf '<?php echo 42;' >/srv/suar/disdik/public/index.php\n")
    const off = verified(await stage.change(live, closed)).map(({ words }) => words.en)
    assert.ok(off.includes('https://disdik.example.go.id/ says that the website is suspended (503)'))
    assert.ok(off.includes('The account disdik is refused by SFTP'))
    const on = verified(await stage.change(closed, live)).map(({ words }) => words.en)
    assert.ok(on.includes('https://disdik.example.go.id/ answers with a valid certificate (200)'))
    assert.ok(on.includes('The account disdik can log in by SFTP'))
  })

  it('gets a certificate for a new name, and another when it is time', async () => {
    const one = stage.website({ name: 'disdik', domains: ['disdik.example.go.id'], runtime: PHP })
    const two = stage.website({ name: 'disdik', domains: ['disdik.example.go.id', 'sekolah.example.go.id'], runtime: PHP })
    const given = stage.certificates.given()
    verified(await stage.change(one, two))
    assert.equal(stage.certificates.given(), given + 1)
    stage.certificates.wear('disdik')
    const renewed = await stage.change(two, two)
    verified(renewed)
    assert.deepEqual('plan' in renewed && renewed.plan.steps.map(({ resource }) => resource), ['certificate'])
    assert.equal(stage.certificates.given(), given + 2)
    verified(await stage.change(two, one))
  })

  it('is taken back wholly when its certificate is refused', async () => {
    const before = await ask([
      'find',
      '/srv/suar',
      '/etc/nginx/suar.d',
      '/etc/suar-host/keys',
      '/etc/suar-host/tls',
      '/etc/php/8.2/fpm/pool.d',
      '-maxdepth',
      '1',
      '-not',
      '-name',
      '.kept',
    ])
    stage.certificates.refuse()
    const change = await stage.change(null, stage.website({ name: 'dishub', domains: ['dishub.example.go.id'], runtime: PHP }))
    assert.equal(change.state, 'undone', tell(change))
    assert.match(tell(change), /enough certificates/)
    const after = await ask([
      'find',
      '/srv/suar',
      '/etc/nginx/suar.d',
      '/etc/suar-host/keys',
      '/etc/suar-host/tls',
      '/etc/php/8.2/fpm/pool.d',
      '-maxdepth',
      '1',
      '-not',
      '-name',
      '.kept',
    ])
    assert.equal(after, before)
    assert.notEqual((await stage.host.run(['id', 'dishub'])).code, 0)
  })

  it('keeps its certificate when a renewal is refused', async () => {
    const one = stage.website({ name: 'disdik', domains: ['disdik.example.go.id'], runtime: PHP })
    const was = await stage.certificates.current('disdik')
    stage.certificates.wear('disdik')
    stage.certificates.refuse()
    const change = await stage.change(one, one)
    assert.equal(change.state, 'undone', tell(change))
    assert.equal((await stage.certificates.current('disdik'))?.fingerprint, was?.fingerprint)
    assert.match(await ask(['openssl', 'x509', '-in', '/etc/suar-host/tls/disdik/fullchain.pem', '-noout', '-fingerprint', '-sha256']), /=/)
    verified(await stage.change(one, one))
  })

  it('is never made over what somebody else made', async () => {
    await stage.host.install('useradd --no-create-home --uid 20777 arsip\n')
    await assert.rejects(stage.change(null, stage.website({ name: 'arsip', domains: ['arsip.example.go.id'] })), /user\/arsip: not made by Suar/)
    assert.match(await ask(['id', 'arsip']), /20777/)
  })

  it('takes over what somebody made by hand, and gives it back when that is undone', async () => {
    await stage.host.install(`mkdir -p /srv/suar/arsip/public; chown -R arsip /srv/suar/arsip/public
printf '%s' 'server { listen ${stage.host.address}:80; server_name arsip.example.go.id; return 200 tangan; }' >/etc/nginx/suar.d/arsip.conf; nginx -s reload\n`)
    const shell = await ask(['getent', 'passwd', 'arsip'])
    const wanted = await stage.things(stage.website({ name: 'arsip', domains: ['arsip.example.go.id'] }))
    await assert.rejects(stage.carry(wanted), /not made by Suar/)
    const change = await stage.carry(wanted.map(one => (['user', 'tree', 'nginx'].includes(one.resource) ? { ...one, adopt: true as const } : one)))
    verified(change)
    assert.deepEqual('plan' in change && change.plan.steps.filter(({ action }) => action === 'adopt').map(({ resource }) => resource), [
      'user',
      'tree',
      'nginx',
    ])
    const undone = await stage.engine.undo(change.number, { account: 1, name: 'officer 1', at: Date.now() }, 'it is theirs')
    assert.ok(undone.ok, undone.ok ? '' : undone.failure.message)
    const back = await undone.value.ended
    assert.equal(back.state, 'undone', tell(back))
    assert.equal(await ask(['getent', 'passwd', 'arsip']), shell)
    assert.match(await ask(['cat', '/etc/nginx/suar.d/arsip.conf']), /return 200 tangan/)
    await assert.rejects(stage.carry(wanted), /not made by Suar/, 'and it is theirs again')
  })

  it('goes, in the other order, and what it had is put aside', async () => {
    const site = stage.website({ name: 'disdik', domains: ['disdik.example.go.id'], runtime: PHP })
    const proofs = verified(await stage.change(site, null)).map(({ words }) => words.en)
    assert.ok(proofs.includes('Website folders disdik: gone'))
    assert.notEqual((await stage.host.run(['id', 'disdik'])).code, 0)
    assert.equal(await ask(['sh', '-c', 'cat /srv/suar/.kept/*/public/index.php']), '<?php echo 42;')
  })
})
