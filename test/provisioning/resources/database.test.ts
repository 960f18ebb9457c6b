// Databases of websites on a real host: made without their passwords ever going there, entered by their own website and by nobody else.
import assert from 'node:assert/strict'
import { canHost } from '../../support/host/start.ts'
import { tell, verified } from './outcome.ts'
import { openStage, type Stage } from './stage.ts'

for (const engine of ['mariadb', 'postgresql'] as const)
  describe(`a database of ${engine}`, function () {
    this.timeout(120_000)
    let stage: Stage

    before(async function () {
      if (!canHost()) this.skip()
      stage = await openStage(['nginx', engine])
    })
    after(() => stage?.close())

    const site = (name: string, connections = 20) =>
      stage.website({ name, domains: [`${name}.example.go.id`], database: { engine, size: 100, connections } })
    const sql = async (statement: string, database: string): Promise<string> => {
      const argv = engine === 'mariadb' ? ['mariadb', '-N', database] : ['su', 'postgres', '-c', `psql -qAtX -v ON_ERROR_STOP=1 -d ${database}`]
      const { code, stdout, stderr } = await stage.host.run(argv, { input: statement })
      assert.equal(code, 0, stderr)
      return stdout.trim()
    }

    it('is entered by its website, and by nobody else', async () => {
      verified(await stage.change(null, site('e-arsip')))
      const proofs = verified(await stage.change(null, site('perizinan'))).map(({ words }) => words.en)
      assert.ok(proofs.includes('The website perizinan can log in to its database'))
      assert.ok(proofs.includes('Nobody but the website can log in to perizinan'))
      const password = await stage.credentials.find(`database/${stage.adopted.id}/perizinan`)
      assert.match(password ?? '', /^[A-Za-z0-9]{32}$/)
      const everywhere = await stage.host.run(['grep', '-rl', password!, '/etc', '/var/lib/suar-host', '/var/log', '/srv'])
      assert.equal(everywhere.stdout, '', 'the password is nowhere on the host')
    })

    it('is not proven when a neighbour may enter', async () => {
      await sql(
        engine === 'mariadb' ? "GRANT ALL ON perizinan.* TO 'e_arsip'@'localhost';" : 'GRANT CONNECT ON DATABASE perizinan TO e_arsip;',
        engine === 'mariadb' ? 'mysql' : 'postgres',
      )
      const change = await stage.change(null, site('perizinan'))
      assert.equal(change.state, 'unproven', tell(change))
      assert.match(tell(change), /Others than the website can log in to perizinan/)
      await sql(
        engine === 'mariadb' ? "REVOKE ALL ON perizinan.* FROM 'e_arsip'@'localhost';" : 'REVOKE CONNECT ON DATABASE perizinan FROM e_arsip;',
        engine === 'mariadb' ? 'mysql' : 'postgres',
      )
      verified(await stage.change(null, site('perizinan')))
    })

    it('may have more connections, and keeps its data', async () => {
      await sql("CREATE TABLE surat (isi varchar(40)); INSERT INTO surat VALUES ('penting');", 'perizinan')
      const change = await stage.change(site('perizinan'), site('perizinan', 50))
      verified(change)
      assert.deepEqual('plan' in change && change.plan.steps.map(({ resource, action }) => `${action} ${resource}`), [`change ${engine}`])
      assert.equal(await sql('SELECT isi FROM surat;', 'perizinan'), 'penting')
    })

    it('comes back with its data when what took it away is undone', async () => {
      const gone = await stage.change(site('perizinan'), stage.website({ name: 'perizinan', domains: ['perizinan.example.go.id'] }))
      verified(gone)
      const undone = await stage.engine.undo(gone.number, { account: 1, name: 'officer 1', at: Date.now() }, 'it was a mistake')
      assert.ok(undone.ok, undone.ok ? '' : undone.failure.message)
      const back = await undone.value.ended
      assert.equal(back.state, 'undone', tell(back))
      assert.equal(await sql('SELECT isi FROM surat;', 'perizinan'), 'penting')
      verified(await stage.change(null, site('perizinan', 50)))
    })

    it('is taken away with its website, dumped before', async () => {
      verified(await stage.change(site('perizinan', 50), null))
      const look = 'for d in /var/lib/suar-host/kept/*/dump; do { cat $d; pg_restore -f - $d 2>/dev/null; } | grep -aq penting && echo $d; done'
      const found = await stage.host.run(['sh', '-c', look])
      assert.match(found.stdout, /dump/)
    })
  })
