// A log-in by SFTP as a website's account, with a key that lives for a few minutes and for this alone.
import { NodeSSH } from 'node-ssh'
import type { Call } from '../../../daemon/domain/call.ts'
import { fingerprintHex } from '../../../daemon/domain/host-key.ts'
import { done, failed, type Outcome } from '../../../daemon/domain/outcome.ts'
import { failureOf } from '../../../daemon/domain/ssh-refusals.ts'
import type { Hands, HostHands } from '../../hands.ts'
import { makeKeyPair } from '../../host/keys.ts'

const DEADLINE = 10_000
const MINUTES = 5

export type Sftp = Awaited<ReturnType<NodeSSH['requestSFTP']>>
export type Session = { readonly kind: 'in'; readonly ssh: NodeSSH } | { readonly kind: 'refused' }

interface Passing {
  readonly privateKey: string
  readonly ready: Promise<Outcome<unknown>>
  users: number
  gone: Promise<unknown> | null
}

/** A host keeps one such key an account: looks of the same change that go on side by side share it, and the last one takes it away. */
const passing = new WeakMap<Hands, Map<string, Passing>>()

async function keyFor(site: string, host: HostHands, hands: Hands, call: Call): Promise<{ readonly key: Passing; leave(): Promise<void> }> {
  const all = passing.get(hands) ?? new Map<string, Passing>()
  passing.set(hands, all)
  const name = `${host.id}/${site}`
  for (let before = all.get(name); before !== undefined && before.gone !== null; before = all.get(name)) await before.gone
  const made = all.get(name) ?? put()
  made.users++
  all.set(name, made)

  function put(): Passing {
    const { publicKey: key, privateKey } = makeKeyPair('suar-verification')
    return { privateKey, users: 0, gone: null, ready: host.ask('probe-key', { site, key, minutes: MINUTES }, call) }
  }
  return {
    key: made,
    async leave() {
      made.users--
      if (made.users > 0) return
      made.gone = host.ask('probe-key', { site, key: null, minutes: MINUTES }, call).then(gone => {
        all.delete(name)
        if (!gone.ok) call.log.warn({ site, host: host.id, failure: gone.failure }, 'a key for looking stays until it ends by itself')
      })
      await made.gone
    },
  }
}

/** The key is taken away again whatever happens. `refused` is an answer; not to reach the host is a failure. */
export async function asWebsite<T>(
  site: string,
  host: HostHands,
  hands: Hands,
  call: Call,
  work: (session: Session) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const { key, leave } = await keyFor(site, host, hands, call)
  let ssh: NodeSSH | null = null
  try {
    const put = await key.ready
    if (!put.ok) return put
    const session = await logIn(site, key.privateKey, host)
    if (!session.ok) return session
    if (session.value.kind === 'in') ssh = session.value.ssh
    return await work(session.value)
  } finally {
    ssh?.dispose()
    await leave()
  }
}

/**
 * An account that has ended gets no answer to its key: sshd hangs up (PAM). One lost connection may be the network's fault; a second one right after its
 * key was shown is not.
 */
async function logIn(site: string, privateKey: string, host: HostHands): Promise<Outcome<Session>> {
  const first = await tried(site, privateKey, host)
  if (first !== 'hungUp') return first
  const second = await tried(site, privateKey, host)
  return second === 'hungUp' ? done({ kind: 'refused' }) : second
}

async function tried(site: string, privateKey: string, { reach, id }: HostHands): Promise<Outcome<Session> | 'hungUp'> {
  const ssh = new NodeSSH()
  let seen: 'nothing' | 'another' | 'known' = 'nothing'
  const began = Date.now()
  try {
    await ssh.connect({
      host: reach.address,
      port: reach.ssh,
      username: site,
      privateKey,
      readyTimeout: DEADLINE,
      hostHash: 'sha256',
      hostVerifier: (hex: string) => {
        seen = hex === fingerprintHex(reach.hostKey) ? 'known' : 'another'
        return seen === 'known'
      },
    })
    return done({ kind: 'in', ssh })
  } catch (error) {
    ssh.dispose()
    return refusalOf(error, { seen, waited: Date.now() - began, id, where: `${reach.address}:${reach.ssh}` })
  }
}

function refusalOf(
  error: unknown,
  { seen, waited, id, where }: { seen: 'nothing' | 'another' | 'known'; waited: number; id: string; where: string },
): Outcome<Session> | 'hungUp' {
  if (seen === 'another') return failed('hostKeyChanged', `${id} showed another key than the one that was approved.`)
  const failure = failureOf(error, where)
  if (failure.kind === 'wrongCredential') return done({ kind: 'refused' })
  return seen === 'known' && waited < DEADLINE ? 'hungUp' : { ok: false, failure }
}
