// The keys of a host are what OpenSSH itself reads and writes.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeHostKeys } from '../../../provisioning/host/keys.ts'

describe('keys of a managed host', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'suar-keys-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('are two pairs that OpenSSH reads, each with its own public part', () => {
    // Whatever the bytes are: a number may begin with zeroes.
    for (let time = 0; time < 20; time++) {
      const { broker, inbox } = makeHostKeys()
      assert.notEqual(broker.publicKey.split(' ')[1], inbox.publicKey.split(' ')[1])
      for (const { publicKey, privateKey } of [broker, inbox]) {
        const file = join(folder, 'key')
        writeFileSync(file, privateKey, { mode: 0o600 })
        assert.equal(execFileSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' }).trim(), publicKey)
        rmSync(file)
      }
    }
  })
})
