// Told to stop, a command stops: in the middle of a look at a device that never answers, and in every phase of a start.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { controlKey, dataFolder, freshDemonstration, startDaemon, until } from '../support/daemon.ts'

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

  it('ends a daemon while somebody waits for a device that never answers', async () => {
    const device = createSocket('udp4')
    device.bind(0, '127.0.0.1')
    await once(device, 'listening')
    const data = dataFolder()
    const daemon = await startDaemon({ data: data.path, env: { SUAR_DEMONSTRATION_ENABLED: 'false', SUAR_SNMP_TIMEOUT: '60' } })
    const post = (path: string, body: object) =>
      fetch(`${daemon.url}api/v1/devices${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${controlKey(daemon)}` },
        body: JSON.stringify(body),
      })
    const asked = once(device, 'message')
    const added = await post('', {
      id: 'silent',
      name: 'Silent',
      kind: 'ups',
      address: { host: '127.0.0.1', port: device.address().port },
      access: { via: 'snmp', version: '2c' },
    })
    assert.equal(added.status, 200)
    await asked
    const waiting = post('/silent/discover', {}).catch((error: unknown) => error)
    // Requests are taken in the order in which they come.
    for (let k = 0; k < 3; k++) await fetch(`${daemon.url}healthz`)
    const ended = daemon.stop()
    const patience = setTimeout(() => void daemon.kill(), 10_000)
    assert.equal(await ended, 0)
    clearTimeout(patience)
    await waiting
    device.close()
    data.remove()
  })

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
