// Two who were written apart: whatever the schema of a website accepts, the broker's grammar takes; and not one line more.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { websiteThings } from '../../../provisioning/site/graph.ts'
import { anyWebsite, LISTEN, SAMPLES } from './websites.ts'

const BROKER = join(import.meta.dirname, '../../../provisioning/host/broker.py')
const KINDS = new Set(['nginx', 'apache', 'pool', 'cron', 'logrotate', 'unit'])

interface Asked {
  readonly kind: string
  readonly name: string
  readonly text: string
}

/** The broker's own word on each: null takes it, otherwise why not. */
function judged(asked: readonly Asked[]): readonly (string | null)[] {
  const program = `
import importlib.machinery, importlib.util, json, sys
loader = importlib.machinery.SourceFileLoader('broker', sys.argv[1])
broker = importlib.util.module_from_spec(importlib.util.spec_from_loader('broker', loader))
sys.dont_write_bytecode = True
loader.exec_module(broker)
said = []
for one in json.load(sys.stdin):
    try:
        broker.check_lines(one['kind'], one['name'], one['text'])
        said.append(None)
    except broker.Refusal as refusal:
        said.append(refusal.message)
print(json.dumps(said))`
  return JSON.parse(execFileSync('python3', ['-c', program, BROKER], { input: JSON.stringify(asked), maxBuffer: 50_000_000 }).toString())
}

const GROUND = {
  nginx: true,
  apache: true,
  php: ['8.2'],
  mariadb: true,
  postgresql: true,
  nftables: true,
  systemd: true,
  quota: 'none',
  listen: LISTEN,
} as const

const filesOf = (website: Parameters<typeof websiteThings>[0]): Asked[] => {
  const things = websiteThings(website, GROUND)
  assert.ok(things.ok)
  return things.value.flatMap(({ resource, name, state }) =>
    KINDS.has(resource) && typeof state?.['content'] === 'string' ? [{ kind: resource, name, text: state['content'] }] : [],
  )
}

describe('the broker’s grammar', function () {
  this.timeout(60_000)

  it('takes every file of every website that the schema takes', () => {
    const all = [...Object.values(SAMPLES), ...fc.sample(anyWebsite, { numRuns: 400, seed: 11 })].flatMap(filesOf)
    assert.deepEqual(new Set(all.map(({ kind }) => kind)), KINDS)
    const said = judged(all)
    const wrong = all.flatMap((one, i) => (said[i] === null ? [] : [`${said[i]}\n${one.text}`]))
    assert.deepEqual(wrong.slice(0, 1), [], `${wrong.length} of ${all.length}`)
  })

  it('takes none for another website', () => {
    const all = Object.values(SAMPLES)
      .flatMap(filesOf)
      .map(one => ({ ...one, name: 'tetangga' }))
    assert.ok(judged(all).every(said => said !== null))
  })

  it('takes none with one strange line, wherever it stands', () => {
    const strange = [
      'include /etc/passwd;',
      'load_module modules/x.so;',
      '    access_log /etc/cron.d/x;',
      'Include /etc/shadow',
      'LoadFile /tmp/x.so',
      'user = root',
      'php_admin_value[auto_prepend_file] = /tmp/x',
      'env[LD_PRELOAD] = /tmp/x.so',
      '* * * * * root /bin/sh',
      '* * * * * dinkes /bin/sh -c id',
      '    postrotate',
      'ExecStartPre=+/bin/sh',
      'User=root',
      '    alias /;',
      '    root /srv/suar/tetangga/public;',
      'server_name x.example; include /etc/passwd;',
      'server_name x.example;\r',
    ]
    const files = Object.values(SAMPLES).flatMap(filesOf)
    const asked = files.flatMap(one =>
      strange.flatMap(line => {
        const lines = one.text.split('\n')
        return [1, Math.floor(lines.length / 2), lines.length - 1].map(at => ({ ...one, text: lines.toSpliced(at, 0, line).join('\n') }))
      }),
    )
    const said = judged(asked)
    const taken = asked.filter((_, i) => said[i] === null)
    assert.deepEqual(
      taken.map(({ kind, text }) => `${kind}: ${text.slice(0, 300)}`),
      [],
    )
  })
})
