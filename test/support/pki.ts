// Authorities and certificates made by openssl, as agencies have them: what our own code reads and is measured by was not written by it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Made {
  readonly certificate: string
  readonly key: string
  /** Where both lie. */
  readonly files: { readonly certificate: string; readonly key: string }
}

export interface Wish {
  readonly subject?: string
  readonly names?: readonly string[]
  /** Beside the names: for servers that are asked by address. */
  readonly addresses?: readonly string[]
  /** Null: signed by itself. */
  readonly by?: Made | null
  /** As `openssl req -newkey` takes it. */
  readonly key?: readonly string[]
  readonly digest?: string
  readonly extensions?: readonly string[]
  /** `20260101000000Z` */
  readonly from?: string
  readonly until?: string
}

export const EC = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] as const
export const RSA = ['rsa:2048'] as const
const CA = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign', 'subjectKeyIdentifier=hash']

const HOUR = 3_600_000
/** `20260101000000Z` */
export const dated = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`

export class Pki implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'suar-pki-'))
  private count = 0

  file(name: string, text: string | Buffer): string {
    const path = join(this.folder, name)
    writeFileSync(path, text)
    return path
  }

  openssl(argv: readonly string[], input?: string): string {
    return execFileSync('openssl', argv, {
      cwd: this.folder,
      ...(input === undefined ? {} : { input }),
      stdio: ['pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
  }

  authority(subject: string, wish: Wish = {}): Made {
    return this.make({ subject: `/CN=${subject}`, extensions: CA, ...wish })
  }

  make({ subject = '/', names = [], addresses = [], by = null, key = EC, digest = 'sha256', extensions, from, until }: Wish): Made {
    const base = join(this.folder, `made-${++this.count}`)
    const files = { certificate: `${base}.pem`, key: `${base}.key` }
    this.openssl(['req', '-new', '-nodes', '-newkey', ...key, '-keyout', files.key, '-out', `${base}.csr`, '-subj', subject, '-sha256'])
    const all = [...names.map(name => `DNS:${name}`), ...addresses.map(address => `IP:${address}`)]
    const san = all.length === 0 ? [] : [`subjectAltName=${subject === '/' ? 'critical,' : ''}${all.join(',')}`]
    const lines = extensions ?? ['basicConstraints=CA:FALSE', 'extendedKeyUsage=serverAuth']
    // `openssl ca` alone can date a certificate freely here.
    const issuer = by?.files ?? { certificate: '', key: files.key }
    const config = `[ca]
default_ca = own
[own]
database = ${base}.index
new_certs_dir = ${this.folder}
rand_serial = yes
policy = any
unique_subject = no
email_in_dn = no
x509_extensions = ext
[any]
commonName = optional
organizationName = optional
[ext]
${[...lines, ...san].join('\n')}
`
    writeFileSync(`${base}.index`, '')
    writeFileSync(`${base}.cnf`, config)
    // A second that has begun here has not yet begun for who reads it.
    const when = ['-startdate', from ?? dated(Date.now() - HOUR), '-enddate', until ?? dated(Date.now() + 30 * 24 * HOUR)]
    const sign = by === null ? ['-selfsign', '-keyfile', issuer.key] : ['-cert', issuer.certificate, '-keyfile', issuer.key]
    this.openssl([
      'ca',
      '-batch',
      '-notext',
      '-config',
      `${base}.cnf`,
      '-in',
      `${base}.csr`,
      '-out',
      files.certificate,
      '-md',
      digest,
      ...when,
      ...sign,
    ])
    return { certificate: readFileSync(files.certificate, 'utf8'), key: readFileSync(files.key, 'utf8'), files }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
