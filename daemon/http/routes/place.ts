// /api/v1/place: what stands where, changed and gone back, taken in from files and given out as files, and labels to stick on things.
import { z } from 'zod'
import { Id } from '../../domain/device.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { type Make, type PlaceChanged, type PlaceImport, type PlaceVersion, type PlaceView, SentEdit } from '../../domain/place.ts'
import { type By, byOf } from '../../domain/signin.ts'
import { LANGS, type Lang } from '../../domain/words/lang.ts'
import { FileAnswer, type Route, route } from '../route.ts'
import type { Upload } from '../upload.ts'

interface Changing {
  readonly over: number | null
  readonly by: By
}

export interface PlaceFile {
  readonly name: string
  readonly type: string
  readonly content: Uint8Array
}

export interface PlaceDesk {
  view(): PlaceView
  change(edits: readonly SentEdit[], how: Changing): Promise<Outcome<PlaceChanged>>
  versions(query: { readonly before?: number | undefined; readonly size: number }): Promise<readonly PlaceVersion[]>
  restore(version: number, how: Changing): Promise<Outcome<PlaceChanged>>
  makes(): Promise<readonly Make[]>
  take(bytes: Uint8Array, commit: boolean, how: Changing): Promise<Outcome<PlaceImport>>
  file(format: 'yaml' | 'csv' | 'netbox', table: 'racks' | 'equipment', by: By): Promise<PlaceFile>
  labels(asked: { readonly racks: readonly string[]; readonly equipment: readonly string[] }, language: Lang): Promise<Outcome<Uint8Array>>
}

/** `If-Match: "<revision>"`; undefined: it is no number. */
function seenIn(header: string | undefined): number | undefined {
  const found = /^"?(\d{1,15})"?$/.exec(header ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}
const unseen = failed('invalid', 'Say in the header If-Match which revision of the place you changed: GET /place gives it.')

/** Octets of a file; the room that reads it has limits of its own for each form. */
const MOST = 20 * 1_048_576

async function firstFile(upload: Upload): Promise<Outcome<Uint8Array>> {
  for await (const file of upload.files()) {
    if (!file.ok) return file
    const parts: Buffer[] = []
    let size = 0
    for await (const part of file.value.content) {
      const octets: Buffer = Buffer.from(part)
      size += octets.length
      if (size > MOST) return failed('tooBig', `A file of more than ${MOST / 1_048_576} MB is not taken.`)
      parts.push(octets)
    }
    return done(Buffer.concat(parts))
  }
  return failed('invalid', 'Send the list as a file: YAML, CSV or JSON.')
}

const ids = z
  .string()
  .max(60_000)
  .default('')
  .transform(text => text.split(',').filter(id => Id.safeParse(id).success))

export const placeRoutes = (desk: PlaceDesk): Route[] => [
  route({
    method: 'get',
    path: '/place',
    needs: 'watch.read',
    summary: 'What stands where, its revision, and what was changed over the site file, with what the file says',
    handle: async () => done(desk.view()),
  }),
  route({
    method: 'post',
    path: '/place/changes',
    needs: 'place.manage',
    summary: 'Put, remove or reset entries: all of it or nothing. `If-Match` names the revision; 412 tells who changed what since',
    body: z.strictObject({ edits: z.array(SentEdit).min(1).max(5000) }),
    handle: async ({ body, viewer, caller, header }) => {
      const over = seenIn(header('if-match'))
      return over === undefined ? unseen : desk.change(body.edits, { over, by: byOf(viewer, caller) })
    },
  }),
  route({
    method: 'get',
    path: '/place/versions',
    needs: 'watch.read',
    summary: 'Versions of the layout, newest first: who changed which entries when',
    query: z.strictObject({
      before: z.coerce.number().int().positive().optional(),
      size: z.coerce.number().int().min(1).max(100).default(30),
    }),
    handle: async ({ query }) => done({ items: await desk.versions(query) }),
  }),
  route({
    method: 'post',
    path: '/place/versions/:version/restore',
    needs: 'place.manage',
    summary: 'Go back to a version of the layout; that is a new version. `If-Match` names the present one',
    params: z.strictObject({ version: z.coerce.number().int().positive() }),
    handle: async ({ params, viewer, caller, header }) => {
      const over = seenIn(header('if-match'))
      return over === undefined ? unseen : desk.restore(params.version, { over, by: byOf(viewer, caller) })
    },
  }),
  route({
    method: 'get',
    path: '/place/makes',
    needs: 'watch.read',
    summary: 'Makes of equipment that forms fill in',
    handle: async () => done({ items: await desk.makes() }),
  }),
  route({
    method: 'post',
    path: '/place/import',
    needs: 'place.manage',
    summary: 'Take in a file (YAML of Suar, CSV, NetBox CSV, JSON or device types); without `commit` it tells row by row what it would do',
    takes: 'files',
    body: z.strictObject({ commit: z.stringbool().default(false), revision: z.coerce.number().int().nonnegative().optional() }),
    handle: async ({ body, viewer, caller, upload }) => {
      const bytes = await firstFile(upload)
      return bytes.ok ? desk.take(bytes.value, body.commit, { over: body.revision ?? null, by: byOf(viewer, caller) }) : bytes
    },
  }),
  route({
    method: 'get',
    path: '/place/export',
    needs: 'place.export',
    summary: 'The place as a file: YAML that `site:` takes (without secrets), CSV, or the columns of NetBox',
    query: z.strictObject({ format: z.enum(['yaml', 'csv', 'netbox']).default('yaml'), table: z.enum(['racks', 'equipment']).default('racks') }),
    handle: async ({ query, viewer, caller }) => {
      const { name, type, content } = await desk.file(query.format, query.table, byOf(viewer, caller))
      return done(new FileAnswer(name, type, content))
    },
  }),
  route({
    method: 'get',
    path: '/place/labels',
    needs: 'place.export',
    summary: 'Labels with QR codes as PDF, for racks and equipment by their ids',
    query: z.strictObject({ racks: ids, equipment: ids, language: z.enum(LANGS).default('id') }),
    handle: async ({ query: { racks, equipment, language } }) => {
      const printed = await desk.labels({ racks, equipment }, language)
      return printed.ok ? done(new FileAnswer('label.pdf', 'application/pdf', printed.value, true)) : printed
    },
  }),
]
