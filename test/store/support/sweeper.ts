// A daemon in the middle of its upkeep of files, to be killed there: tells of each handful before it takes it away.
import { openFiles } from '../../../daemon/store/files.ts'
import { must } from './must.ts'

const [folder = ''] = process.argv.slice(2)
const files = must(await openFiles(folder))
await files.sweep(Date.now() - 86_400_000, async hashes => {
  process.send?.(hashes.length)
  await new Promise(resolve => setTimeout(resolve, 20))
  // Every content that begins with an even digit is on a ticket.
  return new Set(hashes.filter(hash => Number.parseInt(hash[0] ?? '0', 16) % 2 === 0))
})
process.disconnect?.()
