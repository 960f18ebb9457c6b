// Poppler: another hand's view of our PDFs. And keys made by openssl.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const havePoppler = (): boolean => spawnSync('pdfsig', ['-v']).error === undefined

export interface Desk {
  readonly folder: string
  file(name: string, content: Uint8Array | string): string
  /** What a program prints; throws when it fails, unless `may`. */
  run(program: string, args: readonly string[], may?: boolean): string
  close(): void
}

export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'suar-paper-'))
  return {
    folder,
    file(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    run(program, args, may = false) {
      // A home of its own: pdfsig looks for keys of Firefox in it.
      const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, env: { ...process.env, HOME: folder }, encoding: 'latin1' })
      if (error || (status !== 0 && !may)) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`)
      return Buffer.from(stdout, 'latin1').toString('utf8')
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export const PASSWORD = 'segel dinas 2026'

export interface KeyOptions {
  readonly kind?: 'rsa' | 'ec'
  /** As programs of before 2021 write it. */
  readonly old?: boolean
}

/** A certificate authority, and key files issued by it. */
export function openAuthority(desk: Desk): { issue(name: string, options?: KeyOptions): string } {
  desk.run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=Otoritas Uji',
    '-days',
    '30',
  ])
  return {
    issue(name, { kind = 'rsa', old = false } = {}) {
      const file = name.replaceAll(/\W/g, '-')
      const make =
        kind === 'rsa' ? ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] : ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
      desk.run('openssl', ['genpkey', ...make, '-out', `${file}.key`])
      desk.run('openssl', ['req', '-new', '-key', `${file}.key`, '-subj', `/CN=${name}/O=Dinas`, '-out', `${file}.csr`])
      desk.run('openssl', [
        'x509',
        '-req',
        '-in',
        `${file}.csr`,
        '-CA',
        'ca.crt',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        '20',
        '-out',
        `${file}.crt`,
      ])
      const ciphers = old ? ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'] : []
      desk.file('password', PASSWORD)
      desk.run('openssl', [
        ...['pkcs12', '-export', '-inkey', `${file}.key`, '-in', `${file}.crt`, '-certfile', 'ca.crt'],
        ...[...ciphers, '-passout', 'file:password', '-out', `${file}.p12`],
      ])
      return join(desk.folder, `${file}.p12`)
    },
  }
}

/** A page as grey pixels, 0 black … 255 white. */
export function raster(
  desk: Desk,
  path: string,
  page: number,
  dpi: number,
): { readonly width: number; readonly height: number; at(x: number, y: number): number } {
  const args = ['-r', String(dpi), '-gray', '-f', String(page), '-l', String(page), '-singlefile', path]
  const { stdout } = spawnSync('pdftoppm', args, { cwd: desk.folder, maxBuffer: 256 * 1024 * 1024 })
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.toString('latin1', 0, 40))
  if (head === null) throw new Error('pdftoppm made no picture')
  const [width, height, begin] = [Number(head[1]), Number(head[2]), head[0].length]
  return { width, height, at: (x, y) => stdout[begin + Math.round(y) * width + Math.round(x)] ?? 255 }
}
