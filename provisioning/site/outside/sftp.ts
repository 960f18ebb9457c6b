// The account of a website tried out as its owner would, and as a burglar would.
import { randomBytes } from 'node:crypto'
import type { NodeSSH } from 'node-ssh'
import type { Call } from '../../../daemon/domain/call.ts'
import type { Proof, ThingRef } from '../../../daemon/domain/change.ts'
import { done, type Outcome } from '../../../daemon/domain/outcome.ts'
import type { Hands, HostHands } from '../../hands.ts'
import { proof } from '../proof.ts'
import { asWebsite, type Sftp } from './session.ts'

/** `open` false: the website is suspended, and nobody may log in. */
export const lookBySftp = (thing: ThingRef, open: boolean, host: HostHands, hands: Hands, call: Call): Promise<Outcome<readonly Proof[]>> =>
  asWebsite(thing.name, host, hands, call, async session => {
    const entry = mayEnter(thing, open, session.kind === 'in', host)
    if (session.kind === 'refused' || !open) return done([entry])
    const sftp = await session.ssh.requestSFTP()
    return done([entry, ...(await Promise.all([keepsFiles(thing, sftp), staysInside(thing, sftp), onlyFiles(thing, session.ssh)]))])
  })

function mayEnter(thing: ThingRef, open: boolean, is: boolean, { reach }: HostHands): Proof {
  const words = is
    ? { id: `Akun ${thing.name} dapat masuk lewat SFTP`, en: `The account ${thing.name} can log in by SFTP` }
    : { id: `Akun ${thing.name} ditolak masuk lewat SFTP`, en: `The account ${thing.name} is refused by SFTP` }
  return proof(thing, 'outside', is === open, words, { address: reach.address, port: reach.ssh })
}

/** What a callback of ssh2 says, as a value: null is no error. */
const said = (ask: (tell: (error?: Error | null) => void) => void): Promise<Error | null> =>
  new Promise(resolve => ask(error => resolve(error ?? null)))

export const written = (sftp: Sftp, path: string, text: string): Promise<Error | null> => said(tell => sftp.writeFile(path, text, tell))
export const removed = (sftp: Sftp, path: string): Promise<Error | null> => said(tell => sftp.unlink(path, tell))
export const linked = (sftp: Sftp, target: string, path: string): Promise<Error | null> => said(tell => sftp.symlink(target, path, tell))
const textOf = (sftp: Sftp, path: string): Promise<string | null> =>
  new Promise(resolve => sftp.readFile(path, (error, content) => resolve(error === undefined || error === null ? content.toString() : null)))

async function keepsFiles(thing: ThingRef, sftp: Sftp): Promise<Proof> {
  const [path, text] = [`/public/suar-${randomBytes(8).toString('hex')}.txt`, randomBytes(16).toString('hex')]
  const put = await written(sftp, path, text)
  const same = put === null && (await textOf(sftp, path)) === text
  const gone = put === null ? await removed(sftp, path) : null
  const ok = same && gone === null
  return proof(
    thing,
    'outside',
    ok,
    ok
      ? { id: `Berkas di public/ dapat ditulis, dibaca, dan dihapus`, en: 'A file in public/ can be written, read and removed' }
      : { id: `Berkas di public/ tidak dapat ditulis, dibaca, atau dihapus`, en: 'A file in public/ cannot be written, read or removed' },
    { why: (put ?? gone)?.message ?? null },
  )
}

/** Files that every system has: whoever sees them is not in a folder of his own. */
const OUTSIDE = ['/etc/passwd', '../../../../etc/passwd', '/public/../../../etc/passwd', '/proc/self/status', '/srv/suar']

async function staysInside(thing: ThingRef, sftp: Sftp): Promise<Proof> {
  const reached: string[] = []
  for (const path of OUTSIDE) if ((await said(tell => sftp.stat(path, tell))) === null) reached.push(path)
  // A link may say anything; followed it must end within the folder all the same.
  const link = `/public/suar-${randomBytes(8).toString('hex')}`
  if ((await linked(sftp, '/etc/passwd', link)) === null) {
    if ((await textOf(sftp, link)) !== null) reached.push(`${link} → /etc/passwd`)
    const gone = await removed(sftp, link)
    if (gone !== null) reached.push(`${link} could not be removed`)
  }
  const root = `/suar-${randomBytes(8).toString('hex')}`
  if ((await written(sftp, root, '')) === null) {
    reached.push('/ can be written')
    await removed(sftp, root)
  }
  const ok = reached.length === 0
  return proof(
    thing,
    'outside',
    ok,
    ok
      ? { id: `Akun ${thing.name} tidak dapat keluar dari foldernya`, en: `The account ${thing.name} cannot leave its folder` }
      : { id: `Akun ${thing.name} dapat keluar dari foldernya`, en: `The account ${thing.name} can leave its folder` },
    { reached },
  )
}

async function onlyFiles(thing: ThingRef, ssh: NodeSSH): Promise<Proof> {
  const word = randomBytes(8).toString('hex')
  const tried = await Promise.all([
    runs(ssh, word),
    grants(tell => ssh.connection!.shell({ term: 'vt100' }, tell)),
    grants(tell => ssh.connection!.forwardOut('127.0.0.1', 0, '127.0.0.1', 22, tell)),
  ])
  const able = ['command', 'terminal', 'forwarding'].filter((_, i) => tried[i])
  const ok = able.length === 0
  return proof(
    thing,
    'outside',
    ok,
    ok
      ? {
          id: `Akun ${thing.name} tidak dapat menjalankan perintah atau meneruskan koneksi`,
          en: `The account ${thing.name} can neither run commands nor forward connections`,
        }
      : { id: `Akun ${thing.name} dapat lebih dari sekadar SFTP`, en: `The account ${thing.name} can do more than SFTP` },
    { able },
  )
}

/** sshd runs its own SFTP server whatever was asked for: the word never comes back. */
async function runs(ssh: NodeSSH, word: string): Promise<boolean> {
  const ran = await ssh.execCommand(`echo ${word}`, { stdin: '' }).catch((error: unknown) => (error instanceof Error ? null : Promise.reject(error)))
  return ran?.stdout.includes(word) ?? false
}

interface Closing {
  close(): unknown
}
const grants = (ask: (tell: (error: Error | undefined, stream: Closing) => void) => unknown): Promise<boolean> =>
  new Promise(resolve => {
    ask((error, stream) => {
      if (error === undefined || error === null) stream.close()
      resolve(error === undefined || error === null)
    })
  })
