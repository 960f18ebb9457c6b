// Child of the kill tests: reads the mailbox into records until it is killed, at the named moment by its own hand.
import { openBooks, openDesk } from './desk.ts'
import { watchMailbox } from './watch.ts'

const [, , folder = '', port = '0', caFile = '', moment = 'never'] = process.argv
const books = await openBooks(folder)
const desk = openDesk(books)
const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('still here')
}
const dying: typeof desk = {
  ...desk,
  async deliver(incoming) {
    if (moment === 'before') die()
    const delivered = await desk.deliver(incoming)
    if (moment === 'after') die()
    return delivered
  },
}
await watchMailbox(books, dying, { host: 'localhost', port: Number(port), caFile })
process.send?.('watching')
