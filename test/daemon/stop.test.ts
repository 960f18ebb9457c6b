// Told to stop, a command stops: in the middle of a look at a device that never answers, and in every phase of a start.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { dataFolder, freshDemonstration, until } from '../support/daemon.ts'

const bin = resolve(import.meta.dirname, '../../bin/suar.js')
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SUAR_')))

/** Ends with its exit code, or with what it was doing after ten seconds: then it is killed and the test fails. */
async function stopped(child: ChildProcess): Promise<number | string | null> {
  const ended = once(child, 'exit') as Promise<[number | null]>
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(patience)
  return child.signalCode ?? child.exitCode
}

describe('a command that is told to stop', function () {
  this.timeout(60_000)

  for (const [version, args] of [
    ['2c', []],
    ['3', ['--user', 'noc', '--auth', 'sha']],
  ] as const) {
    it(`ends a probe by version ${version} of a device that never answers`, async () => {
      const device = createSocket('udp4')
      device.bind(0, '127.0.0.1')
      await once(device, 'listening')
      const asked = once(device, 'message')
      const child = spawn(process.execPath, [bin, 'probe', `127.0.0.1:${device.address().port}`, '--timeout', '60000', ...args], {
        env: { ...clean, SUAR_AUTH_PASSWORD: 'never-mind-me' },
        stdio: 'ignore',
      })
      await asked
      assert.equal(await stopped(child), 3)
      device.close()
    })
  }

  it('ends a start that has only begun to open the house', async () => {
    const data = dataFolder()
    const child = spawn(process.execPath, [bin, 'start'], {
      cwd: data.path,
      env: { ...clean, ...freshDemonstration(), SUAR_DATA: data.path, SUAR_HTTP_PORT: '0' },
      stdio: 'ignore',
    })
    const begun = async () => existsSync(join(data.path, 'lock.db'))
    await until('the data folder', begun, there => there)
    assert.equal(await stopped(child), 0)
    data.remove()
  })
})
