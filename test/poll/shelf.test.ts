// Shelves: what lies in a folder can be taken, what is wrong is told with its file, and ours are whole.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CollectorEntry } from '../../daemon/domain/collector.ts'
import { openShelf, readShelf } from '../../daemon/shelf.ts'

const isNumber = (value: unknown): value is number => typeof value === 'number'
const isEntry = (value: unknown): value is CollectorEntry => typeof value === 'object' && value !== null && 'via' in value && 'open' in value

describe('a shelf', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shelf-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const put = (file: string, text: string) => writeFile(join(folder, file), text)

  it('gives its entries by file name, and loads none before it is taken', async () => {
    await put('one.ts', 'const one: number = 1\nexport default one\n')
    await put('two.js', 'export default 2\n')
    await put('two.d.ts', 'declare const two: number\nexport default two\n')
    await put('two.js.map', '{}')
    await put('notes.txt', 'nothing')
    await put('broken.ts', "throw new Error('this one does not load')\n")
    const shelf = await openShelf(folder, isNumber)
    assert.ok(shelf.ok)
    assert.deepEqual(shelf.value.names, ['broken', 'one', 'two'])
    assert.deepEqual(await shelf.value.take('one'), { ok: true, value: 1 })
    assert.deepEqual(await shelf.value.take('two'), { ok: true, value: 2 })
    const broken = await shelf.value.take('broken')
    assert.ok(!broken.ok && broken.failure.kind === 'invalid' && /broken\.ts does not load: this one does not load/.test(broken.failure.message))
    const missing = await shelf.value.take('three')
    assert.ok(!missing.ok && missing.failure.kind === 'notFound' && /broken, one, two/.test(missing.failure.message))
  })

  it('tells the first entry that is none', async () => {
    await put('one.js', 'export default 1\n')
    await put('word.js', "export default 'word'\n")
    const all = await readShelf(folder, isNumber)
    assert.ok(!all.ok && all.failure.kind === 'invalid' && all.failure.message.includes('word.js'))
    const nowhere = await readShelf(join(folder, 'nowhere'), isNumber)
    assert.ok(!nowhere.ok && nowhere.failure.kind === 'notFound')
  })

  it('of our collectors is whole, and each is named for what it asks by', async () => {
    const all = await readShelf(fileURLToPath(new URL('../../collectors/', import.meta.url)), isEntry)
    assert.ok(all.ok, all.ok ? '' : all.failure.message)
    assert.deepEqual([...all.value.keys()], ['host', 'snmp', 'ssh'])
    for (const [name, { via }] of all.value) assert.equal(via, name)
  })
})
