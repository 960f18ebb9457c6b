// A host made a managed one by the script that an administrator runs on it: once, again, with another broker, where something is missing, and back.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { openHost } from '../../../provisioning/host/hands.ts'
import { installScript } from '../../../provisioning/host/install.ts'
import { makeHostKeys, makeKeyPair } from '../../../provisioning/host/keys.ts'
import { type Adopted, adopt, asking, fileOf, privateParts } from '../../support/host/adopt.ts'
import { canHost, startHost, type TestHost } from '../../support/host/start.ts'
import { becomes, differencesOf, failureOf, newer, standin, valued } from './support.ts'

const keys = makeHostKeys()
const wish = ({ name, address }: TestHost) => ({
  id: name as never,
  keys: { broker: keys.broker.publicKey, inbox: keys.inbox.publicKey },
  listen: { address, http: 80, https: 443 },
})
const scriptFor = (host: TestHost, broker = standin) => installScript(wish(host), broker)

/** Status and text of a page, asked of the host by another name. */
const page = (address: string, path: string, name = 'nobody.example'): Promise<readonly [number, string]> =>
  new Promise((resolve, reject) => {
    get({ host: address, path, headers: { host: name }, agent: false }, async answer => resolve([answer.statusCode ?? 0, await text(answer)])).once(
      'error',
      reject,
    )
  })

describe('the install script', () => {
  before(function () {
    if (!canHost()) this.skip()
  })

  it('adopts a host in one go over SSH, and says the key to compare', async () => {
    await using host = await startHost({ with: ['nginx', 'php'] })
    const folder = mkdtempSync(join(tmpdir(), 'suar-admin-'))
    try {
      const admin = makeKeyPair('administrator')
      writeFileSync(join(folder, 'key'), admin.privateKey, { mode: 0o600 })
      await host.install(`echo '${admin.publicKey}' >/root/.ssh/authorized_keys\n`)
      const options = [
        '-i',
        join(folder, 'key'),
        '-o',
        'StrictHostKeyChecking=no',
        '-o',
        `UserKnownHostsFile=${folder}/known`,
        '-o',
        'LogLevel=ERROR',
      ]
      const ssh = spawn('ssh', [...options, `root@${host.address}`, 'sh', '-s'], { stdio: ['pipe', 'pipe', 'pipe'] })
      ssh.stdin.end(scriptFor(host))
      const [said, wrong, [code]] = await Promise.all([text(ssh.stdout), text(ssh.stderr), once(ssh, 'exit')])
      assert.equal(code, 0, wrong)
      assert.equal(wrong, '')
      assert.ok(said.trim().split('\n').at(-1)?.includes(host.hostKey), said)
    } finally {
      rmSync(folder, { recursive: true })
    }
    const entry = (await host.run(['stat', '-c', '%n %U:%G %a', '/usr/local/libexec/suar-broker', '/etc/sudoers.d/suar', '/etc/suar-host/hand_keys']))
      .stdout
    assert.deepEqual(entry.trim().split('\n'), [
      '/usr/local/libexec/suar-broker root:root 755',
      '/etc/sudoers.d/suar root:root 440',
      '/etc/suar-host/hand_keys root:root 644',
    ])
    assert.equal(fileOf(host, '/usr/local/libexec/suar-broker'), standin.text)
  })

  it('lets nginx answer challenges under every name, and nothing else under an unknown one', async () => {
    await using host = await startHost({ with: ['nginx'] })
    await host.install(scriptFor(host))
    await host.install('echo -n proof >/var/lib/suar-host/acme/token-1\n')
    assert.deepEqual(await page(host.address, '/.well-known/acme-challenge/token-1'), [200, 'proof'])
    assert.equal((await page(host.address, '/.well-known/acme-challenge/'))[0], 403)
    assert.equal((await page(host.address, '/.well-known/acme-challenge/../inbox'))[0], 404)
    assert.equal((await page(host.address, '/'))[0], 404)
    const shown = await host.run(['sh', '-c', `openssl s_client -connect ${host.address}:443 -servername nobody.example </dev/null 2>&1`])
    assert.match(shown.stdout, /unrecognized name|no peer certificate available/)
  })

  it('does the same for Apache where there is no nginx', async () => {
    await using host = await startHost({ with: ['apache'] })
    const before = differencesOf(host)
    await host.install(scriptFor(host))
    await host.install('echo -n proof >/var/lib/suar-host/acme/token-1\n')
    await becomes(() => page(host.address, '/.well-known/acme-challenge/token-1'), [200, 'proof'] as const)
    assert.equal((await page(host.address, '/'))[0], 404)
    await host.install(scriptFor(host), '--remove')
    await becomes(async () => (await page(host.address, '/'))[0], 200)
    assert.deepEqual(differencesOf(host), before)
  })

  it('changes nothing when it is run again, and only the broker when that is another', async () => {
    await using host = await startHost({ with: ['nginx'] })
    await host.install(scriptFor(host))
    const after = differencesOf(host)
    const again = await host.install(scriptFor(host))
    assert.doesNotMatch(again, /wrote|made|took/)
    assert.deepEqual(differencesOf(host), after)
    const upgraded = await host.install(scriptFor(host, newer))
    assert.deepEqual(
      upgraded.split('\n').filter(line => /wrote|made|took/.test(line)),
      ['suar: wrote /usr/local/libexec/suar-broker'],
    )
  })

  it('says of a host whose broker is of another version what is to be done, and speaks with it after that', async () => {
    await using host = await startHost({ with: ['nginx'] })
    using old = await adopt(host, { broker: standin })
    using other = adoptedWith(host, old)
    const failure = failureOf(await other.greet(asking()))
    assert.equal(failure.kind, 'notSupported')
    assert.equal(failure.why?.code, 'otherBroker')
    assert.match(failure.message, /0\.0\.1 .* Run the host's install command again/)
    assert.equal(failure.retry, false)
    await host.install(installScript({ ...wish(host), keys: { broker: old.keys.broker.publicKey, inbox: old.keys.inbox.publicKey } }, newer))
    assert.equal(valued(await other.greet(asking())).broker, '0.0.2')
  })

  it('takes back everything it made', async () => {
    await using host = await startHost({ with: ['nginx', 'php'] })
    const before = differencesOf(host)
    await host.install(scriptFor(host))
    assert.ok(differencesOf(host).size > before.size + 8)
    const said = await host.install(scriptFor(host), '--remove')
    assert.match(said, /Suar is gone from this host/)
    assert.deepEqual(differencesOf(host), before)
    assert.doesNotMatch(fileOf(host, '/etc/passwd') + fileOf(host, '/etc/group'), /suar/)
    // Debian's own page is there again.
    assert.equal((await page(host.address, '/'))[0], 200)
    assert.match(await host.install(scriptFor(host), '--remove'), /Nothing of Suar is here/)
  })

  it('does not take away a host from under its websites, unless told so; what was put aside stays', async () => {
    await using host = await startHost({ with: ['nginx'] })
    await host.install(scriptFor(host))
    await host.install(`mkdir -m 700 /var/lib/suar-host/kept/c-2026-0001-1
      mkdir -p /srv/suar/dinkes/public /etc/suar-host/tls/dinkes
      echo page >/srv/suar/dinkes/public/index.html
      echo secret >/etc/suar-host/tls/dinkes/key.pem
      printf 'server { listen ${host.address}:80; server_name dinkes.example; root /srv/suar/dinkes/public; }\\n' >/etc/nginx/suar.d/dinkes.conf
      nginx -s reload\n`)
    const before = differencesOf(host)
    await assert.rejects(host.install(scriptFor(host), '--remove'), /Nothing was changed\. Websites still live here: dinkes/)
    assert.deepEqual(differencesOf(host), before)
    const said = await host.install(scriptFor(host), '--remove', '--with-websites')
    assert.match(said, /\/srv\/suar stays/)
    assert.equal(fileOf(host, '/srv/suar/dinkes/public/index.html'), 'page\n')
    const kept = (await host.run(['find', '/var/lib/suar-host/kept', '-type', 'f', '-o', '-name', 'c-2026-0001-1'])).stdout
    assert.match(kept, /c-2026-0001-1/)
    assert.match(kept, /\/etc\/suar-host\/tls\/dinkes\/key\.pem/)
    assert.match(kept, /\/etc\/nginx\/suar\.d\/dinkes\.conf/)
    assert.equal((await host.run(['find', '/var/lib/suar-host/kept', '-perm', '/077', '-maxdepth', '1'])).stdout, '')
  })

  for (const [what, prepare, words] of [
    ['python3', 'mv /usr/bin/python3 /usr/bin/python3-gone', /lacks:\n {2}- python3: apt install python3/],
    [
      'an old python3',
      'rm /usr/bin/python3; printf "#!/bin/sh\\n[ \\"\\$1\\" = -V ] && echo Python 3.7.3 || exit 1\\n" >/usr/bin/python3; chmod 755 /usr/bin/python3',
      /python3 of 3\.8 or newer: here is Python 3\.7\.3/,
    ],
    [
      'an old sudo',
      'rm /usr/bin/sudo; printf "#!/bin/sh\\necho Sudo version 1.9.5p2\\n" >/usr/bin/sudo; chmod 755 /usr/bin/sudo',
      /sudo of 1\.9\.10 or newer: here is 1\.9\.5/,
    ],
    ['an account of that name', 'useradd --system suar-hand', /the account suar-hand exists and was not made by this script/],
    ['a broken nginx', 'echo "server { nonsense; }" >/etc/nginx/conf.d/own.conf', /an nginx whose settings are right; it says: .*nonsense/s],
    ['a broken sshd', 'echo "Nonsense yes" >/etc/ssh/sshd_config.d/own.conf', /an sshd whose settings are right; it says: .*Nonsense/s],
    ['a broken sudo', 'echo "nonsense here" >/etc/sudoers.d/own', /a sudo whose settings are right/],
  ] as const) {
    it(`refuses a host with ${/^an? /.test(what) ? what : `no ${what}`}, and changes nothing`, async () => {
      await using host = await startHost({ with: ['nginx'] })
      await host.install(`${prepare}\n`)
      const before = differencesOf(host)
      await assert.rejects(host.install(scriptFor(host)), words)
      assert.deepEqual(differencesOf(host), before)
    })
  }

  for (const [what, prepare, words] of [
    ['that lets in only some', 'echo "AllowUsers root" >/etc/ssh/sshd_config.d/own.conf', /lets in only some \(allowusers\)\. Add suar-hand/],
    [
      'whose sshd does not read its folder',
      'sed -i /^Include/d /etc/ssh/sshd_config',
      /Add the line "Include \/etc\/ssh\/sshd_config\.d\/\*\.conf" at its beginning/,
    ],
    ['whose sudo does not read its folder', 'sed -i /includedir/d /etc/sudoers', /Add the line "@includedir \/etc\/sudoers\.d"/],
    [
      'with another default server',
      'rm /etc/nginx/sites-enabled/default; echo "server { listen $(hostname -i):80 default_server; }" >/etc/nginx/conf.d/own.conf',
      /Take away what it names \(another default_server\).*duplicate default server/s,
    ],
    ['with a file in the way', 'echo "# mine" >/etc/ssh/sshd_config.d/suar.conf', /suar\.conf is there already and was not made by this script/],
  ] as const) {
    it(`stops at a host ${what}, whose servers go on as they were, and takes back what it had made`, async () => {
      await using host = await startHost({ with: ['nginx'] })
      await host.install(`${prepare}\n`)
      const before = differencesOf(host)
      await assert.rejects(host.install(scriptFor(host)), words)
      assert.equal((await host.run(['sshd', '-t'])).code, 0)
      assert.equal((await host.run(['nginx', '-t'])).code, 0)
      assert.equal((await host.run(['visudo', '-c'])).code, 0)
      await host.install(scriptFor(host), '--remove')
      assert.deepEqual(differencesOf(host), before)
    })
  }

  it('does not take a host that is managed under another name', async () => {
    await using host = await startHost({ with: ['nginx'] })
    await host.install(scriptFor(host))
    const other = installScript({ ...wish(host), id: 'other' as never }, standin)
    await assert.rejects(host.install(other), /managed already, as host-\d+\. Take that back first/)
    await assert.rejects(host.install(other, '--remove'), /Take it back with its own script/)
  })

  it('listens where the host was told to, whatever the script says', async () => {
    await using host = await startHost({ with: ['nginx'] })
    await host.install(
      `mkdir /etc/suar-host\nprintf '{"listen":{"address":"${host.address}","http":8080,"https":8443}}' >/etc/suar-host/broker.json\n`,
    )
    await host.install(installScript({ ...wish(host), listen: { address: '*', http: 80, https: 443 } }, standin))
    const listens = fileOf(host, '/etc/nginx/conf.d/suar.conf').match(/listen \S+/g)
    assert.deepEqual(listens, [`listen ${host.address}:8080`, `listen ${host.address}:8443`])
    await host.install(`echo '{"listen":{"address":"1.2.3.4; include x","http":80,"https":443}}' >/etc/suar-host/broker.json\n`)
    await assert.rejects(host.install(scriptFor(host)), /broker\.json: listen is \{"address"/)
    await host.install(`echo nonsense >/etc/suar-host/broker.json\n`)
    await assert.rejects(host.install(scriptFor(host)), /broker\.json is not JSON/)
  })

  it('listens on both families where it is told nothing', async () => {
    await using host = await startHost({ with: ['nginx'] })
    // Every address of this machine's is nobody's alone: its settings are only looked at.
    await host.install('nginx -s stop\n')
    await host.install(installScript({ id: wish(host).id, keys: wish(host).keys }, standin))
    const listens = fileOf(host, '/etc/nginx/conf.d/suar.conf').match(/listen \S+/g)
    assert.deepEqual(listens, ['listen 0.0.0.0:80', 'listen [::]:80', 'listen 0.0.0.0:443', 'listen [::]:443'])
    assert.equal(JSON.parse(fileOf(host, '/etc/suar-host/broker.json')).listen.address, '*')
  })

  it('has the openings of websites made again when the host starts, by a unit that systemd understands', async () => {
    await using host = await startHost({ with: ['nginx'] })
    await host.install(scriptFor(host))
    const verified = await host.run(['systemd-analyze', 'verify', '/etc/systemd/system/suar-firewall.service'])
    assert.deepEqual([verified.code, verified.stderr], [0, ''])
    const link = await host.run(['readlink', '-e', '/etc/systemd/system/sysinit.target.wants/suar-firewall.service'])
    assert.equal(link.stdout, '/etc/systemd/system/suar-firewall.service\n')
  })

  it('does nothing when it came only in part', async () => {
    await using host = await startHost({ with: ['nginx'] })
    const before = differencesOf(host)
    const script = scriptFor(host)
    for (const share of [0.2, 0.5, 0.8, 0.99]) await host.run(['sh', '-s'], { input: script.slice(0, Math.floor(script.length * share)) })
    assert.deepEqual(differencesOf(host), before)
  })

  it('is made of checked values only', () => {
    const good = { id: 'web1' as never, keys: { broker: keys.broker.publicKey, inbox: keys.inbox.publicKey } }
    installScript(good, standin)
    for (const id of ["web1'; reboot; '", 'web1\nreboot', 'WEB1', '', '../web1', '@BROKER@', 'web1$(reboot)'])
      assert.throws(() => installScript({ ...good, id: id as never }, standin), id)
    for (const key of [
      `${keys.broker.publicKey}\nssh-rsa AAAA`,
      `command="sh" ${keys.broker.publicKey}`,
      `${keys.broker.publicKey}'`,
      'ssh-ed25519 AAAA suar broker',
    ])
      assert.throws(() => installScript({ ...good, keys: { ...good.keys, broker: key } }, standin), key)
    for (const from of ['10.0.0.1"', '*', '10.0.0.1,any', 'host.example'])
      assert.throws(() => installScript({ ...good, from: [from] }, standin), from)
    assert.match(installScript({ ...good, from: ['10.0.0.1', '2001:db8::1'] }, standin), /"from=\\"10\.0\.0\.1,2001:db8::1\\",restrict,command=/)
  })
})

/** The same host as somebody whose broker is newer sees it. */
function adoptedWith(host: TestHost, { place, keys }: Adopted) {
  const managed = openHost({ ...place, address: host.address }, { keys: privateParts(keys), expected: newer, log: asking().log })
  return Object.assign(managed, { [Symbol.dispose]: () => managed.close() })
}
