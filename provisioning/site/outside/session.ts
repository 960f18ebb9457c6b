// A log-in by SFTP as a website's account, with a key that lives for a few minutes and for this alone.
import { NodeSSH } from 'node-ssh'
import type { Call } from '../../../daemon/domain/call.ts'
import { fingerprintHex } from '../../../daemon/domain/host-key.ts'
import { done, failed, type Outcome } from '../../../daemon/domain/outcome.ts'
import { failureOf } from '../../../daemon/domain/ssh-refusals.ts'
import type { HostHands } from '../../hands.ts'
import { makeKeyPair } from '../../host/keys.ts'

const DEADLINE = 10_000
const MINUTES = 5

export type Sftp = Awaited<ReturnType<NodeSSH['requestSFTP']>>
export type Session = { readonly kind: 'in'; readonly ssh: NodeSSH } | { readonly kind: 'refused' }

/** The key is taken away again whatever happens. `refused` is an answer; not to reach the host is a failure. */
export async function asWebsite<T>(site: string, host: HostHands, call: Call, work: (session: Session) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const pair = makeKeyPair('suar-verification')
  const put = await host.ask('probe-key', { site, key: pair.publicKey, minutes: MINUTES }, call)
  if (!put.ok) return put
  const ssh = new NodeSSH()
  try {
    const session = await logIn(ssh, site, pair.privateKey, host)
    return session.ok ? await work(session.value) : session
  } finally {
    ssh.dispose()
    const gone = await host.ask('probe-key', { site, key: null, minutes: MINUTES }, call)
    if (!gone.ok) call.log.warn({ site, host: host.id, failure: gone.failure }, 'a key for looking stays until it ends by itself')
  }
}

async function logIn(ssh: NodeSSH, site: string, privateKey: string, { reach, id }: HostHands): Promise<Outcome<Session>> {
  let shown = true
  try {
    await ssh.connect({
      host: reach.address,
      port: reach.ssh,
      username: site,
      privateKey,
      readyTimeout: DEADLINE,
      hostHash: 'sha256',
      hostVerifier: (hex: string) => {
        shown = hex === fingerprintHex(reach.hostKey)
        return shown
      },
    })
    return done({ kind: 'in', ssh })
  } catch (error) {
    if (!shown) return failed('hostKeyChanged', `${id} showed another key than the one that was approved.`)
    const failure = failureOf(error, `${reach.address}:${reach.ssh}`)
    return failure.kind === 'wrongCredential' ? done({ kind: 'refused' }) : { ok: false, failure }
  }
}
