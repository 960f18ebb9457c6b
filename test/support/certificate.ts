// A certificate for a name, signed by itself, as an operator would put it in two files.
import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

export function selfSigned(name: string): { readonly certificate: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const made = forge.pki.createCertificate()
  made.publicKey = forge.pki.publicKeyFromPem(publicKey)
  made.serialNumber = `01${Date.now().toString(16)}`
  made.validity.notBefore = new Date(Date.now() - 60_000)
  made.validity.notAfter = new Date(Date.now() + 86_400_000)
  made.setSubject([{ name: 'commonName', value: name }])
  made.setIssuer([{ name: 'commonName', value: name }])
  made.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
  ])
  made.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create())
  return { certificate: forge.pki.certificateToPem(made), key: privateKey }
}
