// Files from outside: read as a stream, one after the other, never held in memory, cut off where they grow beyond measure.
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import type { Request } from 'express'
import { done, failed, type Outcome } from '../domain/outcome.ts'

export interface UploadedFile {
  readonly field: string
  /** As the browser says; never a path of ours. */
  readonly name: string
  /** As the browser says; what it is its content tells. */
  readonly type: string
  readonly content: Readable & { readonly truncated?: boolean }
}

export interface Upload {
  /** The fields that come before the first file. */
  fields(): Promise<Outcome<Readonly<Record<string, string>>>>
  /** Each must be read to its end (or destroyed) before the next comes. `tooBig` and `invalid` end the row. */
  files(): AsyncGenerator<Outcome<UploadedFile>>
  /** Lets the rest of the request go by, so that its answer can be read. */
  end(): Promise<void>
}

/** Octets of one file, and how many files at once. */
const MOST = { file: 100 * 1_048_576, files: 20, fields: 50, field: 65_536 } as const

const NOTHING: Upload = {
  fields: async () => done({}),
  files: async function* () {
    // Without files there are none.
  },
  end: async () => undefined,
}

type Step = { readonly file: UploadedFile } | { readonly failure: ReturnType<typeof failed> } | { readonly end: true }

export function receive(request: Request, takes: 'json' | 'files'): Upload {
  if (takes === 'json') return NOTHING
  const steps: Step[] = []
  let wake: (() => void) | null = null
  const say = (step: Step) => {
    steps.push(step)
    wake?.()
  }
  const next = async (): Promise<Step> => {
    for (;;) {
      const step = steps[0]
      if (step !== undefined) return step
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  const fields: Record<string, string> = {}
  try {
    const parser = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { fileSize: MOST.file, files: MOST.files, fields: MOST.fields, fieldSize: MOST.field, fieldNameSize: 100 },
    })
    parser.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) say({ failure: failed('tooBig', `The field "${name}" is longer than ${MOST.field} octets.`) })
      else fields[name] = value
    })
    parser.on('file', (field, content, { filename, mimeType }) => say({ file: { field, name: filename ?? '', type: mimeType, content } }))
    parser.on('filesLimit', () => say({ failure: failed('tooBig', `No more than ${MOST.files} files at once.`) }))
    parser.on('error', error =>
      say({ failure: failed('invalid', `The upload cannot be read: ${error instanceof Error ? error.message : String(error)}.`) }),
    )
    parser.on('close', () => say({ end: true }))
    request.on('close', () => {
      if (request.complete) return
      say({ failure: failed('cancelled', 'The upload was broken off.') })
      // Whoever reads a file of it would wait for its end for ever.
      parser.destroy(Object.assign(new Error('The upload was broken off.'), { code: 'ECONNRESET' }))
    })
    request.pipe(parser)
  } catch (error) {
    say({ failure: failed('invalid', `Send multipart/form-data: ${error instanceof Error ? error.message : String(error)}.`) })
  }
  return {
    async fields() {
      const step = await next()
      return 'failure' in step ? step.failure : done(fields)
    },
    async *files() {
      for (;;) {
        const step = await next()
        if ('end' in step) return
        if ('failure' in step) return yield step.failure
        steps.shift()
        yield done(step.file)
        if (!step.file.content.readableEnded) step.file.content.resume()
      }
    },
    async end() {
      for (const step of steps) if ('file' in step) step.file.content.resume()
      request.unpipe()
      request.resume()
    },
  }
}

/** Octets of a table: 20,000 rows of people are a tenth of it. */
const TABLE = 20 * 1_048_576

/** The one table that a request brings. */
export async function tableOf(upload: Upload): Promise<Outcome<Uint8Array>> {
  for await (const file of upload.files()) {
    if (!file.ok) return file
    const parts: Buffer[] = []
    let size = 0
    for await (const part of file.value.content as AsyncIterable<Buffer>) {
      size += part.length
      if (size > TABLE) return failed('tooBig', `A table of more than ${TABLE / 1_048_576} MB is not taken.`)
      parts.push(part)
    }
    return done(Buffer.concat(parts))
  }
  return failed('invalid', 'Send the table as a file.')
}
