// A website packed where it is: folders and databases, tested to the end, before it moves, is copied or goes.
import { z } from 'zod'
import { done } from '../../daemon/domain/outcome.ts'
import { keptUntil, packedOn, rowsOf, whenFree } from '../host/packed.ts'
import { hostThing } from '../host/thing.ts'
import type { Resource } from '../resource.ts'
import { proof } from '../site/proof.ts'

/** The website, and when it was wished for: each is one of its own. */
const ArchiveName = z.string().regex(/^[a-z][a-z0-9-]{0,29}[a-z0-9]\.\d{8}-\d{6}$/)
const Archive = z.strictObject({ days: z.int().min(1).max(36_500) })

const base = hostThing<z.output<typeof Archive>>({
  name: 'archive',
  words: { id: 'Arsip situs', en: 'Website archive' },
  state: Archive,
  names: ArchiveName,
  danger: (_before, after) => (after === null ? 'destructive' : 'plain'),
  says: (_before, after) => (after === null ? undefined : { id: `disimpan ${after.days} hari`, en: `kept for ${after.days} days` }),
  look: async (thing, host, _hands, call) => {
    const packed = await packedOn(host, thing.name, call)
    if (!packed.ok) return packed
    const { kept: archive, files, manifest } = packed.value
    const ok = files.every(({ whole }) => whole)
    const { files: count, folders, links, bytes, digest, left, names } = manifest
    const whole = ok
      ? { id: `Arsip ${thing.name} utuh dan sudah diuji sampai akhir`, en: `The archive ${thing.name} is whole and was tested to its end` }
      : { id: `Arsip ${thing.name} rusak`, en: `The archive ${thing.name} is damaged` }
    const until = keptUntil(thing.name, thing.state.days)
    const facts = { archive, files: count, folders, links, bytes, digest, rows: rowsOf(manifest), left, names, kept: until }
    return done([
      proof(thing, 'inside', ok, whole, facts),
      // Each in a line of its own, which minutes quote.
      ...files.map(({ name, size, sha256, whole }) =>
        proof(
          thing,
          'inside',
          whole,
          { id: `Arsip ${archive}/${name}: ${size} bita, SHA-256 ${sha256}`, en: `Archive ${archive}/${name}: ${size} bytes, SHA-256 ${sha256}` },
          { archive, from: name, bytes: size, sha256 },
        ),
      ),
    ])
  },
})

const archive: Resource = {
  ...base,
  deadline: 21_600_000,
  apply: (step, hands, call) => whenFree(() => base.apply(step, hands, call), call),
  undo: (step, undo, hands, call) => whenFree(() => base.undo(step, undo, hands, call), call),
}
export default archive
