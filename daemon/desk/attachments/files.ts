// Where attachments lie: content by its hash, judged before it is kept.
import type { Readable } from 'node:stream'
import type { Outcome } from '../../domain/outcome.ts'

export interface AttachmentFiles {
  receive<T>(
    content: Readable,
    most: number,
    judge: (file: { readonly path: string; readonly size: number; readonly sha256: string }) => Promise<Outcome<T>>,
  ): Promise<Outcome<{ readonly sha256: string; readonly size: number; readonly judged: T }>>
  stream(sha256: string): Promise<Outcome<Readable>>
}
