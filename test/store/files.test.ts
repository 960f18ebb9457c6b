// Files are on the disk when they are said to be: their content, and every folder that names the way to them.
import assert from 'node:assert/strict'
import { readlinkSync, realpathSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { openFiles } from '../../daemon/store/files.ts'
import { tempFolder } from './support/folder.ts'
import { must } from './support/must.ts'

describe('a file that is kept', () => {
  const synced: string[] = []
  let prototype: FileHandle
  let sync: FileHandle['sync']
  before(async () => {
    const any = await open('/dev/null')
    prototype = Object.getPrototypeOf(any) as FileHandle
    sync = prototype.sync
    prototype.sync = async function (this: FileHandle) {
      await sync.call(this)
      synced.push(readlinkSync(`/proc/self/fd/${this.fd}`))
    }
    await any.close()
  })
  after(() => {
    prototype.sync = sync
  })

  it('survives a power cut: each folder that was made on its way is written to the one above', async () => {
    const data = realpathSync(tempFolder())
    const folder = join(data, 'deep', 'files')
    const files = must(await openFiles(folder))
    assert.deepEqual(synced.splice(0), [folder, join(data, 'deep'), data])
    const { sha256 } = must(await files.put(Buffer.from('berita acara')))
    const [one, two] = [sha256.slice(0, 2), sha256.slice(2, 4)]
    assert.deepEqual(synced.splice(0), [join(folder, one, two), join(folder, one), folder])
    must(await files.put(Buffer.from('berita acara')))
    assert.deepEqual(synced, [], 'the same again is there already')
  })
})
