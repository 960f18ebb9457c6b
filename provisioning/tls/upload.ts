// A certificate that was handed in as people have it: blocks in any order, with what Windows and mail programs put around them.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Instant } from '../../daemon/domain/call.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { done, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { KeyedCertificate } from './book.ts'
import { certificatesIn, lifeOf, wholeOf } from './chain.ts'
import { UPLOAD } from './words.ts'

export interface Upload {
  /** PEM; the key may stand in the same file. */
  readonly certificate: string
  /** PEM; empty: it stands with the certificate. */
  readonly key: string
}

const LARGEST = 131_072
const MOST = 20
const KEYS = /-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----[^-]+-----END \1-----/g

/** `names`: those it must be for. The failure names the field, `certificate` or `key`, and what to do. */
export function readUpload(
  { certificate, key }: Upload,
  { names, roots, now }: { readonly names: readonly string[]; readonly roots: readonly string[]; readonly now: Instant },
): Outcome<KeyedCertificate> {
  const not = (field: 'certificate' | 'key', words: Words) => refused('invalid', words, [{ field, reason: words.en, words }])
  const noFile = wrongFile(certificate)
  if (noFile !== null) return not('certificate', noFile)
  const given = certificatesIn(certificate)
  if (given.length > MOST) return not('certificate', UPLOAD.tooMany)
  const broken = given.indexOf(null)
  if (broken >= 0) return not('certificate', UPLOAD.broken(broken + 1))
  const private_ = keyIn(key.trim() === '' ? certificate : key)
  if ('en' in private_) return not('key', private_)
  const whole = wholeOf(
    given.filter(one => one !== null),
    private_,
    { names, roots, now },
  )
  if (!whole.ok) return whole
  return done({
    ...lifeOf(whole.value.leaf),
    source: 'upload',
    chain: whole.value.chain,
    names: whole.value.names,
    key: private_.export({ type: 'pkcs8', format: 'pem' }).toString(),
  })
}

function wrongFile(text: string): Words | null {
  if (text.length > LARGEST) return UPLOAD.tooBig
  if (/-----BEGIN CERTIFICATE-----/.test(text)) return certificatesIn(text).length === 0 ? UPLOAD.broken(1) : null
  if (/-----BEGIN PKCS7-----/.test(text)) return UPLOAD.pkcs7
  if (/-----BEGIN (NEW )?CERTIFICATE REQUEST-----/.test(text)) return UPLOAD.request
  // Read as text, a binary file has signs that no PEM has.
  return /[\0\ufffd]/.test(text) ? UPLOAD.binary : UPLOAD.empty
}

function keyIn(text: string): KeyObject | Words {
  if (text.length > LARGEST) return UPLOAD.tooBig
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text)) return UPLOAD.encrypted
  const found = text.match(KEYS) ?? []
  if (found.length > 1) return UPLOAD.twoKeys
  if (found[0] === undefined) {
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return UPLOAD.brokenKey
    return /-----BEGIN (RSA )?PUBLIC KEY-----/.test(text) ? UPLOAD.publicKey : /[\0\ufffd]/.test(text) ? UPLOAD.binary : UPLOAD.noKey
  }
  try {
    return createPrivateKey(found[0].replaceAll(/^[ \t]+|\r/gm, ''))
  } catch {
    return UPLOAD.brokenKey
  }
}
