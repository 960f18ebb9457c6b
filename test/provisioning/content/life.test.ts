// The life of a website that holds something: copied to try things on, moved to another host, let go after a last backup, as officers ask for it.
import assert from 'node:assert/strict'
import type { Proof } from '../../../daemon/domain/change.ts'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { officer, openYard, type Yard } from '../../daemon/hosting/yard.ts'
import { must } from '../../store/support/must.ts'
import { canHost, type TestHost } from '../../support/host/start.ts'
import { call } from './hosts.ts'

const DAY = 86_400_000
const saying = ({ state, change }: ChangeView): string => `${state} ${'why' in change ? change.why.message : ''}`
const proofs = ({ change }: ChangeView): readonly Proof[] => ('proofs' in change ? change.proofs : [])
const factsOf = (view: ChangeView, resource: string) => proofs(view).find(({ of, facts }) => of.resource === resource && 'digest' in facts)?.facts

describe('a website with content', function () {
  this.timeout(240_000)
  let yard: Yard
  let other: TestHost

  before(async function () {
    if (!canHost()) this.skip()
    yard = await openYard(['nginx', 'mariadb'])
    await yard.adopt()
    other = await yard.addHost(['nginx', 'mariadb'])
  })
  after(async () => {
    await other?.stop()
    await yard?.close()
  })

  const given = () => yard.website({ quota: 128, database: { engine: 'mariadb', size: 64 } })
  const sh = async (host: TestHost, script: string): Promise<string> => {
    const { code, stdout, stderr } = await host.run(['sh', '-c', script])
    assert.equal(code, 0, stderr)
    return stdout.trim()
  }
  const asked = async (name: string, more: object): Promise<ChangeView> => {
    const change = must(await yard.hosting.websites.change(name, { ticket: null, reason: 'asked for', ...more } as never, officer))
    const view = await yard.carried(change.number)
    assert.equal(view.state, 'verified', saying(view))
    return view
  }
  const clean = async (host: TestHost): Promise<void> => {
    const drift = must(await yard.hosting.hosts.compare({ kind: 'host', id: host.name }, call(), officer))
    assert.deepEqual(drift.items, [])
  }

  it('is filled by its owner', async () => {
    const sent = { organisation: yard.organisation, website: given(), ticket: null, reason: 'new' }
    const made = await yard.carried(must(await yard.hosting.websites.create(sent, officer)).number)
    assert.equal(made.state, 'verified', saying(made))
    await sh(
      yard.host,
      `runuser -u dinkes -- sh -c 'umask 027; cd /srv/suar/dinkes/public; echo Selamat datang >index.html; mkdir gambar; echo x >gambar/logo.png; ln -s gambar img'
mariadb dinkes -e 'CREATE TABLE tamu (nama text); INSERT INTO tamu VALUES ("Sari"), ("Wayan");'`,
    )
  })

  it('is copied beside itself, with a database of its own, and no search engine is let near the copy', async () => {
    const view = await asked('dinkes', { purpose: 'clone', to: 'dinkes-uji' })
    assert.deepEqual([factsOf(view, 'content')?.['files'], factsOf(view, 'content')?.['rows']], [2, 2])
    assert.equal(await sh(yard.host, "mariadb -N dinkes_uji -e 'SELECT COUNT(*) FROM tamu'"), '2')
    await sh(yard.host, `mariadb dinkes_uji -e 'DELETE FROM tamu'; echo Uji >/srv/suar/dinkes-uji/public/index.html`)
    assert.equal(await sh(yard.host, "mariadb -N dinkes -e 'SELECT COUNT(*) FROM tamu'"), '2', 'the original keeps its own')
    const page = (domain: string) => sh(yard.host, `curl -sik --resolve ${domain}:443:${yard.host.address} https://${domain}/`)
    const [copy, original] = [await page('dinkes-uji.example.go.id'), await page('dinkes.example.go.id')]
    assert.match(copy, /x-robots-tag: noindex[\s\S]*Uji$/i)
    assert.match(original, /Selamat datang$/)
    assert.doesNotMatch(original, /robots/i)
    assert.equal(await sh(yard.host, 'ls /etc/cron.d | grep dinkes-uji || true'), '')
    await clean(yard.host)
  })

  it('is not moved while it serves; suspended it moves with all it holds and the password it knows, and serves there', async () => {
    const early = await yard.hosting.websites.change('dinkes', { purpose: 'move', to: other.name, ticket: null, reason: 'new rack' }, officer)
    assert.match(early.ok ? '' : early.failure.message, /suspend it first/)
    await asked('dinkes', { purpose: 'suspend' })
    const password = await yard.records.handovers.find(`database/${yard.host.name}/dinkes`)
    const moved = await asked('dinkes', { purpose: 'move', to: other.name })
    assert.equal(await yard.records.handovers.find(`database/${other.name}/dinkes`), password)
    const order = 'plan' in moved.change ? moved.change.plan.steps.map(({ resource, action, place }) => `${action} ${resource} ${place.id}`) : []
    const at = (step: string) => order.indexOf(step)
    assert.ok(
      at(`create archive ${yard.host.name}`) === 0 && at(`create content ${other.name}`) > at(`create mariadb ${other.name}`),
      order.join('\n'),
    )
    assert.ok(
      at(`create nginx ${other.name}`) > at(`create content ${other.name}`) && at(`remove user ${yard.host.name}`) > at(`create nginx ${other.name}`),
    )
    await asked('dinkes', { purpose: 'resume' })
    assert.equal(
      await sh(other, "cat /srv/suar/dinkes/public/img/logo.png; mariadb -N dinkes -e 'SELECT GROUP_CONCAT(nama) FROM tamu'"),
      'x\nSari,Wayan',
    )
    assert.equal(await sh(yard.host, 'ls /srv/suar'), 'dinkes-uji')
    await clean(yard.host)
    await clean(other)
  })

  it('changes after a move like any other, and keeps what it came with', async () => {
    const { wanted } = must(await yard.hosting.websites.one('dinkes', officer))
    const view = await asked('dinkes', { purpose: 'edit', website: { ...wanted, domains: [...wanted.domains, 'www.dinkes.example.go.id'] } })
    const steps = 'plan' in view.change ? view.change.plan.steps.map(({ resource, action }) => `${action} ${resource}`) : []
    assert.ok(!steps.some(step => step.startsWith('remove') || step.includes('content') || step.includes('archive')), steps.join())
    assert.equal(await sh(other, 'cat /srv/suar/dinkes/public/index.html'), 'Selamat datang')
  })

  it('goes after a last backup whose figures stand in the proofs, and which is kept beyond the rest', async () => {
    const gone = await asked('dinkes', { purpose: 'decommission' })
    const facts = factsOf(gone, 'archive')
    assert.deepEqual([facts?.['files'], facts?.['rows'], facts?.['left']], [2, 2, 0])
    assert.equal(Math.round((Number(facts?.['kept']) - yard.clock.now) / DAY), 365)
    const id = String(facts?.['archive'])
    const place = `/var/lib/suar-host/kept/${id}`
    const really = await sh(
      other,
      `cd ${place}; for f in mariadb tree.tar.gz; do echo "Archive ${id}/$f: $(stat -c %s $f) bytes, SHA-256 $(sha256sum <$f | cut -d' ' -f1)"; done`,
    )
    const quoted = proofs(gone).flatMap(({ words }) => (words.en.startsWith('Archive c-') ? [words.en] : []))
    assert.equal(really, quoted.join('\n'))
    assert.match(await sh(other, `tar -tzf ${place}/tree.tar.gz; tail -1 ${place}/mariadb`), /public\/gambar\/logo.png[\s\S]*Dump completed/)
    assert.equal(await sh(other, 'ls /srv/suar; getent passwd dinkes || true'), '')
    await clean(other)

    yard.clock.now += 31 * DAY
    await yard.hosting.night()
    assert.equal((await yard.hosting.websites.one('dinkes', officer)).ok, false, 'after its grace the rest is gone')
    assert.equal(await sh(other, 'ls -A /srv/suar/.kept; ls /var/lib/suar-host/kept'), id)
    await clean(other)
    yard.clock.now += 340 * DAY
    await yard.hosting.night()
    assert.equal(await sh(other, 'ls /var/lib/suar-host/kept'), '')
    await clean(other)
  })
})
