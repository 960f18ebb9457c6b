// Two of Debian's named on loopback: a primary that takes signed updates and hands its zones out, and a secondary that fetches them through a cable of ours.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TsigAlgorithm } from '../../provisioning/dns/tsig.ts'
import { type DnsCable, startDnsCable } from './dns-cable.ts'

const run = promisify(execFile)
/** The one address that named finds on the loopback interface by itself: servers of ours differ by their ports. */
const HERE = '127.0.0.1'

/** Whether named is on this machine; tests say so and skip when it is not. */
export const hasNamed = (): boolean => existsSync('/usr/sbin/named') && existsSync('/usr/bin/dig')

export interface NamedZone {
  readonly name: string
  /** Lines of a zone file below SOA and NS. */
  readonly records?: string
  /** Instead of `allow-update` for the key. */
  readonly policy?: string
  /** Of the primary besides. */
  readonly more?: string
}

export interface NamedKey {
  readonly name: string
  readonly algorithm: TsigAlgorithm
  readonly secret: string
}

export interface NamedPair {
  /** `127.0.0.1:41234` */
  readonly primary: string
  readonly secondary: string
  readonly key: NamedKey
  /** Known to both, and free to do nothing. */
  readonly poorKey: NamedKey
  /** Between secondary and primary. */
  readonly cable: DnsCable
  readonly folder: string
  /** What dig prints, asked at a server: the second opinion. */
  dig(server: string, ...words: readonly string[]): Promise<string>
  /** Signed by the key, as a person at the keyboard would: lines of nsupdate after `server` and `zone`. */
  nsupdate(zone: string, lines: readonly string[]): Promise<void>
  rndc(which: 'primary' | 'secondary', ...words: readonly string[]): Promise<string>
  close(): Promise<void>
}

const newKey = (name: string, algorithm: TsigAlgorithm): NamedKey => ({ name, algorithm, secret: randomBytes(32).toString('base64') })

const keyText = ({ name, algorithm, secret }: NamedKey): string => `key "${name}" { algorithm ${algorithm}; secret "${secret}"; };\n`

/** A port that is free for both kinds. */
export async function freeDnsPort(): Promise<number> {
  for (;;) {
    const udp = createSocket('udp4').bind(0, HERE)
    await once(udp, 'listening')
    const { port } = udp.address()
    const tcp = createServer()
    const free = await new Promise<boolean>(resolve => {
      tcp.once('error', () => resolve(false))
      tcp.listen(port, HERE, () => tcp.close(() => resolve(true)))
    })
    await new Promise<void>(resolve => udp.close(resolve))
    if (free) return port
  }
}

export async function startNamed(zones: readonly NamedZone[], algorithm: TsigAlgorithm = 'hmac-sha256'): Promise<NamedPair> {
  const folder = await mkdtemp(join(tmpdir(), 'suar-named-'))
  const ports = {
    primary: await freeDnsPort(),
    secondary: await freeDnsPort(),
    rndc: { primary: await freeDnsPort(), secondary: await freeDnsPort() },
  }
  const key = newKey('suar-key', algorithm)
  const poorKey = newKey('poor-key', algorithm)
  const rndcKey = newKey('rndc-key', 'hmac-sha256')
  await writeFile(join(folder, 'keys.conf'), keyText(key) + keyText(poorKey) + keyText(rndcKey))
  await writeFile(join(folder, 'rndc.conf'), `${keyText(rndcKey)}options { default-key "rndc-key"; };\n`)

  const common = (name: 'primary' | 'secondary') => `include "${folder}/keys.conf";
controls { inet ${HERE} port ${ports.rndc[name]} allow { any; } keys { "rndc-key"; }; };
options { directory "${folder}"; pid-file "${folder}/${name}.pid"; session-keyfile "${folder}/${name}.session"; managed-keys-directory "${folder}";
  lock-file none; listen-on port ${ports[name]} { ${HERE}; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; empty-zones-enable no; allow-new-zones yes; notify yes; notify-delay 0; minimal-responses yes;
  allow-transfer { key "suar-key"; }; };
`
  const cable = await startDnsCable({ address: HERE, port: await freeDnsPort() }, { address: HERE, port: ports.primary })
  const fileOf = (name: string, of: string) => join(folder, `${of}-${name.replaceAll('/', '_')}.zone`)
  let primary = common('primary')
  let secondary = common('secondary')
  for (const { name, records = '', policy, more = '' } of zones) {
    const update = policy === undefined ? 'allow-update { key "suar-key"; };' : `update-policy { ${policy} };`
    primary += `zone "${name}" { type primary; file "${fileOf(name, 'a')}"; ${update} also-notify { ${HERE} port ${ports.secondary} key "suar-key"; }; ${more} };\n`
    secondary += `zone "${name}" { type secondary; primaries { ${HERE} port ${cable.port} key "suar-key"; }; file "${fileOf(name, 'b')}"; masterfile-format text;
  allow-notify { ${HERE}; }; min-refresh-time 1; max-retry-time 1; min-retry-time 1; };\n`
    const head = `$ORIGIN ${name}.\n$TTL 300\n@ IN SOA ns1 hostmaster 1 60 1 86400 60\n@ IN NS ns1\nns1 IN A 127.0.0.1\n`
    await writeFile(fileOf(name, 'a'), `${head}${records}\n`)
  }
  await writeFile(join(folder, 'primary.conf'), primary)
  await writeFile(join(folder, 'secondary.conf'), secondary)

  const children: ChildProcess[] = []
  const logs = { primary: '', secondary: '' }
  for (const name of ['primary', 'secondary'] as const) {
    const child = spawn('/usr/sbin/named', ['-g', '-n', '1', '-c', join(folder, `${name}.conf`)], { stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', (chunk: Buffer) => {
      logs[name] += chunk.toString()
    })
    children.push(child)
  }
  const dig: NamedPair['dig'] = async (server, ...words) => {
    const [address = '', port = ''] = server.split(':')
    const { stdout } = await run('dig', [`@${address}`, '-p', port, '+time=1', '+tries=1', ...words], { maxBuffer: 64 << 20 })
    return stdout.trim()
  }
  const close = async () => {
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    }
    await cable.close()
    await rm(folder, { recursive: true, force: true })
  }

  const pair: NamedPair = {
    primary: `${HERE}:${ports.primary}`,
    secondary: `${HERE}:${ports.secondary}`,
    key,
    poorKey,
    cable,
    folder,
    dig,
    async nsupdate(zone, lines) {
      const keyFile = join(folder, 'nsupdate.key')
      await writeFile(keyFile, keyText(key))
      const script = join(folder, `nsupdate-${randomBytes(4).toString('hex')}`)
      await writeFile(script, [`server ${HERE} ${ports.primary}`, `zone ${zone}`, ...lines, 'send', ''].join('\n'))
      await run('nsupdate', ['-k', keyFile, script])
    },
    async rndc(which, ...words) {
      const { stdout } = await run('rndc', ['-c', join(folder, 'rndc.conf'), '-s', HERE, '-p', String(ports.rndc[which]), ...words])
      return stdout
    },
    close,
  }
  const until = Date.now() + 20_000
  for (const server of [pair.primary, pair.secondary])
    for (const { name } of zones)
      for (;;) {
        const answer = await dig(server, name, 'SOA', '+norecurse').catch(() => '')
        if (/flags: qr aa/.test(answer) && /SOA\tns1/.test(answer)) break
        if (Date.now() > until || children.some(({ exitCode }) => exitCode !== null)) {
          await close()
          throw new Error(`named does not serve ${name} at ${server}:\n${logs.primary}\n${logs.secondary}`)
        }
        await new Promise(resolve => setTimeout(resolve, 50))
      }
  return pair
}
