// A website that somebody made by hand: found as foreign, taken over by a plan that shows what changes, proven; and given back when that is undone.
import assert from 'node:assert/strict'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { officer, openYard, type Yard } from '../../daemon/hosting/yard.ts'
import { must } from '../../store/support/must.ts'
import { until } from '../../support/daemon.ts'
import { canHost, type TestHost } from '../../support/host/start.ts'
import { call } from './hosts.ts'

const saying = ({ state, change, journal }: ChangeView): string =>
  `${state} ${'why' in change ? change.why.message : ''} ${JSON.stringify(journal.at(-1))}`

const BY_HAND = (address: string) => `set -e
useradd --create-home --shell /bin/bash --comment 'Pak Budi' dispora
echo dispora:Rahasia123 | chpasswd
mkdir -p /srv/suar/dispora/public /srv/suar/dispora/cadangan
echo '<h1>Dispora</h1>' >/srv/suar/dispora/public/index.html
chown -R dispora:dispora /srv/suar/dispora
cat >/etc/nginx/suar.d/dispora.conf <<'END'
server {
    listen ${address}:80;
    server_name dispora.example.go.id;
    root /srv/suar/dispora/public;
    autoindex on;
}
END
nginx -s reload
mariadb -e "CREATE DATABASE dispora; CREATE USER dispora@localhost IDENTIFIED BY 'lama'; GRANT ALL ON dispora.* TO dispora@localhost"
mariadb dispora -e "CREATE TABLE atlet (nama text); INSERT INTO atlet VALUES ('Rini')"
`

for (const undoing of [false, true])
  describe(`a website made by hand, ${undoing ? 'given back' : 'taken over'}`, function () {
    this.timeout(180_000)
    let yard: Yard
    let other: TestHost | undefined
    before(async function () {
      if (!canHost()) this.skip()
      yard = await openYard(['nginx', 'mariadb'])
      await yard.adopt()
      await yard.host.install(BY_HAND(yard.host.address))
    })
    after(async () => {
      await other?.stop()
      await yard?.close()
    })

    const sh = async (script: string): Promise<string> => {
      const { code, stdout, stderr } = await yard.host.run(['sh', '-c', script])
      assert.equal(code, 0, stderr)
      return stdout.trim()
    }
    const drift = async () =>
      must(await yard.hosting.hosts.compare({ kind: 'host', id: yard.host.name }, call(), officer)).items.map(
        ({ kind, resource, name }) => `${kind} ${resource} ${name}`,
      )
    const LOOK =
      'getent passwd dispora; getent shadow dispora | cut -d: -f1,2; id -Gn dispora; cat /etc/nginx/suar.d/dispora.conf; stat -c \'%n %U:%G %a\' /srv/suar/dispora /srv/suar/dispora/public; mariadb -N -e "SHOW GRANTS FOR dispora@localhost"; cat /srv/suar/dispora/public/index.html'
    const FOREIGN = ['foreign mariadb dispora', 'foreign nginx dispora', 'foreign tree dispora', 'foreign user dispora']
    const page = () => sh(`curl -sk --resolve dispora.example.go.id:443:${yard.host.address} https://dispora.example.go.id/`)
    const asked = async (adopt: object) =>
      must(
        await yard.hosting.websites.create(
          {
            organisation: yard.organisation,
            website: yard.website({ name: 'dispora', domains: ['dispora.example.go.id'], database: { engine: 'mariadb', size: 64 } }),
            ...{ ticket: null, reason: 'made by hand in 2019' },
            ...adopt,
          },
          officer,
        ),
      ).number
    let was = ''
    let number = ''

    it('is found as foreign, and is in the way of a new one of its name', async () => {
      was = await sh(LOOK)
      assert.deepEqual((await drift()).sort(), FOREIGN)
      const refused = await asked({})
      const end = await until(
        'a refusal',
        async () => must(await yard.hosting.changes.one(refused, officer)),
        ({ why, plan }) => why !== null || plan !== null,
      )
      assert.equal(end.plan, null)
      assert.match(JSON.stringify(end.why), /Adopt it first/)
      must(await yard.hosting.changes.act(refused, { kind: 'end', reason: 'adopt it' }, officer))
      assert.equal(await sh(LOOK), was)
    })

    it('is taken over by a plan that shows how each thing is and how it will be, and serves as before', async () => {
      number = await asked({ adopt: true })
      const planned = await yard.reached(number, ['planned'])
      const steps = planned.plan?.steps ?? []
      const adopted = steps.filter(({ action }) => action === 'adopt')
      assert.deepEqual(adopted.map(({ resource }) => resource).sort(), ['mariadb', 'nginx', 'tree', 'user'])
      const nginx = adopted.find(({ resource }) => resource === 'nginx')
      assert.match(String(nginx?.before?.['content']), /autoindex on/)
      assert.match(String(nginx?.after?.['content']), /ssl_certificate/)
      const through = await yard.carried(number)
      assert.equal(through.state, 'verified', saying(through))
      assert.equal(await page(), '<h1>Dispora</h1>')
      assert.deepEqual(await drift(), [])
      assert.match(await sh('getent passwd dispora'), /^dispora:x:1\d{3}:.*:Suar dispora:\/:\/usr\/sbin\/nologin$/)
      assert.match(await sh('getent shadow dispora'), /^dispora:\*:/)
      assert.equal(
        await sh('mariadb -N --user=dispora --password=lama dispora -e "SELECT nama FROM atlet"'),
        'Rini',
        'its own password still opens it',
      )
      assert.equal((await yard.hosting.websites.one('dispora', officer)).ok, true)
    })

    if (undoing)
      it('is as it was when that is undone', async () => {
        must(await yard.hosting.changes.act(number, { kind: 'undo', reason: 'not ours after all' }, officer))
        const undone = await yard.reached(number, ['undone', 'undoFailed'])
        assert.equal(undone.state, 'undone', saying(undone))
        assert.equal(await sh(LOOK), was)
        assert.deepEqual((await drift()).sort(), FOREIGN)
      })
    else
      it('is watched like any other: what is changed by hand is found, and repaired by a plan', async () => {
        await sh(
          "sed -i 's/server_tokens off/server_tokens on/' /etc/nginx/suar.d/dispora.conf; chmod 777 /srv/suar/dispora/private; usermod --shell /bin/sh dispora",
        )
        assert.deepEqual((await drift()).sort(), ['changed nginx dispora', 'changed tree dispora', 'changed user dispora'])
        const repair = must(await yard.hosting.websites.change('dispora', { purpose: 'repair', ticket: null, reason: 'by hand' }, officer))
        const through = await yard.carried(repair.number)
        assert.equal(through.state, 'verified', saying(through))
        assert.deepEqual(await drift(), [])
        await yard.carried(must(await yard.hosting.websites.change('dispora', { purpose: 'suspend', ticket: null, reason: 'moves' }, officer)).number)
        other = await yard.addHost(['nginx', 'mariadb'])
        const moved = await yard.hosting.websites.change('dispora', { purpose: 'move', to: other.name, ticket: null, reason: 'new rack' }, officer)
        assert.match(moved.ok ? '' : moved.failure.message, /only the website knows its password/)
      })
  })
