// The virus scanner of the site: a command, a clamd on its socket, one that hangs or is missing. A file with a virus never stays.
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { openScan } from '../../../daemon/desk/attachments/scan.ts'
import { done, refused } from '../../../daemon/domain/outcome.ts'
import { openFiles } from '../../../daemon/store/files.ts'
import { must, quiet } from '../../store/support/must.ts'

/** Speaks clamd's INSTREAM: reads pieces until the empty one, then answers. */
function clamd(answer: (content: Buffer) => string): Server {
  return createServer(socket => {
    let given = Buffer.alloc(0)
    socket.on('data', chunk => {
      given = Buffer.concat([given, chunk])
      const start = given.indexOf(0) + 1
      const content: Buffer[] = []
      for (let at = start; at + 4 <= given.length; ) {
        const size = given.readUInt32BE(at)
        if (size === 0) {
          socket.end(answer(Buffer.concat(content)))
          return
        }
        if (at + 4 + size > given.length) return
        content.push(given.subarray(at + 4, at + 4 + size))
        at += 4 + size
      }
    })
  })
}

describe('the scanner of attachments', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'suar-scan-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const file = (text: string): string => {
    const path = join(folder, 'berkas')
    writeFileSync(path, text)
    return path
  }

  it('is a command that is given the path and answers with its exit', async () => {
    const command = join(folder, 'scan.sh')
    writeFileSync(command, '#!/bin/sh\ngrep -q EICAR "$2" && exit 1\nexit 0\n')
    chmodSync(command, 0o755)
    const scan = openScan({ command: [command, '--no-summary'] }, quiet)
    assert.equal(await scan(file('surat biasa')), 'clean')
    assert.equal(await scan(file('EICAR')), 'infected')
    assert.equal(await openScan({ command: ['/does/not/exist'] }, quiet)(file('surat')), 'unchecked')
    assert.equal(await openScan(null, quiet)(file('surat')), 'unchecked')
  })

  it('is a clamd that is sent the whole content', async () => {
    const seen: number[] = []
    const server = clamd(content => {
      seen.push(content.length)
      return content.includes('EICAR') ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0'
    })
    const socket = join(folder, 'clamd.sock')
    await new Promise<void>(resolve => server.listen(socket, resolve))
    const scan = openScan({ clamd: socket }, quiet)
    assert.equal(await scan(file('x'.repeat(300_000))), 'clean')
    assert.equal(await scan(file('ini EICAR')), 'infected')
    assert.deepEqual(seen, [300_000, 9])
    server.close()
    assert.equal(await openScan({ clamd: join(folder, 'nobody.sock') }, quiet)(file('surat')), 'unchecked')
  })

  it('keeps the same content once, and what was refused nowhere', async () => {
    const files = must(await openFiles(join(folder, 'attachments')))
    const once = must(await files.receive(Readable.from([Buffer.from('isi')]), 100, async () => done('baik')))
    const twice = must(await files.receive(Readable.from([Buffer.from('is'), Buffer.from('i')]), 100, async () => done('baik')))
    assert.deepEqual(once, twice)
    assert.equal(Buffer.from(must(await files.read(once.sha256))).toString(), 'isi')
    const bad = await files.receive(Readable.from([Buffer.from('buruk')]), 100, async () => refused('invalid', { id: 'tidak', en: 'no' }))
    assert.equal(bad.ok, false)
    const big = await files.receive(Readable.from([Buffer.alloc(101)]), 100, async () => done('baik'))
    assert.equal(big.ok ? '' : big.failure.kind, 'tooBig')
    assert.deepEqual(readdirSync(join(folder, 'attachments', 'incoming')), [])
    assert.equal((await files.read('../../etc/passwd')).ok, false)
  })
})
