// Debian's snmpd on a free loopback port: the second opinion that no test of ours has written.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SnmpAccess } from '../../daemon/domain/device.ts'

export const AUTH_PASSWORD = 'authpass123'
export const PRIV_PASSWORD = 'privpass123'

/** Under this OID `.1.0` is an INTEGER that the community `private` may write: 7 until somebody does. */
export const WRITABLE = '1.3.6.1.4.1.8072.9999.9999.1.0'

type User = Extract<SnmpAccess, { version: '3' }>

const AUTH = { md5: 'MD5', sha: 'SHA', sha224: 'SHA-224', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const
const PRIV = { des: 'DES', aes: 'AES', aes192: 'AES-192', aes256: 'AES-256' } as const

/** A user that the agent knows: of these protocols, with the passwords above. */
export function user(auth?: keyof typeof AUTH, priv?: keyof typeof PRIV): User {
  return {
    via: 'snmp',
    version: '3',
    user: `u-${auth ?? 'open'}-${priv ?? 'open'}`,
    context: '',
    ...(auth === undefined ? {} : { auth: { protocol: auth, password: AUTH_PASSWORD } }),
    ...(priv === undefined ? {} : { priv: { protocol: priv, password: PRIV_PASSWORD } }),
  }
}

const USERS = [
  user(),
  ...(Object.keys(AUTH) as (keyof typeof AUTH)[]).flatMap(auth => [
    user(auth),
    ...(Object.keys(PRIV) as (keyof typeof PRIV)[]).map(priv => user(auth, priv)),
  ]),
]

/** True where the test can be run at all. */
export function hasSnmpd(): boolean {
  try {
    execFileSync('snmpd', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export interface Snmpd {
  readonly port: number
  close(): Promise<void>
}

/** Starts the agent, on a given port or any free one, and waits until it answers. Communities: `public` reads, `private` writes. */
export async function startSnmpd(at?: number): Promise<Snmpd> {
  const folder = mkdtempSync(join(tmpdir(), 'suar-snmpd-'))
  const port = at ?? (await freePort())
  writeFileSync(
    join(folder, 'pass.sh'),
    `B=.${WRITABLE.slice(0, -4)}; V=$(dirname "$0")/value
show() { printf '%s\\ninteger\\n%s\\n' $B.1.0 "$(cat $V 2>/dev/null || echo 7)"; }
case "$1" in
  -g) [ "$2" = $B.1.0 ] && show;;
  -n) case "$2" in $B|$B.1) show;; esac;;
  -s) [ "$2" = $B.1.0 ] && echo "$4" >$V || echo not-writable;;
esac
`,
  )
  const lines = USERS.flatMap(each => {
    const { auth, priv } = each
    const keys = [auth && `${AUTH[auth.protocol]} ${AUTH_PASSWORD}`, priv && `${PRIV[priv.protocol as keyof typeof PRIV]} ${PRIV_PASSWORD}`]
    const level = priv ? 'priv' : auth ? 'auth' : 'noauth'
    return [
      `createUser ${each.user} ${keys.filter(key => key !== undefined).join(' ')}`,
      `${each.user === 'u-sha-aes' ? 'rwuser' : 'rouser'} ${each.user} ${level}`,
    ]
  })
  writeFileSync(
    join(folder, 'snmpd.conf'),
    [
      `agentaddress udp:127.0.0.1:${port}`,
      'rocommunity public 127.0.0.1',
      'rwcommunity private 127.0.0.1',
      'sysName test-agent',
      'sysLocation Rack 1',
      `pass .${WRITABLE.slice(0, -4)} /bin/sh ${folder}/pass.sh`,
      ...lines,
      '',
    ].join('\n'),
  )
  const child = spawn('snmpd', ['-f', '-Lo', '-C', '-c', join(folder, 'snmpd.conf')], {
    stdio: 'ignore',
    env: { ...process.env, SNMP_PERSISTENT_DIR: join(folder, 'state') },
  })
  await answers(child, port)
  return {
    port,
    close: () =>
      new Promise(told => {
        child.once('exit', () => {
          rmSync(folder, { recursive: true, force: true })
          told()
        })
        child.kill()
      }),
  }
}

export async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>(bound => void socket.bind(0, '127.0.0.1', bound))
  const { port } = socket.address()
  await new Promise<void>(shut => void socket.close(() => shut()))
  return port
}

/** sysUpTime by v2c and community `public`, written out so that this file leans on nothing that it helps to test. */
const UPTIME = Buffer.from('302602010104067075626c6963a019020101020100020100300e300c06082b060102010103000500', 'hex')

/** Asks every 50 ms until the agent has answered; it dying first, or 10 s, is an error. */
async function answers(child: ChildProcess, port: number): Promise<void> {
  const socket = createSocket('udp4')
  try {
    await new Promise<void>((up, down) => {
      const asking = setInterval(() => socket.send(UPTIME, port, '127.0.0.1'), 50)
      const deadline = setTimeout(() => down(new Error('snmpd does not answer')), 10_000)
      const settle = (then: () => void) => () => {
        clearInterval(asking)
        clearTimeout(deadline)
        then()
      }
      socket.once('message', settle(up))
      child.once(
        'exit',
        settle(() => down(new Error('snmpd has ended'))),
      )
      child.once(
        'error',
        settle(() => down(new Error('snmpd cannot be started'))),
      )
    })
  } finally {
    socket.close()
  }
}
