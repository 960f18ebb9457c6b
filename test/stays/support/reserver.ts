// Reserves one place after the other until it is killed, and says how far it came.
import { must } from '../../store/support/must.ts'

// The yard tidies its folders by mocha's hook; here whoever forked it does.
Object.assign(globalThis, { after: () => undefined })
const { openCage } = await import('./cage.ts')

const cage = await openCage({ folder: process.argv[2] ?? '' })
const officer = await cage.as('petugas')
for (let i = 0; ; i++) {
  const ticket = await cage.filed([{ height: 1, power: 1, weight: 0.1 }])
  const view = must(await cage.stays.view(ticket))
  const offer = view.placement?.offers[0]
  if (offer === undefined) process.exit(1)
  must(await cage.stays.reserve(ticket, { rack: offer.rack, places: offer.places.map(({ u, face }) => ({ item: 1, u, face })) }, officer))
  process.send?.(i)
}
