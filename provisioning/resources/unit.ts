// A website’s own program, kept running by systemd. Not enabled: it is stopped and stays so.
import { z } from 'zod'
import { hostThing } from '../host/thing.ts'

const Unit = z.strictObject({ enabled: z.boolean(), content: z.string().max(1_048_576) })

export default hostThing<z.output<typeof Unit>>({
  name: 'unit',
  words: { id: 'Layanan aplikasi', en: 'Application service' },
  state: Unit,
  /** `suar-firewall.service`, which opens again at the start what websites opened. */
  own: new Set(['firewall']),
  danger: () => 'plain',
})
