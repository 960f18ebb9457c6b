// The seal of the agency: PAdES-B-B with a key from a PKCS #12 file, on this machine, without any network.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { roomFor, signDetached } from '../cades.ts'
import { type OpenedIdentity, openIdentity } from '../identity.ts'
import { coveredBytes, fill, prepare } from '../pdf/signature-field.ts'
import type { Signer, SignerEntry, SignRequest } from '../signer.ts'

const Settings = z.strictObject({
  file: z.string().min(1),
  password: z.string(),
})
type Settings = z.infer<typeof Settings>

const entry: SignerEntry<Settings> = {
  name: 'p12',
  settings: Settings,
  async open({ file, password }): Promise<Outcome<Signer>> {
    let bytes: Buffer
    try {
      bytes = await readFile(file)
    } catch {
      return failed('notFound', `signer.file: ${file} cannot be read`)
    }
    const identity = openIdentity(bytes, password)
    if (!identity.ok) return failed(identity.failure.kind, `signer.file: ${file}: ${identity.failure.message}`)
    return done({ method: 'seal', asksPerson: false, sign: async (pdf, request) => sealed(pdf, request, identity.value) })
  },
}

function sealed(pdf: Uint8Array, request: SignRequest, identity: OpenedIdentity): Outcome<Uint8Array> {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  if (request.at < identity.from || request.at > identity.until)
    return failed(
      'invalid',
      `the certificate of the seal is valid from ${day(identity.from)} to ${day(identity.until)} only; put a new key file in its place`,
    )
  const prepared = prepare(pdf, request, roomFor(identity))
  return prepared.ok ? fill(prepared.value, signDetached(coveredBytes(prepared.value), identity)) : prepared
}

export default entry
