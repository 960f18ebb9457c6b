// The two key pairs of a managed host, made for it alone, in the forms that OpenSSH writes. The private parts go into the sealed store and nowhere else.
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

export interface KeyPair {
  /** One line of authorized_keys without options. */
  readonly publicKey: string
  /** `openssh-key-v1` in PEM, not encrypted: it is sealed where it is kept. */
  readonly privateKey: string
}

export interface HostKeys {
  /** Runs the broker and nothing else. */
  readonly broker: KeyPair
  /** Writes into the inbox by SFTP and nothing else. */
  readonly inbox: KeyPair
}

export const makeHostKeys = (): HostKeys => ({ broker: makeKeyPair('suar broker'), inbox: makeKeyPair('suar inbox') })

const TYPE = 'ssh-ed25519'

/** An ed25519 pair. @see PROTOCOL.key of OpenSSH, RFC 8709 section 4 */
export function makeKeyPair(comment: string): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const open = raw(publicKey, 'x')
  const blob = Buffer.concat([text(TYPE), text(open)])
  // The same number twice: by it one sees that it was decrypted rightly.
  const check = randomBytes(4)
  const secret = Buffer.concat([check, check, text(TYPE), text(open), text(Buffer.concat([raw(privateKey, 'd'), open])), text(comment)])
  const padded = Buffer.concat([secret, Buffer.from(Array.from({ length: -secret.length & 7 }, (_, i) => i + 1))])
  const none = text('none')
  const body = Buffer.concat([Buffer.from('openssh-key-v1\0'), none, none, text(''), uint32(1), text(blob), text(padded)])
  const lines = body.toString('base64').match(/.{1,70}/g) ?? []
  return {
    publicKey: `${TYPE} ${blob.toString('base64')} ${comment}`,
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
  }
}

const raw = (key: KeyObject, part: 'x' | 'd'): Buffer => Buffer.from(String(key.export({ format: 'jwk' })[part]), 'base64url')

function uint32(value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(value)
  return four
}

/** A string as SSH writes them: its length, then its bytes. */
const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint32(bytes.length), bytes])
}
