// A daemon in the middle of an order, to be killed there.
import type { Pebble } from '../../support/pebble.ts'
import { call, open, openBooks, placeAt } from './ground.ts'

const [folder = '', website = '', web = '', pebble = ''] = process.argv.slice(2)
const { book } = await openBooks(folder)
const all = await open(JSON.parse(pebble) as Pebble, { book })
await all.obtain(website, { source: 'acme', names: [`${website}.test`] }, placeAt(web), call())
process.send?.('through')
setInterval(() => undefined, 60_000)
