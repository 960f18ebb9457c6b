// Whether the certificate in our books is the one that the host shows to visitors, and whether they believe it.
import type { Call } from '../../../daemon/domain/call.ts'
import type { Proof, ThingRef } from '../../../daemon/domain/change.ts'
import type { CertificateMaterial, Hands, HostHands } from '../../hands.ts'
import { proof } from '../proof.ts'
import { askWeb } from './web.ts'

export async function lookAtCertificate(thing: ThingRef, book: CertificateMaterial, host: HostHands, hands: Hands, call: Call): Promise<Proof> {
  // A wildcard is asked for by a name under it.
  const domain = (book.names[0] ?? '').replace(/^\*\./, 'suar-verification.')
  const { address, https: port } = host.reach
  const answer = await askWeb({ address, port, domain, path: '/', roots: hands.certificates.roots() }, call)
  const shown = answer.ok ? answer.value.certificate : null
  const facts = { issuer: book.issuer, fingerprint: book.fingerprint, until: book.notAfter, shown: shown?.fingerprint ?? null }
  const say = (ok: boolean, id: string, en: string) => proof(thing, 'outside', ok, { id, en }, facts)
  if (shown === null) return say(false, `Tidak ada sertifikat yang ditunjukkan untuk ${domain}`, `No certificate is shown for ${domain}`)
  if (shown.fingerprint !== book.fingerprint)
    return say(false, `Sertifikat lain yang ditunjukkan untuk ${domain}`, `Another certificate is shown for ${domain}`)
  if (shown.doubt !== null)
    return say(false, `Sertifikat ${domain} tidak dipercaya: ${shown.doubt}`, `The certificate of ${domain} is not believed: ${shown.doubt}`)
  return say(true, `Sertifikat ${domain} sah dan dipercaya`, `The certificate of ${domain} is valid and believed`)
}
