// Does the one step that is next for the first piece of a ticket's stay, as the stay itself says; tells when it begins and when it is over.
import type { Outcome } from '../../../daemon/domain/outcome.ts'
import { must } from '../../store/support/must.ts'
import type { Cage } from './cage.ts'

// The yard tidies its folders by mocha's hook; here whoever forked it does.
Object.assign(globalThis, { after: () => undefined })
const { openCage, never } = await import('./cage.ts')

const [folder = '', ticket = ''] = process.argv.slice(2)
const cage: Cage = await openCage({ folder })
const officer = await cage.as('petugas')
const { stays } = cage
const AS_LISTED = { serial: 'SN-1', damaged: false, note: '', photos: [] }

async function next(): Promise<() => Promise<Outcome<unknown>>> {
  const stay = await cage.records.stays.stayOf(ticket)
  const id = stay?.id ?? 0
  const item = stay?.items[0]
  switch (item?.state ?? 'asked') {
    case 'asked': {
      const view = must(await stays.view(ticket))
      const offer = view.placement?.offers.find(({ rack }) => rack === 'a5') ?? never('offer')
      const places = offer.places.map(({ u, face }) => ({ item: 1, u, face }))
      return () => stays.reserve(ticket, { rack: 'a5', places }, officer)
    }
    case 'reserved':
      return () => stays.receive(id, 1, AS_LISTED, officer)
    case 'arrived':
      return () => stays.install(id, 1, { psus: [{ feed: 'A' }, { feed: 'B' }], port: null }, officer, '127.0.0.1')
    case 'installed':
      return () => stays.accept(id, 1, 'tanpa pengukuran', officer)
    case 'verified':
      return () => stays.custody(id, officer)
    case 'inCustody':
      return () => stays.leave(id, [1], 'selesai', officer)
    case 'leaving':
      return item?.media === null
        ? () => stays.media(id, 1, { kind: 'none' }, officer)
        : () => stays.out(id, 1, { ...AS_LISTED, without: 'diambil malam hari' }, officer, '127.0.0.1')
    default:
      return never('next step')
  }
}

const step = await next()
process.send?.('begun')
must(await step())
process.send?.('over')
// Until it is killed.
setInterval(() => undefined, 1_000)
