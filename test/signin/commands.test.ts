// The commands about people and the trail, as an operator types them: with no daemon running, and beside one that runs.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { SessionView } from '../../daemon/domain/signin.ts'
import { suar } from '../support/cli.ts'
import { type Daemon, dataFolder, freshDemonstration, startDaemon } from '../support/daemon.ts'

const PASSWORD = 'katak biru melompat'

describe('suar user, suar audit', function () {
  this.timeout(120_000)
  const data = dataFolder()
  let daemon: Daemon | null = null
  after(async () => {
    await daemon?.stop()
    data.remove()
  })
  const demonstration = freshDemonstration()
  const env = (): NodeJS.ProcessEnv => ({
    ...demonstration,
    SUAR_DATA: data.path,
    ...(daemon === null ? {} : { SUAR_HTTP_PORT: new URL(daemon.url).port }),
  })
  const run = (...args: string[]) => suar(args, { env: env(), cwd: data.path })
  /** With a password piped in. */
  const reset = async (login: string, password: string) => {
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SUAR_')))
    const bin = resolve(import.meta.dirname, '../../bin/suar.js')
    const child = spawn(process.execPath, [bin, 'user', 'reset', login, '--password'], {
      env: { ...clean, ...env() },
      cwd: data.path,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.stdin.end(`${password}\n`)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, err }
  }
  const signIn = async (login: string, password: string) => {
    const response = await fetch(`${daemon?.url}api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const view = (await (await fetch(`${daemon?.url}api/v1/session`, { headers: { cookie } })).json()) as SessionView
    return { status: response.status, viewer: view.viewer }
  }
  const story = async (login: string) => {
    const added = await run('user', 'add', login, '--name', 'Tamu Agung', '--role', 'auditor')
    assert.equal(added.code, 0, added.stderr)
    assert.match(added.stdout, /\/setup\?code=[\w-]{43}$/m)
    const weak = await reset(login, 'rahasia123')
    assert.equal(weak.code, 2)
    assert.match(weak.err, /first passwords that anybody would try/)
    assert.equal((await reset(login, PASSWORD)).code, 0)
    const listed = await run('user', 'list', login)
    assert.match(listed.stdout, new RegExp(`^${login}\\s+Tamu Agung\\s+auditor\\s+Diskominfo\\s+no`, 'm'))
    assert.equal((await run('user', 'unlock', login)).code, 0)
    const token = await run('user', 'token', login, '--name', 'ekspor', '--scope', 'audit')
    assert.match(token.stdout, /^suar_[\w-]{43}\n$/)
    const verified = await run('audit', 'verify')
    assert.match(verified.stdout, /^The audit trail is whole: \d+ entries from number 1, newest hash [0-9a-f]{64}\.\n$/)
    const exported = (await run('audit', 'export', '--from', '2026-01-01')).stdout.trim().split('\n')
    assert.equal((JSON.parse(exported.at(-1) ?? '{}') as { entries: number }).entries, exported.length - 1)
    assert.ok(!exported.join('').includes(PASSWORD))
    return token.stdout.trim()
  }

  it('work while no daemon runs, from the first start on', async () => {
    const empty = await run('user', 'list')
    assert.equal(empty.code, 0, empty.stderr)
    assert.match(empty.stdout, /prints the link that makes the first/)
    daemon = await startDaemon({ data: data.path, env: demonstration })
    await daemon.stop()
    daemon = null
    await story('tamu')
  })

  it('work beside a running daemon, which knows at once', async () => {
    const running = await startDaemon({ data: data.path, env: demonstration })
    daemon = running
    const before = await signIn('tamu', PASSWORD)
    assert.deepEqual([before.status, before.viewer?.pending], [200, 'password'], 'a password that a command set is changed first')
    const token = await story('tamu2')
    assert.deepEqual((await signIn('tamu2', PASSWORD)).viewer?.roles, ['auditor'])
    const trail = await fetch(`${running.url}api/v1/audit`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(trail.status, 200)
    assert.equal((await fetch(`${running.url}api/v1/people`, { headers: { authorization: `Bearer ${token}` } })).status, 403)
  })

  it('say in one sentence what is wrong with how they were typed', async () => {
    for (const [args, says] of [
      [['user', 'add', 'x'], /LOGIN "x"/],
      [['user', 'add', 'baru', '--name', 'Baru', '--role', 'king'], /--role must be one of noc/],
      [['user', 'token', 'tamu', '--name', 'x', '--scope', 'all'], /--scope must be among watch/],
      [['user', 'reset'], /LOGIN is missing/],
      [['audit', 'export', '--from', 'yesterday'], /a date is written/],
    ] as const) {
      const ran = await run(...args)
      assert.equal(ran.code, 2, args.join(' '))
      assert.match(ran.stderr, says)
    }
    const nobody = await run('user', 'unlock', 'nobody')
    assert.deepEqual([nobody.code, /There is no account "nobody"/.test(nobody.stderr)], [1, true])
  })
})
