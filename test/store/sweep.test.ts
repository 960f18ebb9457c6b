// The upkeep of files: what nothing refers to goes after a day, and nothing else, whatever happens in between.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { done } from '../../daemon/domain/outcome.ts'
import { openFiles } from '../../daemon/store/files.ts'
import { openHouse } from '../desk/tickets/support/house.ts'
import { tempFolder } from './support/folder.ts'
import { must } from './support/must.ts'

const DAY = 86_400_000
const NOTHING = async () => new Set<string>()
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

describe('a file that is asked for', () => {
  it('is called gone only when it is not there', async () => {
    const folder = tempFolder()
    const files = must(await openFiles(folder))
    const { sha256 } = must(await files.put(Buffer.from('surat')))
    const place = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
    // Something stands in its place that cannot be read: a loop, as root reads everything else.
    rmSync(place)
    symlinkSync(place, place)
    for (const ask of [files.read, files.stream]) await assert.rejects(ask(sha256), { code: 'ELOOP' })
    rmSync(place)
    for (const ask of [files.read, files.stream]) {
      const answer = await ask(sha256)
      assert.equal(answer.ok ? null : answer.failure.kind, 'notFound')
    }
  })
})

describe('the upkeep of files', () => {
  const placeOf = (folder: string, hash: string) => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash)
  const age = (folder: string, hash: string, days: number) => {
    const then = new Date(Date.now() - days * DAY)
    utimesSync(placeOf(folder, hash), then, then)
  }
  const kept = async (folder: string, text: string, days: number) => {
    const files = must(await openFiles(folder))
    const { sha256 } = must(await files.put(Buffer.from(text)))
    age(folder, sha256, days)
    return sha256
  }

  it('takes what nothing refers to and is older than a day', async () => {
    const folder = tempFolder()
    const [old, young, used] = [await kept(folder, 'lama', 2), await kept(folder, 'baru', 0.5), await kept(folder, 'dipakai', 400)]
    const files = must(await openFiles(folder))
    assert.deepEqual(await files.sweep(Date.now() - DAY, async () => new Set([used])), { files: 1, size: 4 })
    assert.deepEqual(
      [old, young, used].map(hash => existsSync(placeOf(folder, hash))),
      [false, true, true],
    )
    assert.deepEqual(await files.sweep(Date.now() - DAY, async () => new Set([used])), { files: 0, size: 0 })
  })

  it('leaves what is sent again while it looks, and what is still coming in', async () => {
    const folder = tempFolder()
    const again = await kept(folder, 'dikirim lagi', 3)
    const files = must(await openFiles(folder))
    const slow = new PassThrough()
    slow.write('separuh ')
    const coming = files.receive(slow, 1000, async () => done(null))
    const swept = await files.sweep(Date.now() - DAY, async () => {
      must(await files.put(Buffer.from('dikirim lagi')))
      return new Set()
    })
    assert.equal(swept.files, 0)
    assert.ok(existsSync(placeOf(folder, again)))
    slow.end('jalan')
    assert.equal(must(await coming).sha256, hashOf('separuh jalan'))
    assert.ok(existsSync(placeOf(folder, hashOf('separuh jalan'))))
  })

  it('never loses a file that comes again at the very moment it is taken away', async () => {
    const folder = tempFolder()
    for (let round = 0; round < 30; round++) {
      const hash = await kept(folder, 'sama', 2)
      const files = must(await openFiles(folder))
      const [, put] = await Promise.all([files.sweep(Date.now() - DAY, NOTHING), files.put(Buffer.from('sama'))])
      assert.equal(must(put).sha256, hash)
      assert.ok(existsSync(placeOf(folder, hash)), `round ${round}`)
    }
  })

  it('goes on where it was killed, and has taken nothing that is in use', async function () {
    this.timeout(30_000)
    const folder = tempFolder()
    const hashes: string[] = []
    for (let i = 0; i < 420; i++) hashes.push(await kept(folder, `berkas ${i}`, 5))
    const inUse = hashes.filter(hash => Number.parseInt(hash[0] ?? '0', 16) % 2 === 0)
    const script = fileURLToPath(new URL('./support/sweeper.ts', import.meta.url))
    const child = fork(script, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    let asked = 0
    await new Promise<void>(resolve =>
      child.on('message', () => {
        if (++asked === 3) resolve()
      }),
    )
    child.kill('SIGKILL')
    await once(child, 'exit')
    const left = () => hashes.filter(hash => existsSync(placeOf(folder, hash)))
    assert.ok(left().length < hashes.length, 'something was taken')
    assert.ok(left().length > inUse.length, 'something was left')
    assert.ok(inUse.every(hash => left().includes(hash)))
    const files = must(await openFiles(folder))
    await files.sweep(Date.now() - DAY, async () => new Set(inUse))
    assert.deepEqual(left(), inUse)
  })

  it('knows what drafts, tickets and papers refer to', async () => {
    const house = await openHouse(tempFolder())
    try {
      const { tickets, documents } = house.records.desk
      const requester = await house.as('pemohon')
      const draft = await house.draft('splp')
      const [attachment] = must(await house.desk.view(draft, requester)).attachments
      assert.ok(attachment)
      const of = async (hash: string) => (await tickets.referred([hash, hashOf('nothing')])).has(hash)
      assert.equal(await of(attachment.sha256), true)
      must(await house.desk.remove(draft, requester))
      assert.equal(await of(attachment.sha256), false)
      // The same letter, sent again with another request, holds it.
      const number = await house.filed('splp')
      assert.equal(must(await house.desk.view(number, requester)).attachments[0]?.sha256, attachment.sha256)
      assert.equal(await of(attachment.sha256), true)
      const { id } = must(await house.desk.make(number, 'disposition', await house.as('petugas')))
      const row = await documents.byId(id)
      assert.ok(row)
      const once = row.history[0]?.sha256 ?? row.sha256
      assert.deepEqual([...(await documents.referred([once, hashOf('nothing')]))], [once])
    } finally {
      await house.close()
    }
  })
})
