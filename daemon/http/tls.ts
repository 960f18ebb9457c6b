// TLS of our own: certificate and key from files, read again when they change, without dropping a connection.
import { X509Certificate } from 'node:crypto'
import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { Call } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'

export interface TlsFiles {
  /** PEM: the certificate, then those between it and the root. */
  readonly certificate: string
  /** PEM. */
  readonly key: string
}

/** Reads both and proves that they belong together; the message names the file and never its content. */
export function readTls({ certificate, key }: TlsFiles): Outcome<SecureContextOptions & { readonly until: number }> {
  try {
    const options = { cert: readFileSync(certificate), key: readFileSync(key) }
    createSecureContext({ ...options, minVersion: 'TLSv1.2' })
    return done({ ...options, minVersion: 'TLSv1.2', until: Date.parse(new X509Certificate(options.cert).validTo) })
  } catch (error) {
    const { code = '', message, path } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? `there is no file ${path}` : code === 'EACCES' ? `${path} may not be read` : message.split('\n')[0]
    return failed('invalid', `The certificate ${certificate} with the key ${key} cannot be used: ${why}. Check http.tls.`)
  }
}

/** How often the files are looked at, ms. Looked at by time, because certificates are often links that are moved. */
const LOOK = 5_000

export function watchTls(files: TlsFiles, use: (options: SecureContextOptions) => void, log: Call['log'], interval = LOOK): { close(): void } {
  const look = () => {
    const read = readTls(files)
    // Between two files that change one after the other they do not fit: the second one's change is looked at too.
    if (!read.ok) return log.warn({}, `${read.failure.message} The one before stays in use.`)
    use(read.value)
    log.info({ until: new Date(read.value.until).toISOString() }, 'the certificate was read again')
  }
  for (const file of [files.certificate, files.key]) watchFile(file, { interval, persistent: false }, look)
  return {
    close() {
      for (const file of [files.certificate, files.key]) unwatchFile(file, look)
    },
  }
}
