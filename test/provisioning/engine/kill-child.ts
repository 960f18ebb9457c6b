// A process that carries out one change over real records, and is killed at a certain call of its book: `kill-child.ts FOLDER MODE AT [together]`.
// MODE `begin` asks for the change and applies it, `fail` likewise with a last step that fails; `resume` takes up what is there. AT counts the calls
// of the book from the apply on, twice each, before and after; 0: never. With `together` its place takes three steps at once,
// and the change has four. Prints the change's state, and how many calls there were.
import { join } from 'node:path'
import type { Change } from '../../../daemon/domain/change.ts'
import { failed } from '../../../daemon/domain/outcome.ts'
import { openRecords } from '../../../daemon/store/records.ts'
import type { ChangeBook } from '../../../provisioning/engine/book.ts'
import { engineOver, hand, note, plannedChange, quietCall } from '../../support/engine-stage.ts'

const [folder = '', mode = '', at = '0', together = ''] = process.argv.slice(2)
const opened = await openRecords({ folder: join(folder, 'data'), log: quietCall.log, clock: Date.now })
if (!opened.ok) throw new Error(opened.failure.message)
const records = opened.value

let counting = false
let calls = 0
const die = () => {
  if (counting && ++calls === Number(at)) process.kill(process.pid, 'SIGKILL')
}
const WRITING: readonly (keyof ChangeBook)[] = ['put', 'append', 'take', 'letGo', 'settle', 'countFailure']
const book = new Proxy<ChangeBook>(records.changes, {
  get(target, key: keyof ChangeBook) {
    const method = target[key] as (...args: unknown[]) => Promise<unknown>
    if (!WRITING.includes(key)) return method
    return async (...args: unknown[]) => {
      die()
      const answer = await method(...args)
      die()
      return answer
    }
  },
})

const { engine } = engineOver(
  join(folder, 'place'),
  book,
  (doing, name) => (mode === 'fail' && doing === 'apply' && name === 'last' ? failed('invalid', 'the last step fails') : null),
  5_000,
  together === 'together',
)
let ended: Change | null = null
if (mode === 'resume') {
  await records.changes.release()
  for (const one of await engine.resume()) ended = await one
  ended ??= (await records.changes.find('C-2026-0001'))?.change ?? null
} else {
  const { number, plan } = await plannedChange(engine, [
    note('first', 'new'),
    note('gone', null),
    ...(together === '' ? [] : [note('more', 'new')]),
    note('last', 'new'),
  ])
  counting = true
  const begun = await engine.apply(number, hand(1), plan.digest)
  if (!begun.ok) throw new Error(begun.failure.message)
  ended = await begun.value.ended
  // The places are let go of behind it.
  while (engine.working().length > 0) await new Promise(resolve => setImmediate(resolve))
}
process.stdout.write(
  `${JSON.stringify({ state: ended?.state ?? null, calls, free: await records.changes.take([{ kind: 'host', id: 'alpha' }], 'C-9999-0001') })}\n`,
)
await records.close()
