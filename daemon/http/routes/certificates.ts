// /api/v1/certificates: every certificate with the days it has left, uploads, and renewing one before its time.
import { z } from 'zod'
import type { CertificateView, ChangeRow } from '../../domain/hosting-view.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { SiteName } from '../../domain/safe.ts'
import { type Route, route } from '../route.ts'
import type { Upload } from '../upload.ts'

export interface CertificateDesk {
  list(): Promise<readonly CertificateView[]>
  /** Checked and kept; the change that puts it on the host is planned from it. */
  upload(website: string, pem: string, viewer: Viewer): Promise<Outcome<ChangeRow>>
  renew(website: string, reason: string, viewer: Viewer): Promise<Outcome<ChangeRow>>
}

/** Octets of all files together: a chain of four with RSA keys is a tenth of it. */
const MOST = 200_000

/** Certificate, chain and key as PEM, in one file or several. */
async function pemOf(upload: Upload): Promise<Outcome<string>> {
  let text = ''
  for await (const file of upload.files()) {
    if (!file.ok) return file
    for await (const part of file.value.content) {
      text += Buffer.from(part).toString('utf8')
      if (text.length > MOST) return failed('tooBig', `Certificates and keys of more than ${MOST / 1000} kB are not taken.`)
    }
    text += '\n'
  }
  return text.trim() === '' ? failed('invalid', 'Send the certificate with its chain and its key as PEM files.') : done(text)
}

export const certificateRoutes = (desk: CertificateDesk): Route[] => [
  route({
    method: 'get',
    path: '/certificates',
    needs: 'host.read',
    summary: 'Certificates by the day they end, where each is from, when it is renewed, and why the last renewal failed',
    handle: async () => done({ items: await desk.list() }),
  }),
  route({
    method: 'post',
    path: '/certificates',
    needs: 'change.work',
    summary: 'Hand in a certificate with its chain and key as PEM files: checked, kept under lock, and a change that puts it in place',
    takes: 'files',
    body: z.strictObject({ website: SiteName }),
    async handle({ body, upload, viewer }) {
      const pem = await pemOf(upload)
      return pem.ok ? await desk.upload(body.website, pem.value, viewer) : pem
    },
  }),
  route({
    method: 'post',
    path: '/certificates/:website/renew',
    needs: 'change.work',
    summary: 'Ask for a new certificate now: a change, to be planned, read and applied',
    params: z.strictObject({ website: SiteName }),
    body: z.strictObject({ reason: z.string().trim().min(3, 'say it in a few words').max(500) }),
    handle: ({ params, body, viewer }) => desk.renew(params.website, body.reason, viewer),
  }),
]
