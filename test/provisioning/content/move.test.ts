// A website that goes to another host with all it holds, as it was; and what happens when the line, the disk or somebody on the way is against it.
import assert from 'node:assert/strict'
import type { Change, Proof } from '../../../daemon/domain/change.ts'
import { SiteName } from '../../../daemon/domain/safe.ts'
import type { HostHands } from '../../../provisioning/hands.ts'
import { quiet } from '../../store/support/must.ts'
import { canHost, type TestHost } from '../../support/host/start.ts'
import { tell, verified } from '../resources/outcome.ts'
import { openTwoHosts, type TwoHosts } from './hosts.ts'

const stamp = (no: number): string => `20261121-0345${String(no).padStart(2, '0')}`
const proofOf = (change: Change, resource: string): Proof => verified(change).find(({ of, facts }) => of.resource === resource && 'digest' in facts)!

/** What lies in the folders, by name: what it is, its mode, and what it says. */
const told = async (host: TestHost, name = 'dinkes'): Promise<string> => {
  const look = `cd /srv/suar/${name}; find public private -mindepth 1 \\( -type f -o -type d -o -type l \\) -printf '%p %y %m %l\\n' | grep -v keluar | LC_ALL=C sort
    find public private -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum`
  return (await host.run(['sh', '-c', look])).stdout
}
const out = async (host: TestHost, script: string): Promise<string> => {
  const { code, stdout, stderr } = await host.run(['sh', '-c', script])
  assert.equal(code, 0, stderr)
  return stdout.trim()
}

const FILL = `
import os
base = b'/srv/suar/dinkes/'
for i in range(2000):
    folder = base + b'public/arsip/%d' % (i % 40)
    os.makedirs(folder, exist_ok=True)
    with open(folder + b'/surat-%d.txt' % i, 'wb') as file:
        file.write(b'surat nomor %d\\n' % i * (i % 50))
odd = ['Laporan Triwulan (revisi) “akhir”.pdf', 'données-été-資料-ꦗꦮ.txt', '-rf', ' spasi ', 'baris\\nbaru', "kutip'\\"$(touch x);\`id\`", 'e\\u0301', '\\u00e9', '\\u202egpj.exe', 'x' * 250]
for name in odd:
    open(base + b'public/' + os.fsencode(name), 'wb').write(os.fsencode(name))
open(base + b'private/\\xff\\xfe bukan utf-8', 'wb').write(b'biner\\0' * 1000)
os.makedirs(base + b'public/' + b'/'.join([b'dalam-sekali'] * 60))
open(base + b'private/besar', 'wb').write(os.urandom(9000000))
os.symlink(b'arsip/1', base + b'public/terbaru')
os.symlink(b'../private/besar', base + b'public/ke-private')
os.symlink(b'/srv/suar/dinkes/public/arsip', base + b'private/mutlak')
os.symlink(b'/etc/shadow', base + b'public/keluar')
os.symlink(b'arsip/../../../../../../etc/passwd', base + b'public/keluar-lagi')
os.mkfifo(base + b'private/fifo')
for name, mode in ((b'public/arsip/0/surat-0.txt', 0o600), (b'private/besar', 0o750), (b'public/arsip/3/surat-3.txt', 0)):
    os.chmod(base + name, mode)
os.mkdir(base + b'private/tertutup', 0)
`

describe('a website that moves with its content', function () {
  this.timeout(240_000)
  let two: TwoHosts

  before(async function () {
    if (!canHost()) this.skip()
    two = await openTwoHosts(['nginx', 'mariadb', 'postgresql'])
  })
  after(() => two?.close())
  afterEach(() => {
    two.between = hands => hands
  })

  const suspended = (given: object = {}) => two.website({ state: 'suspended', ...given })
  const from = (no: number, name = 'dinkes') => ({ from: { host: two.here.adopted.id, name: SiteName.parse(name) }, stamp: stamp(no), days: 30 })
  const database = (engine: 'mariadb' | 'postgresql', name: string) => ({
    ...{ name, domains: [`${name}.example.go.id`], state: 'suspended', database: { engine, size: 100 } },
  })
  const fill = async (): Promise<void> => {
    const { host } = two.here
    await host.run(['runuser', '-u', 'dinkes', '--', 'python3', '-c', `import os\nos.umask(0o027)\n${FILL}`])
  }

  it('holds the same there: files, folders, odd names, modes and links, but what leads out', async () => {
    verified(await two.change(null, suspended()))
    await fill()
    const was = await told(two.here.host)
    assert.ok(was.split('\n').length > 4000)
    const moved = await two.carry(from(1), suspended(), suspended({ host: two.there.adopted.id }))
    const { ok, facts } = proofOf(moved, 'content')
    assert.equal(ok, true, tell(moved))
    assert.deepEqual([facts['files'], facts['left']], [2012, 3])
    assert.equal(await told(two.there.host), was.replace('/srv/suar/dinkes/public/arsip', '../public/arsip'))
    assert.equal(
      await out(two.there.host, 'ls -A /srv/suar/dinkes/public | grep -c keluar || true; ls /srv/suar/dinkes/private/fifo 2>/dev/null || true'),
      '0',
    )
    const owners = await out(
      two.there.host,
      "find /srv/suar/dinkes/public /srv/suar/dinkes/private -printf '%u:%g %y\\n' | sort | uniq -c | awk '{print $2, $3}'",
    )
    assert.equal(owners, 'dinkes:dinkes d\ndinkes:dinkes f\ndinkes:dinkes l\ndinkes:www-data d\ndinkes:www-data f\ndinkes:www-data l')
    assert.equal(await out(two.here.host, 'ls /srv/suar; ls /var/lib/suar-host/outbox'), '', 'nothing is left where it was')
    assert.equal(
      await out(two.there.host, 'ls -A /var/lib/suar-host/inbox /var/lib/suar-host/kept'),
      '/var/lib/suar-host/inbox:\n\n/var/lib/suar-host/kept:',
    )
    assert.deepEqual([proofOf(moved, 'archive').ok, proofOf(moved, 'archive').facts['digest']], [true, facts['digest']])
    verified(await two.change(suspended({ host: two.there.adopted.id }), null))
  })

  for (const engine of ['mariadb', 'postgresql'] as const)
    it(`brings the rows of ${engine}, with who may see them`, async () => {
      const name = engine === 'mariadb' ? 'e-arsip' : 'perizinan'
      const called = name.replace('-', '_')
      const site = two.website(database(engine, name))
      verified(await two.change(null, site))
      const sql = (host: TestHost, text: string) =>
        out(
          host,
          engine === 'mariadb'
            ? `mariadb --default-character-set=utf8mb4 -N ${called} <<'END'\n${text}\nEND`
            : `su postgres -c 'psql -qAtX -v ON_ERROR_STOP=1 -d ${called}' <<'END'\n${text}\nEND`,
        )
      await sql(
        two.here.host,
        engine === 'mariadb'
          ? `CREATE TABLE surat (id int auto_increment primary key, isi text, biner blob);
INSERT INTO surat (isi, biner) SELECT CONCAT('DEFINER=\`root\`@\`localhost\` ꦗꦮ ', seq, '\\n\\''), UNHEX('00ff0a27') FROM seq_1_to_5000;
CREATE TABLE \`tabel "aneh\` (a int);
CREATE DEFINER=\`${called}\`@\`localhost\` VIEW ringkas AS SELECT COUNT(*) AS n FROM surat;
CREATE DEFINER=\`${called}\`@\`localhost\` TRIGGER tambah BEFORE INSERT ON surat FOR EACH ROW SET NEW.isi = CONCAT(NEW.isi, '!');
DELIMITER //
CREATE DEFINER=\`${called}\`@\`localhost\` FUNCTION hitung() RETURNS int READS SQL DATA BEGIN RETURN (SELECT COUNT(*) FROM surat); END//`
          : `SET ROLE ${called}; CREATE TABLE surat (id serial primary key, isi text, biner bytea);
INSERT INTO surat (isi, biner) SELECT 'ꦗꦮ ' || n, '\\x00ff0a27' FROM generate_series(1, 5000) n;
CREATE TABLE "Tabel ""aneh" (a int); CREATE VIEW ringkas AS SELECT count(*) AS n FROM surat; CREATE INDEX ON surat (isi);
CREATE FUNCTION hitung() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM surat';`,
      )
      const sum =
        engine === 'mariadb'
          ? 'SELECT COUNT(*), SHA2(GROUP_CONCAT(isi, HEX(biner) ORDER BY id), 256), hitung(), (SELECT n FROM ringkas) FROM surat;'
          : "SELECT count(*), md5(string_agg(isi || encode(biner, 'hex'), ',' ORDER BY id)), hitung(), (SELECT n FROM ringkas) FROM surat;"
      const was = await sql(two.here.host, sum)
      assert.match(was, /^5000\b/)
      const moved = await two.carry(from(2, name), site, two.website({ ...database(engine, name), host: two.there.adopted.id }))
      assert.equal(proofOf(moved, 'content').facts['rows'], 5000)
      assert.equal(await sql(two.there.host, sum), was)
      const whose =
        engine === 'mariadb'
          ? `SELECT DISTINCT definer FROM information_schema.VIEWS WHERE table_schema = '${called}' UNION SELECT DISTINCT definer FROM information_schema.TRIGGERS WHERE trigger_schema = '${called}' UNION SELECT definer FROM information_schema.ROUTINES WHERE routine_schema = '${called}';`
          : "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public';"
      assert.equal(await sql(two.there.host, whose), engine === 'mariadb' ? `${called}@localhost` : called)
      assert.doesNotMatch(
        await sql(two.there.host, engine === 'mariadb' ? 'SELECT Priv FROM mysql.global_priv;' : 'SELECT rolname FROM pg_roles;'),
        /suar_load|auth_or[^\n]*mysql_native/,
      )
      verified(await two.change(two.website({ ...database(engine, name), host: two.there.adopted.id }), null))
    })

  it('goes on where the line was cut in the middle', async () => {
    verified(await two.change(null, suspended()))
    await fill()
    const was = await told(two.here.host)
    let cut = 0
    two.between = hands => ({
      ...hands,
      fetch: (file, asked) => broken(hands.fetch(file, asked)),
    })
    async function* broken(from: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      let bytes = 0
      for await (const chunk of from) {
        yield chunk
        bytes += chunk.length
        if (bytes > 2_000_000 && cut < 2) {
          cut++
          await (cut === 1 ? two.here : two.there).host.breakConnections()
        }
      }
    }
    const moved = await two.carry(from(3), suspended(), suspended({ host: two.there.adopted.id }))
    verified(moved)
    assert.equal(cut, 2)
    assert.equal(await told(two.there.host), was.replace('/srv/suar/dinkes/public/arsip', '../public/arsip'))
    verified(await two.change(suspended({ host: two.there.adopted.id }), null))
  })

  it('is not moved when it is changed on its way, and stays as it was', async () => {
    verified(await two.change(null, suspended()))
    await fill()
    const was = await told(two.here.host)
    two.between = hands => ({ ...hands, fetch: (file, asked) => flipped(hands.fetch(file, asked)) })
    async function* flipped(from: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      let no = 0
      for await (const chunk of from) {
        if (no++ === 5) chunk[7]! ^= 1
        yield chunk
      }
    }
    const change = await two.carry(from(4), suspended(), suspended({ host: two.there.adopted.id }))
    assert.equal(change.state, 'undone', tell(change))
    assert.match(tell(change), /changed on its way/)
    assert.equal(await told(two.here.host), was)
    assert.equal(await out(two.there.host, 'ls -A /srv/suar | grep -v .kept; getent passwd dinkes || true'), '')
  })

  it('is refused where somebody who made another archive says it is this one', async () => {
    const evil = `
import tarfile, io, hashlib, os
def made(*members):
    with tarfile.open('/root/evil.tar.gz', 'w:gz') as tar:
        for name, kind, link in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.mode = kind, link, 0o4777
            tar.addfile(info, io.BytesIO(b''))
    data = open('/root/evil.tar.gz', 'rb').read()
    name = hashlib.sha256(data).hexdigest()
    path = '/var/lib/suar-host/inbox/' + name
    open(path, 'wb').write(data)
    inbox = os.stat('/var/lib/suar-host/inbox')
    os.chown(path, inbox.st_uid, inbox.st_gid)
    print(name, len(data))
import sys
made(*eval(sys.argv[1]))
`
    const aim = { from: 'web-9/dinkes', archive: stamp(5), database: null }
    verified(await two.change(suspended({ host: two.here.adopted.id }), null))
    verified(await two.change(null, suspended({ host: two.there.adopted.id })))
    const hands = await two.handsFor('C-2026-9005').host(two.there.adopted.id, { signal: AbortSignal.timeout(60_000), log: quiet })
    assert.ok(hands.ok)
    const ask = (verb: string, body: Parameters<HostHands['ask']>[1]) =>
      hands.value.ask(verb, body, { signal: AbortSignal.timeout(60_000), log: quiet })
    await ask('lock', { lease: 'C-2026-9005', seconds: 300 })
    for (const [no, members] of [
      "('public/../../../etc/cron.d/x', b'0', '')",
      "('/etc/cron.d/x', b'0', '')",
      "('log/x', b'0', '')",
      "('public/x', b'3', '')",
      "('public/x', b'1', '/etc/shadow')",
      "('public/x', b'6', '')",
      "('public/l', b'2', '/etc'), ('public/l/cron.d-x', b'0', '')",
      "('public/l', b'2', '.'), ('public/l/x', b'0', '')",
      "('public/x', b'0', ''), ('public/x', b'0', '')",
      "('public/x', b'0', ''), ('public/y', b'0', '')",
      "('public', b'5', '')",
    ].entries()) {
      const [sha256 = '', size = ''] = (
        await out(
          two.there.host,
          `python3 -c ${JSON.stringify(evil).replaceAll('\\n', '\n').replaceAll('$', '\\$')} ${JSON.stringify(`[${members}]`)}`,
        )
      ).split(' ')
      const manifest = { files: 1, folders: 0, links: 0, bytes: 0, digest: '0'.repeat(64), left: 0, names: [] }
      const body = { kind: 'content', name: 'dinkes', before: null, after: aim, keep: `c-2026-9005-${no + 1}`, manifest }
      const put = await ask('put', { ...body, files: [{ name: 'tree.tar.gz', sha256, size: Number(size) }] })
      assert.equal(put.ok, false, members)
      assert.equal(
        await out(two.there.host, 'ls -A /srv/suar/dinkes/public /srv/suar/dinkes/private; ls /etc/cron.d | grep x$ || true'),
        '/srv/suar/dinkes/private:\n\n/srv/suar/dinkes/public:',
        members,
      )
    }
    await ask('unlock', { lease: 'C-2026-9005' })
    verified(await two.change(suspended({ host: two.there.adopted.id }), null))
  })
})
