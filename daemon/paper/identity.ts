// The key and certificates of a signer, from a PKCS #12 file. The password opens it and is not kept.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Identity } from './cades.ts'

export interface OpenedIdentity extends Identity {
  /** The name in the certificate. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly from: number
  readonly until: number
}

/** `wrongCredential`: the password does not open it. `invalid`: not such a file, no key, no certificate to it, a key of another kind. */
export function openIdentity(file: Uint8Array, password: string): Outcome<OpenedIdentity> {
  let store: forge.pkcs12.Pkcs12Pfx
  try {
    const bytes = forge.util.createBuffer(Buffer.from(file).toString('binary'))
    store = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(bytes), password)
  } catch (error) {
    // Nothing of what the library says is passed on: the sentence must never contain what was typed.
    const wrong = error instanceof Error && /MAC could not be verified|Invalid password|decrypt/i.test(error.message)
    return wrong
      ? failed('wrongCredential', 'the password does not open the key file')
      : failed('invalid', 'the key file is no PKCS #12 file that can be read')
  }
  const bags = store.safeContents.flatMap(({ safeBags }) => safeBags)
  const keys = bags.filter(({ type }) => type === forge.pki.oids['pkcs8ShroudedKeyBag'] || type === forge.pki.oids['keyBag']).map(keyOf)
  const certificates = bags.filter(({ type }) => type === forge.pki.oids['certBag']).map(certificateOf)
  for (const key of keys) {
    const own = key === null ? undefined : certificates.find(certificate => certificate?.checkPrivateKey(key) === true)
    if (key === null || own === undefined || own === null) continue
    if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') return failed('invalid', 'the key is neither RSA nor of an elliptic curve')
    return done({
      key,
      chain: chainOf(
        own,
        certificates.filter(certificate => certificate !== null),
      ).map(({ raw }) => raw),
      name: /^CN=(.*)$/m.exec(own.subject)?.[1] ?? own.subject,
      from: own.validFromDate.getTime(),
      until: own.validToDate.getTime(),
    })
  }
  return failed('invalid', 'the key file has no key with its certificate')
}

function keyOf(bag: forge.pkcs12.Bag): KeyObject | null {
  // Of kinds the library does not know it hands out what stands in the file.
  const info = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1
  try {
    return createPrivateKey({ key: bytesOf(info), format: 'der', type: 'pkcs8' })
  } catch {
    return null
  }
}

function certificateOf(bag: forge.pkcs12.Bag): X509Certificate | null {
  try {
    return new X509Certificate(bytesOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1))
  } catch {
    return null
  }
}

const bytesOf = (value: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary')

/** From the signer's own upwards; the root is left in when the file has it. */
function chainOf(own: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain = [own]
  for (let last: X509Certificate = own; ; ) {
    const issuer = all.find(certificate => !chain.includes(certificate) && last.checkIssued(certificate))
    if (issuer === undefined) return chain
    chain.push(issuer)
    last = issuer
  }
}
