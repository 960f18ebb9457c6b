// What whoever holds the keys of a managed host can do there: ask the broker, and put files into one folder. Nothing else.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Adopted, adopt } from '../../support/host/adopt.ts'
import { canHost, startHost, type TestHost } from '../../support/host/start.ts'
import { standin } from './support.ts'

describe('the keys of a managed host', () => {
  let host: TestHost
  let adopted: Adopted
  let folder = ''

  before(async function () {
    if (!canHost()) return this.skip()
    host = await startHost({ with: ['nginx'] })
    adopted = await adopt(host, { broker: standin })
    folder = mkdtempSync(join(tmpdir(), 'suar-account-'))
    for (const which of ['broker', 'inbox'] as const) writeFileSync(join(folder, which), adopted.keys[which].privateKey, { mode: 0o600 })
    writeFileSync(join(folder, 'known'), `${host.address} ${(await host.run(['cat', '/etc/ssh/ssh_host_ed25519_key.pub'])).stdout}`)
  })
  after(async () => {
    adopted?.managed.close()
    await host?.stop()
    if (folder !== '') rmSync(folder, { recursive: true })
  })

  const options = (which: string) => [
    '-i',
    join(folder, which),
    '-o',
    `UserKnownHostsFile=${folder}/known`,
    '-o',
    'IdentitiesOnly=yes',
    '-o',
    'BatchMode=yes',
  ]
  /** With OpenSSH's own client. */
  const told = async (argv: readonly string[], input = '', timeout = 10_000) => {
    const child = spawn(argv[0]!, argv.slice(1), { stdio: ['pipe', 'pipe', 'pipe'], timeout })
    child.stdin.on('error', () => child.stdin.destroy())
    child.stdin.end(input)
    const code = new Promise<number | null>(resolve => {
      child.once('exit', resolve)
    })
    const [out, wrong] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { code: await code, out, wrong }
  }
  const hand = (argv: readonly string[], input = '') =>
    told(['ssh', ...options('broker'), ...argv.slice(0, -1), `suar-hand@${host.address}`, argv.at(-1)!], input)
  const sftp = (batch: string) => told(['sftp', ...options('inbox'), '-b', '-', `suar-inbox@${host.address}`], batch)

  it('run the broker whatever command is asked for, and no shell', async () => {
    const hello = '{"id":1,"verb":"hello","protocol":1}\n'
    for (const command of ['id', 'sh -c id', '$(reboot)', 'sudo -n id', '-']) {
      const { out } = await hand([command], hello)
      assert.match(out, /^\{"id": 1, "ok": true/, command)
      assert.doesNotMatch(out, /uid=/)
    }
    const shell = await told(['ssh', '-tt', ...options('broker'), `suar-hand@${host.address}`], hello)
    assert.match(shell.wrong, /PTY allocation request failed/)
    assert.doesNotMatch(shell.out, /[$#] /)
    // As a subsystem too: what SFTP says is no request, and is never answered.
    const subsystem = await told(['sftp', ...options('broker'), '-b', '-', `suar-hand@${host.address}`], 'ls /\n', 2000)
    assert.notEqual(subsystem.code, 0)
    assert.doesNotMatch(subsystem.out, /etc/)
  })

  it('may ask sudo for the broker without arguments and for nothing else', async () => {
    const sudo = (...argv: string[]) => host.run(['runuser', '-u', 'suar-hand', '--', 'sudo', '-n', ...argv])
    for (const argv of [
      ['id'],
      ['/usr/local/libexec/suar-broker', '--help'],
      ['-u', 'nobody', '/usr/local/libexec/suar-broker'],
      ['PYTHONPATH=/tmp', '/usr/local/libexec/suar-broker'],
      ['-E', '/usr/local/libexec/suar-broker'],
      ['-s'],
      ['-e', '/etc/passwd'],
    ]) {
      const { code, stderr } = await sudo(...argv)
      assert.notEqual(code, 0, argv.join(' '))
      assert.match(stderr, /password is required|not allowed/, argv.join(' '))
    }
    assert.equal((await host.run(['runuser', '-u', 'suar-inbox', '--', 'sudo', '-n', '/usr/local/libexec/suar-broker'])).code, 1)
    // What it owns is the inbox and nothing else.
    const owned = await host.run([
      'find',
      '/etc',
      '/usr/local',
      '/var',
      '/srv',
      '/run',
      '-xdev',
      '(',
      '-user',
      'suar-hand',
      '-o',
      '-user',
      'suar-inbox',
      ')',
    ])
    assert.equal(owned.stdout.trim(), '/var/lib/suar-host/inbox')
  })

  it('open no way into the host’s network, and none back', async () => {
    const inside = createServer(socket => socket.end('inside'))
    await new Promise<void>(resolve => inside.listen(0, host.address, resolve))
    const { port } = inside.address() as { port: number }
    try {
      for (const [account, key] of [
        ['suar-hand', 'broker'],
        ['suar-inbox', 'inbox'],
      ] as const) {
        const through = await told(['ssh', ...options(key), '-W', `${host.address}:${port}`, `${account}@${host.address}`])
        assert.equal(through.out, '')
        assert.match(through.wrong, /administratively prohibited|forwarding failed/)
        const back = await told([
          'ssh',
          ...options(key),
          '-N',
          '-o',
          'ExitOnForwardFailure=yes',
          '-R',
          `0:${host.address}:${port}`,
          `${account}@${host.address}`,
        ])
        assert.notEqual(back.code, 0)
        assert.match(back.wrong, /remote port forwarding failed|forwarding/)
      }
    } finally {
      inside.close()
    }
  })

  it('let nobody in by a password, and each opens one account', async () => {
    for (const account of ['suar-hand', 'suar-inbox']) {
      const password = await told([
        'ssh',
        '-o',
        `UserKnownHostsFile=${folder}/known`,
        '-o',
        'PubkeyAuthentication=no',
        '-o',
        'BatchMode=yes',
        `${account}@${host.address}`,
      ])
      assert.match(password.wrong, /Permission denied \(publickey\)/)
    }
    for (const account of ['suar-inbox', 'root']) {
      const other = await told(['ssh', ...options('broker'), `${account}@${host.address}`])
      assert.match(other.wrong, /Permission denied/, account)
    }
    assert.match((await told(['ssh', ...options('inbox'), `suar-hand@${host.address}`])).wrong, /Permission denied/)
    const noCommand = await told(['ssh', ...options('inbox'), `suar-inbox@${host.address}`, 'id'])
    assert.doesNotMatch(noCommand.out, /uid=/)
  })

  it('write into the inbox, and neither read there nor reach anything else', async () => {
    const file = join(folder, 'content')
    writeFileSync(file, 'content\n')
    assert.equal((await sftp(`put ${file} sent\n`)).code, 0)
    assert.equal((await host.run(['cat', '/var/lib/suar-host/inbox/sent'])).stdout, 'content\n')
    await host.install(
      `echo secret >/var/lib/suar-host/kept/secret\nchmod 644 /var/lib/suar-host/kept/secret\nln -s /etc/passwd /var/lib/suar-host/inbox/link\n`,
    )
    const before = (await host.run(['find', '/var/lib/suar-host', '-printf', '%p %m %u %s\n'])).stdout
    for (const batch of [
      `get sent ${folder}/got`,
      `get /kept/secret ${folder}/got`,
      `get link ${folder}/got`,
      `get /etc/passwd ${folder}/got`,
      'ls /',
      `put ${file} /kept/mine`,
      `put ${file} /acme/mine`,
      `put ${file} /mine`,
      `put ${file} ../mine`,
      `put ${file} /../../../tmp/mine`,
      `put ${file} /tmp/mine`,
      'mkdir folder',
      'symlink /etc/passwd other',
      'ln sent hard',
      'rm sent',
      'chmod 777 sent',
      'chown 0 sent',
      'rename sent /kept/sent',
    ]) {
      const { code, out } = await sftp(`${batch}\n`)
      assert.notEqual(code, 0, `${batch}: ${out}`)
    }
    assert.equal((await host.run(['find', '/var/lib/suar-host', '-printf', '%p %m %u %s\n'])).stdout, before)
    assert.doesNotMatch((await sftp('ls -l\n')).out, /sent\n|content/)
    assert.equal((await host.run(['ls', '/tmp/mine'])).code, 2)
  })
})
