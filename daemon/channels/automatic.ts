// Letters that machines wrote: answering one is how two machines write to each other all night. Pure.
import { fieldsOf } from './head.ts'

export type Origin =
  /** A person. `quiet`: wants no automatic answer. */
  | { readonly by: 'person'; readonly quiet: boolean }
  /** A machine, a list, or ourselves: no ticket comes of it. */
  | { readonly by: 'machine'; readonly why: string }
  /** A mail server that could not deliver a letter. */
  | { readonly by: 'bounce'; readonly why: string }

const first = (head: Uint8Array, name: string): string => (fieldsOf(head, name)[0] ?? '').toLowerCase()

/**
 * Who wrote it, by the head alone: RFC 3834 (Auto-Submitted), RFC 5321 4.5.5 (empty return path), RFC 3464 (delivery reports), and the customs
 * Precedence, List-Id. X-Auto-Response-Suppress (MS-OXCMAIL 2.2.3.2.14) stands on letters of persons too: it forbids answers, not the request.
 */
export function originOf(head: Uint8Array, own: (messageId: string) => boolean): Origin {
  const id = fieldsOf(head, 'message-id')[0] ?? ''
  if (id !== '' && own(id)) return { by: 'machine', why: 'a letter of our own came back' }
  const type = first(head, 'content-type')
  if (/^multipart\/report\b/.test(type) && /report-type\s*=\s*"?delivery-status/.test(type)) return { by: 'bounce', why: 'a delivery report' }
  const sender = first(head, 'from')
  if (/\b(mailer-daemon|postmaster)@/.test(sender)) return { by: 'bounce', why: 'a letter of a mail server' }
  if (fieldsOf(head, 'return-path').some(path => path.replace(/\s/g, '') === '<>')) return { by: 'bounce', why: 'an empty return path' }
  const submitted = first(head, 'auto-submitted')
  if (submitted !== '' && !/^no\b/.test(submitted)) return { by: 'machine', why: `Auto-Submitted: ${submitted.slice(0, 40)}` }
  const precedence = first(head, 'precedence')
  if (/^(bulk|list|junk|auto_reply)\b/.test(precedence)) return { by: 'machine', why: `Precedence: ${precedence.slice(0, 40)}` }
  for (const name of ['list-id', 'x-autoreply', 'x-autorespond', 'x-loop'])
    if (fieldsOf(head, name).length > 0 && first(head, name) !== 'no') return { by: 'machine', why: `it carries ${name}` }
  const suppress = first(head, 'x-auto-response-suppress')
  return { by: 'person', quiet: suppress !== '' && suppress !== 'none' }
}

/** Whether the mail server of ours (RFC 8601 authserv-id) vouches for the sender's domain; null where it says nothing. */
export function verifiedBy(head: Uint8Array, server: string | undefined): boolean | null {
  if (server === undefined) return null
  // Only the topmost of its name: those below may have been written by the sender.
  const result = fieldsOf(head, 'authentication-results').find(value => value.toLowerCase().split(/[\s;]/)[0] === server.toLowerCase())
  const dmarc = /\bdmarc\s*=\s*([a-z]+)/i.exec(result ?? '')?.[1]?.toLowerCase()
  return dmarc === undefined || dmarc === 'none' ? null : dmarc === 'pass'
}
