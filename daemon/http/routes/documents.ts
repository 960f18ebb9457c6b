// Attachments and documents of tickets, and the page that verifies a paper: files in and out, signing, void, by hash and code.
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { VerificationView } from '../../domain/paper.ts'
import type { Viewer } from '../../domain/people.ts'
import type { Visibility } from '../../domain/ticket.ts'
import { type Attachment, DOCUMENT_KINDS, type DocumentKind, type Removal, type TicketDocument } from '../../domain/ticket-view.ts'
import { FileAnswer, openRoute, type Route, route } from '../route.ts'
import type { Upload } from '../upload.ts'

interface File {
  readonly name: string
  readonly content: Readable
}

export interface DocumentsDesk {
  attach(
    number: string,
    files: AsyncIterable<Outcome<File>>,
    how: { readonly slot: string | null; readonly visibility: Visibility },
    viewer: Viewer,
  ): Promise<Outcome<{ readonly items: readonly Attachment[] }>>
  attachment(id: number, viewer: Viewer): Promise<Outcome<File & { readonly type: string; readonly inline: boolean }>>
  strike(id: number, reason: string, viewer: Viewer): Promise<Outcome<{ readonly id: number; readonly removal: Removal }>>
  make(number: string, kind: DocumentKind, viewer: Viewer, reply?: z.output<typeof Reply>): Promise<Outcome<TicketDocument>>
  content(id: number, viewer: Viewer): Promise<Outcome<{ readonly name: string; readonly content: Uint8Array }>>
  approvals(id: number, viewer: Viewer): Promise<Outcome<{ readonly name: string; readonly content: Uint8Array }>>
  sign(
    id: number,
    body: { readonly party: number; readonly method: 'approval' | 'seal'; readonly passphrase?: string | undefined },
    viewer: Viewer,
  ): Promise<Outcome<TicketDocument>>
  scan(id: number, bytes: Uint8Array, all: boolean, viewer: Viewer): Promise<Outcome<TicketDocument>>
  voidOne(id: number, reason: string, viewer: Viewer): Promise<Outcome<TicketDocument>>
  verify(code: string): Promise<Outcome<VerificationView>>
}

const Ticket = z.strictObject({
  number: z
    .string()
    .regex(/^(T-\d{4}-\d{4,}|D-\d+)$/)
    .max(40),
})
/** What stands in a letter of the agency. */
const Reply = z.strictObject({
  subject: z.string().trim().min(3, 'say it in a few words').max(200),
  text: z.string().trim().min(3, 'say it in a few words').max(10_000),
  copies: z.array(z.string().trim().min(2).max(200)).max(20).default([]),
})
const Named = z.strictObject({ id: z.coerce.number().int().positive() })
/** Octets of a scanned document: it is looked into whole. */
const MOST_SCAN = 30 * 1_048_576

async function* filesOf(upload: Upload): AsyncGenerator<Outcome<File>> {
  for await (const file of upload.files()) yield file.ok ? done({ name: file.value.name, content: file.value.content }) : file
}

export const documentRoutes = (desk: DocumentsDesk): Route[] => [
  route({
    method: 'post',
    path: '/tickets/:number/attachments',
    needs: 'ticket.note',
    summary: 'Add files to a ticket or a draft; the fields come before the files',
    params: Ticket,
    takes: 'files',
    body: z.object({ slot: z.string().trim().min(1).max(64).optional(), visibility: z.enum(['public', 'internal']).default('public') }),
    handle: ({ params, body, upload, viewer }) =>
      desk.attach(params.number, filesOf(upload), { slot: body.slot ?? null, visibility: body.visibility }, viewer),
  }),
  route({
    method: 'get',
    path: '/attachments/:id',
    needs: 'ticket.read',
    summary: 'The content of an attachment; pictures and PDF may be shown, everything else is saved',
    params: Named,
    query: z.strictObject({ inline: z.enum(['true', 'false']).default('false') }),
    async handle({ params, query, viewer }) {
      const found = await desk.attachment(params.id, viewer)
      if (!found.ok) return found
      const { name, type, content, inline } = found.value
      return done(new FileAnswer(name, type, content, inline && query.inline === 'true'))
    },
  }),
  route({
    method: 'delete',
    path: '/attachments/:id',
    needs: 'ticket.note',
    summary: 'Take a file off: gone from a draft; of a registered request it is struck, with a reason, and kept',
    params: Named,
    body: z.strictObject({ reason: z.string().trim().max(1000).default('') }),
    handle: ({ params, body, viewer }) => desk.strike(params.id, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/tickets/:number/documents',
    needs: 'ticket.work',
    summary:
      'Draw up a document of a ticket: form, disposition sheet, report, agreement, letter, archive sheet; `reply`, a letter to who asked, with its text',
    params: Ticket,
    body: z.strictObject({ kind: z.enum(DOCUMENT_KINDS), reply: Reply.optional() }),
    handle: ({ params, body, viewer }) => desk.make(params.number, body.kind, viewer, body.reply),
  }),
  route({
    method: 'get',
    path: '/documents/:id',
    needs: 'document.read',
    summary: 'A document as PDF',
    params: Named,
    async handle({ params, viewer }) {
      const found = await desk.content(params.id, viewer)
      return found.ok ? done(new FileAnswer(found.value.name, 'application/pdf', found.value.content, true)) : found
    },
  }),
  route({
    method: 'get',
    path: '/documents/:id/approvals',
    needs: 'document.read',
    summary: 'Who approved a document in the application, each record bound to the one before, as PDF',
    params: Named,
    async handle({ params, viewer }) {
      const found = await desk.approvals(params.id, viewer)
      return found.ok ? done(new FileAnswer(found.value.name, 'application/pdf', found.value.content, true)) : found
    },
  }),
  route({
    method: 'post',
    path: '/documents/:id/sign',
    needs: 'document.sign',
    summary: 'Approve a document in the application, or put the seal on it; the secret must have been proven within five minutes',
    params: Named,
    body: z.strictObject({
      party: z.int().min(0).max(20),
      method: z.enum(['approval', 'seal']).default('approval'),
      passphrase: z.string().max(200).optional(),
    }),
    handle: ({ params, body, viewer }) => desk.sign(params.id, body, viewer),
  }),
  route({
    method: 'post',
    path: '/documents/:id/scan',
    needs: 'document.sign',
    summary: 'Bring back a document that was signed by hand, as a scan',
    params: Named,
    takes: 'files',
    body: z.object({ all: z.enum(['true', 'false']).default('false') }),
    async handle({ params, body, upload, viewer }) {
      for await (const file of upload.files()) {
        if (!file.ok) return file
        const bytes = await whole(file.value.content)
        return bytes === null
          ? failed('tooBig', `A scan has at most ${MOST_SCAN / 1_048_576} MB.`)
          : desk.scan(params.id, bytes, body.all === 'true', viewer)
      }
      return failed('invalid', 'Send the scan as a file.')
    },
  }),
  route({
    method: 'post',
    path: '/documents/:id/void',
    needs: 'ticket.work',
    summary: 'Make a document void, and say why; minutes can then be drawn up anew',
    params: Named,
    body: z.strictObject({ reason: z.string().trim().min(3, 'say it in a few words').max(1000) }),
    handle: ({ params, body, viewer }) => desk.voidOne(params.id, body.reason, viewer),
  }),
  openRoute({
    method: 'get',
    path: '/verify/:code',
    summary: 'Whether a paper is genuine: number, hash, who signed by office, state; nothing about a person',
    params: z.strictObject({ code: z.string().max(64) }),
    handle: ({ params }) => desk.verify(params.code),
  }),
]

async function whole(content: Readable): Promise<Uint8Array | null> {
  let size = 0
  const bounded = content.map((chunk: Buffer) => {
    size += chunk.length
    return size > MOST_SCAN ? Buffer.alloc(0) : chunk
  })
  const bytes = await buffer(bounded)
  return size > MOST_SCAN ? null : bytes
}
