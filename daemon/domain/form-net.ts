// Addresses, names and keys of machines as people type them: normal form, or what is wrong, as closely as one can tell.
import type { Words } from './form.ts'

export type Normal = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: Words | null }

const normal = (value: string): Normal => ({ ok: true, value })
const wrong = (id: string, en: string): Normal => ({ ok: false, why: { id, en } })

const LETTERS: Readonly<Record<string, string>> = { l: '1', I: '1', i: '1', O: '0', o: '0', S: '5', B: '8', Z: '2' }

/** An address, or a network with its prefix length (10.12.30.0/24). IPv6 in the form of RFC 5952. */
export function normalIp(text: string): Normal {
  const [address = '', prefix, ...more] = text.split('/')
  if (more.length > 0) return wrong('ada lebih dari satu garis miring', 'it has more than one slash')
  const six = address.includes(':')
  const found = six ? normalIp6(address) : normalIp4(address)
  if (!found.ok || prefix === undefined) return found
  const longest = six ? 128 : 32
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > longest)
    return wrong(`panjang awalan “/${prefix}” bukan 0 sampai ${longest}`, `the prefix length “/${prefix}” is not 0 to ${longest}`)
  return normal(`${found.value}/${prefix}`)
}

function normalIp4(text: string): Normal {
  const parts = text.split(/[.,]/)
  const letter = /[A-Za-z]/.exec(text)
  if (letter !== null && /^[\d.,lIiOoSBZ]+$/.test(text) && parts.length === 4) {
    const digit = LETTERS[letter[0]] ?? ''
    const last = letter.index === text.length - 1
    const where = last ? 'tanda terakhir' : `tanda ke-${letter.index + 1}`
    return wrong(
      `${where} huruf ${letter[0]}, bukan angka ${digit}`,
      `${last ? 'the last sign' : `sign ${letter.index + 1}`} is the letter ${letter[0]}, not the figure ${digit}`,
    )
  }
  if (letter !== null) return { ok: false, why: null }
  if (text.includes(',')) return wrong('pakai titik, bukan koma', 'use dots, not commas')
  if (parts.length !== 4) return wrong(`ada ${parts.length} bagian, seharusnya 4`, `it has ${parts.length} parts instead of 4`)
  for (const part of parts) {
    if (!/^\d{1,9}$/.test(part)) return part === '' ? wrong('ada bagian yang kosong', 'a part is empty') : { ok: false, why: null }
    if (Number(part) > 255) return wrong(`angka ${part} lebih besar dari 255`, `${part} is larger than 255`)
    if (part.length > 1 && part.startsWith('0')) return wrong(`“${part}” dimulai dengan nol`, `“${part}” begins with a zero`)
  }
  return normal(text)
}

function normalIp6(text: string): Normal {
  if (!/^[0-9a-fA-F:.]{2,45}$/.test(text)) return { ok: false, why: null }
  const host = hostOf(`[${text}]`)
  return host === null ? { ok: false, why: null } : normal(host.slice(1, -1))
}

/** What the URL parser (WHATWG, in browsers and Node alike) makes of a host; null when it refuses it. */
function hostOf(host: string): string | null {
  try {
    return new URL(`http://${host}/`).hostname
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

const HOST = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/
/** Labels of records that are no hosts begin with an underscore (RFC 8552); a star alone is a wildcard (RFC 4592). */
const RECORD = /^_?[a-z0-9]([a-z0-9-]*[a-z0-9])?$/

/** A name of at least two labels, of a host or of any record; others than ASCII become A-labels (RFC 5890). */
export function normalDomain(text: string, of: 'host' | 'record' = 'host'): Normal {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)
  if (scheme !== null) return wrong(`tulis tanpa “${scheme[0]}”`, `write it without “${scheme[0]}”`)
  const at = /[/:?#@\s\\]/.exec(text)
  if (at !== null)
    return at[0] === '@'
      ? wrong('ini alamat surat elektronik', 'this is an e-mail address')
      : wrong(`tanda “${at[0]}” tidak boleh ada`, `the sign “${at[0]}” may not be in it`)
  const name = text.replace(/\.$/, '')
  if (normalIp4(name).ok) return wrong('ini alamat IP', 'this is an IP address')
  const host = name.length > 0 && name.length <= 253 ? hostOf(name) : null
  if (host === null || host.length > 253) return { ok: false, why: null }
  const labels = host.split('.')
  if (labels.length < 2) return wrong('harus ada titik, misalnya nama.go.id', 'it needs a dot, such as name.go.id')
  const allowed = of === 'host' ? HOST : RECORD
  for (const [i, label] of labels.entries()) {
    if (of === 'record' && i === 0 && label === '*') continue
    if (label === '') return wrong('ada bagian yang kosong di antara titik', 'there is nothing between two dots')
    if (label.length > 63) return wrong('ada bagian yang lebih dari 63 huruf', 'a part has more than 63 characters')
    if (!allowed.test(label)) return wrong(`bagian “${label}” berisi tanda yang tidak boleh`, `the part “${label}” has signs that are not allowed`)
  }
  if (/^\d+$/.test(labels.at(-1) ?? '')) return { ok: false, why: null }
  return normal(host)
}

const PRIVATE = /-----BEGIN [A-Z ]*PRIVATE KEY|PuTTY-User-Key-File/
/** A pasted private key is a secret: it must not be kept, shown or logged. */
export const isPrivateKey = (text: string): boolean => PRIVATE.test(text)

const KEY_TYPES: ReadonlySet<string> = new Set([
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
])
const LEAST_RSA_BITS = 2048

/** One line of authorized_keys without options: type, base64 and an optional comment (RFC 4253, 6.6). */
export function normalSshKey(text: string): Normal {
  if (isPrivateKey(text))
    return wrong(
      'ini kunci privat. Jangan pernah mengirimkannya; buat pasangan kunci baru dan kirim berkas .pub',
      'this is a private key. Never send it; make a new pair and send its .pub file',
    )
  const [type = '', encoded = '', ...comment] = text.split(/\s+/)
  if (type === 'ssh-dss') return wrong('DSA tidak aman lagi; pakai ed25519', 'DSA is no longer safe; use ed25519')
  if (!KEY_TYPES.has(type))
    return wrong('harus dimulai dengan ssh-ed25519, ecdsa-sha2-… atau ssh-rsa', 'it must begin with ssh-ed25519, ecdsa-sha2-… or ssh-rsa')
  const blob = decoded(encoded)
  const named = blob === null ? null : readString(blob, 0)
  if (blob === null || named === null || latin(named.bytes) !== type)
    return wrong('isinya tidak utuh; salin seluruh baris', 'it is not whole; copy the full line')
  if (type === 'ssh-rsa') {
    const exponent = readString(blob, named.next)
    const modulus = exponent === null ? null : readString(blob, exponent.next)
    if (modulus === null) return wrong('isinya tidak utuh; salin seluruh baris', 'it is not whole; copy the full line')
    const bits = bitsOf(modulus.bytes)
    if (bits < LEAST_RSA_BITS)
      return wrong(
        `kunci RSA ${bits} bit terlalu lemah; paling sedikit ${LEAST_RSA_BITS}`,
        `an RSA key of ${bits} bits is too weak; at least ${LEAST_RSA_BITS}`,
      )
  } else if (readString(blob, named.next) === null) return wrong('isinya tidak utuh; salin seluruh baris', 'it is not whole; copy the full line')
  return normal([type, encoded, comment.join(' ')].filter(part => part !== '').join(' '))
}

function decoded(base64: string): Uint8Array | null {
  if (base64.length > 16_384 || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  return Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
}

function readString(blob: Uint8Array, at: number): { readonly bytes: Uint8Array; readonly next: number } | null {
  if (at + 4 > blob.length) return null
  const length = new DataView(blob.buffer, blob.byteOffset).getUint32(at)
  const next = at + 4 + length
  return length === 0 || next > blob.length ? null : { bytes: blob.subarray(at + 4, next), next }
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 64))

/** Of an mpint, whose leading zero only says that it is not negative. */
function bitsOf(mpint: Uint8Array): number {
  const from = mpint.findIndex(byte => byte !== 0)
  if (from < 0) return 0
  return (mpint.length - from - 1) * 8 + (32 - Math.clz32(mpint[from] ?? 0))
}
