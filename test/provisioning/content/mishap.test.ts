// Content that does not come through: no room, a broker killed in the middle, a website that holds something already. Nothing half-way is left, and nothing lost.
import assert from 'node:assert/strict'
import { SiteName } from '../../../daemon/domain/safe.ts'
import { must } from '../../store/support/must.ts'
import { canHost, type TestHost } from '../../support/host/start.ts'
import { tell, verified } from '../resources/outcome.ts'
import { call, openTwoHosts, type TwoHosts } from './hosts.ts'

describe('content that does not come through', function () {
  this.timeout(240_000)
  let two: TwoHosts
  let no = 0

  before(async function () {
    if (!canHost()) this.skip()
    two = await openTwoHosts(['nginx', 'mariadb'], { room: '500m' })
    verified(await two.change(null, site()))
    await sh(
      two.here.host,
      `runuser -u dinkes -- sh -c 'cd /srv/suar/dinkes/public; for i in $(seq 1 1500); do echo $i >surat-$i; done; head -c 100000000 /dev/zero >nol'
mariadb dinkes -e 'CREATE TABLE tamu (nama text); INSERT INTO tamu SELECT CONCAT("tamu ", seq) FROM seq_1_to_20000'`,
    )
  })
  after(() => two?.close())
  afterEach(() => {
    two.between = hands => hands
  })

  const site = (given: object = {}) => two.website({ state: 'suspended', database: { engine: 'mariadb', size: 64 }, ...given })
  const there = () => site({ host: two.there.adopted.id })
  const from = () => ({
    ...{ from: { host: two.here.adopted.id, name: SiteName.parse('dinkes') }, days: 30 },
    stamp: `20261121-0400${String(++no).padStart(2, '0')}`,
  })
  const sh = async (host: TestHost, script: string): Promise<string> => {
    const { code, stdout, stderr } = await host.run(['sh', '-c', script])
    assert.equal(code, 0, stderr)
    return stdout.trim()
  }
  const LOOK =
    'cd /srv/suar/dinkes && find public private -type f | sort | xargs -r sha256sum | sha256sum; mariadb -N dinkes -e "CHECKSUM TABLE tamu"; id dinkes'
  /** Three that fail one after the other are enough; here they are meant to. */
  const thaw = async () => {
    for (const { adopted } of [two.here, two.there]) await two.book.countFailure({ kind: 'host', id: adopted.id }, false)
  }
  const nothingThere = async () =>
    assert.equal(
      await sh(
        two.there.host,
        'ls /srv/suar; ls -A /var/lib/suar-host/inbox; ls -A /var/lib/suar-host/kept | grep "^[.]" || true; mariadb -N -e "SHOW DATABASES LIKE \'dinkes\'"',
      ),
      '',
    )

  it('is refused before anything is sent where there is no room for it', async () => {
    const was = await sh(two.here.host, LOOK)
    await sh(two.there.host, 'fallocate -l 350M /root/full')
    let sent = 0
    two.between = hands => ({
      ...hands,
      deliver: (...given) => {
        sent++
        return hands.deliver(...given)
      },
    })
    const change = await two.carry(from(), site(), there())
    assert.equal(change.state, 'undone', tell(change))
    assert.match(tell(change), /has not enough room: \d+ MiB are to come, \d+ MiB are free/)
    assert.equal(sent, 0)
    await sh(two.there.host, 'rm /root/full')
    assert.equal(await sh(two.here.host, LOOK), was, 'where it was it is untouched')
    await nothingThere()
  })

  it('is taken away again when the disk is full in the middle', async () => {
    const was = await sh(two.here.host, LOOK)
    const full = async (after: 'deliver' | 'put') => {
      two.between = hands => ({
        ...hands,
        async ask(verb, body, asked, contents) {
          if (after === 'put' && verb === 'put' && body['kind'] === 'content')
            await sh(two.there.host, 'mount -o remount,nr_inodes=$(($(df --output=iused /run/suar-test/upper | tail -1) + 700)) /run/suar-test/upper')
          return await hands.ask(verb, body, asked, contents)
        },
        async deliver(file, stream, asked) {
          if (after === 'deliver')
            await sh(two.there.host, 'fallocate -l $(($(df --output=avail -B1 /run/suar-test/upper | tail -1) - 262144)) /root/full')
          return await hands.deliver(file, stream, asked)
        },
      })
      const change = await two.carry(from(), site(), there())
      await sh(two.there.host, 'rm -f /root/full; mount -o remount,nr_inodes=200000 /run/suar-test/upper')
      assert.equal(change.state, 'undone', tell(change))
      assert.match(tell(change), /full/)
      assert.equal(await sh(two.here.host, LOOK), was)
    }
    await thaw()
    await full('deliver')
    await full('put')
    // What was cut off on its way goes with the next that is sent.
    await sh(two.there.host, 'find /var/lib/suar-host/inbox -type f -delete')
    await nothingThere()
  })

  it('fills nothing that holds something', async () => {
    verified(await two.change(null, there()))
    await sh(two.there.host, "runuser -u dinkes -- sh -c 'echo milik saya >/srv/suar/dinkes/private/catatan'")
    const change = await two.carry(from(), null, there())
    assert.equal(change.state, 'undone', tell(change))
    assert.match(tell(change), /has content here already/)
    assert.equal(await sh(two.there.host, 'cat /srv/suar/dinkes/private/catatan'), 'milik saya')
    await sh(two.there.host, 'rm /srv/suar/dinkes/private/catatan')
  })

  it('goes on when the broker was killed in the middle, wherever that was', async () => {
    const was = await sh(two.here.host, LOOK)
    let killed = 0
    for (const wait of [20, 100, 200, 350, 500]) {
      two.between = hands => ({
        ...hands,
        async ask(verb, body, asked, contents) {
          if (hands.id === two.there.adopted.id && verb === 'put' && body['kind'] === 'content' && body['after'] !== null) {
            const kill = setTimeout(() => void sh(two.there.host, 'pkill -KILL -f "^/usr/bin/python3.*suar-broker" || true'), wait)
            const put = await hands.ask(verb, body, asked, contents)
            clearTimeout(kill)
            if (!put.ok) killed++
            two.between = one => one
            return put
          }
          return await hands.ask(verb, body, asked, contents)
        },
      })
      const change = await two.carry(from(), null, there())
      verified(change)
      assert.equal((await sh(two.there.host, LOOK)).replace(/\d+(?=\()/g, ''), was.replace(/\d+(?=\()/g, ''))
      assert.equal(
        await sh(
          two.there.host,
          "mariadb -N -e \"SELECT COUNT(*) FROM mysql.global_priv WHERE User = 'dinkes' AND Priv LIKE '%auth_or%mysql_native%'\"",
        ),
        '0',
      )
      verified(await two.change(there(), null))
      await sh(two.there.host, 'rm -rf /srv/suar/.kept/*')
      verified(await two.change(null, there()))
    }
    assert.ok(killed >= 3, `${killed}`)
    const drift = must(await two.engine.drift({ kind: 'host', id: two.there.adopted.id }, call()))
    assert.deepEqual(
      drift.items.filter(({ resource }) => resource !== 'archive').map(({ kind, resource, name }) => `${kind} ${resource} ${name}`),
      [],
    )
  })
})
