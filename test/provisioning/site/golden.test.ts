// The files of a website, to the letter: what the broker's grammar knows is what stands in golden/.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { apacheHost } from '../../../provisioning/site/apache.ts'
import { crontab } from '../../../provisioning/site/cron.ts'
import { logRotation } from '../../../provisioning/site/logrotate.ts'
import { nginxHost } from '../../../provisioning/site/nginx.ts'
import { phpPool } from '../../../provisioning/site/pool.ts'
import { unitFile } from '../../../provisioning/site/unit.ts'
import { LISTEN, SAMPLES } from './websites.ts'

/** Set to write them anew after a wanted change; look at the difference before it is committed. */
const WRITE = process.env['SUAR_GOLDEN'] === 'write'

async function same(name: string, text: string) {
  const path = join(import.meta.dirname, 'golden', name)
  if (WRITE) await writeFile(path, text)
  assert.equal(text, await readFile(path, 'utf8'), name)
}

describe('the files of a website', () => {
  for (const [name, website] of Object.entries(SAMPLES)) {
    it(`are for nginx as they should be: ${name}`, () => same(`nginx-${name}.conf`, nginxHost(website, LISTEN)))
    it(`are for Apache as they should be: ${name}`, () => same(`apache-${name}.conf`, apacheHost(website, LISTEN)))
  }

  it('listen where the host says, and lead to its port', async () => {
    const listen = { address: '127.102.0.1', http: 8080, https: 8443 }
    await same('nginx-ports.conf', nginxHost(SAMPLES['static']!, listen))
    await same('apache-ports.conf', apacheHost(SAMPLES['static']!, listen))
  })

  it('are for PHP, cron, logs and programs as they should be', async () => {
    const { php, app } = SAMPLES
    await same('pool.conf', phpPool(php! as Parameters<typeof phpPool>[0]))
    await same('cron', crontab(php!))
    await same('logrotate', logRotation(php!))
    await same('unit.service', unitFile(app! as Parameters<typeof unitFile>[0]))
  })
})
