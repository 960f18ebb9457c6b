// The folders of a website: what it serves, what it keeps to itself, what it throws away, and its logs.
import { z } from 'zod'
import { hostThing } from '../host/thing.ts'
import { lookAtNeighbours } from '../site/outside/neighbours.ts'

const Folder = z.strictObject({ mode: z.string().regex(/^[0-7]{4}$/), group: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/) })
const Tree = z.strictObject({ folders: z.record(z.enum(['public', 'private', 'tmp', 'log']), Folder) })

export default hostThing<z.output<typeof Tree>>({
  name: 'tree',
  words: { id: 'Folder situs', en: 'Website folders' },
  state: Tree,
  danger: (_before, after) => (after === null ? 'destructive' : 'plain'),
  look: (thing, host, _hands, call) => lookAtNeighbours(thing, host, call),
})
