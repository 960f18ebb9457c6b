// The virtual host of a website, for nginx.
import { z } from 'zod'
import { hostThing } from '../host/thing.ts'
import { lookByWeb } from '../site/outside/website.ts'

const Host = z.strictObject({ content: z.string().max(1_048_576) })

export default hostThing<z.output<typeof Host>>({
  name: 'nginx',
  words: { id: 'Virtual host nginx', en: 'Virtual host (nginx)' },
  state: Host,
  // Its names are no longer answered.
  danger: (_before, after) => (after === null ? 'destructive' : 'plain'),
  look: (thing, host, hands, call) => lookByWeb(thing, thing.state.content, host, hands, call),
})
