// Files of work orders: photographs from the phone, reports of a vendor. Judged by their content; withdrawn with a reason, never gone.
import type { Readable } from 'node:stream'
import type { CareFile } from '../domain/care.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import { WHY } from './reasons.ts'
import type { CareRoom } from './room.ts'

interface Incoming {
  readonly name: string
  readonly content: Readable
}

/** On one order. */
const MOST = 60

export function openCareFiles(room: CareRoom) {
  const { books, together, append, files, clock } = room.sources

  return {
    async attach(work: number, given: AsyncIterable<Outcome<Incoming>>, viewer: Viewer): Promise<Outcome<{ readonly items: readonly CareFile[] }>> {
      const order = await books.order(work)
      if (order === null) return WHY.noOrder()
      if (order.state === 'cancelled') return WHY.over()
      const items: CareFile[] = []
      for await (const file of given) {
        if (!file.ok) return file
        const taken = await files.take(file.value)
        if (!taken.ok) return taken
        const { name, type, size, sha256 } = taken.value
        const added = await together(async () => {
          if ((await books.files([work])).length >= MOST) return WHY.tooMany(MOST)
          const kept = await books.putFile({ id: 0, work, sha256, name, type, size, at: clock(), by: viewer.name, withdrawn: null })
          await append(viewer.name, 'care.file', order.number, { file: kept.id, name, sha256 })
          return done(kept)
        })
        if (!added.ok) return added
        const { work: _work, sha256: _sha, ...item } = added.value
        items.push(item)
        room.tell([work])
      }
      return items.length === 0 ? WHY.noFiles() : done({ items })
    },

    async content(
      id: number,
    ): Promise<Outcome<{ readonly name: string; readonly type: string; readonly content: Readable; readonly inline: boolean }>> {
      const file = await books.file(id)
      if (file === null) return WHY.noFile()
      const content = await files.stream(file.sha256)
      return content.ok ? done({ name: file.name, type: file.type, content: content.value, inline: files.shown(file.type) }) : content
    },

    async withdraw(id: number, reason: string, viewer: Viewer): Promise<Outcome<void>> {
      const file = await books.file(id)
      if (file === null) return WHY.noFile()
      if (file.withdrawn !== null) return WHY.withdrawn()
      const put = await together(async () => {
        await books.putFile({ ...file, withdrawn: { at: clock(), by: viewer.name, reason } })
        await append(viewer.name, 'care.file.withdraw', String(file.work), { file: id, name: file.name, reason })
        return done(undefined)
      })
      if (put.ok) room.tell([file.work])
      return put
    },
  }
}
