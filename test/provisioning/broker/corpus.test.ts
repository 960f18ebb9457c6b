// What strangers would send: every hostile text, number and shape through every verb and field. All of it is refused as invalid, and the host stays as it is.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Json } from '../../../daemon/domain/json.ts'
import { canHost, type TestHost } from '../../support/host/start.ts'
import { differencesOf } from '../host/support.ts'
import { type Body, brokerHost, digestOf, LEASE, must, settle, stateOf, type Talk, take, talk, thingOf } from './support.ts'

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZ1bGwgb2YgemVyb3MgYW5kIG9uZXMgYW5kIG1vcmUg dinas@example'
const HEX = 'a'.repeat(64)

/** Texts made of one that would be taken. */
const hostileTexts = (good: string): readonly string[] => [
  `${good}\n`,
  `${good}\nroot`,
  `${good}\r`,
  `\n${good}`,
  `${good}\0`,
  `${good}\u0000.conf`,
  `${good}\t`,
  `${good} `,
  ` ${good}`,
  `${good};id`,
  `${good}|id`,
  `${good}&id`,
  `$(id)${good}`,
  `${good}\`id\``,
  `${good}'`,
  `"${good}"`,
  `${good}\\`,
  `${good}%0a`,
  `-${good}`.slice(0, 12),
  '--help',
  '-rf',
  '../../etc/passwd',
  `../${good}`,
  `${good}/../x`,
  '/etc/passwd',
  '.',
  '..',
  '*',
  '~root',
  '',
  ' ',
  'root; rm',
  `${good}\u2028`,
  `${good}\u2029x`,
  `\u202e${good}`,
  `${good}\u200b`,
  `${good}\ufeff`,
  good.replace(/[aeo]/, 'а'),
  `${good}é`,
  `${good}\u0301`,
  `${good}😀`,
  `${good}\ud800`,
  '١٢٣',
  `${good}x`.repeat(3000).slice(0, 70_000),
  '{{7*7}}',
  '%s%n',
]
const OTHER_THINGS: readonly Json[] = [0, -1, 1, 9_007_199_254_740_991, true, false, [], {}, [['x']], { inbox: 'x' }, { inbox: HEX, more: 1 }]
/** JSON that only machines write who want to break something. */
const RAW = [
  '1.5',
  '1e3',
  '-0.0',
  '1e400',
  '99999999999999999999',
  `${'9'.repeat(5000)}`,
  'NaN',
  'Infinity',
  '"\\ud800"',
  '{"a":1,"a":2}',
  `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
]

type Path = readonly (string | number)[]
const isOpen = (value: Json | undefined): value is Body | readonly Json[] => typeof value === 'object' && value !== null
const pathsOf = (value: Json, at: Path = []): Path[] =>
  isOpen(value)
    ? [
        ...(at.length > 0 ? [at] : []),
        ...Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...at, Array.isArray(value) ? Number(key) : key])),
      ]
    : [at]
const at = (value: Json, path: Path): Json => path.reduce<Json>((one, key) => (one as Record<string, Json>)[key]!, value)
function replaced(value: Json, [first, ...rest]: Path, by: Json): Json {
  if (first === undefined) return by
  const copy = (Array.isArray(value) ? [...value] : { ...(value as Body) }) as Record<string | number, Json>
  copy[first] = replaced(copy[first]!, rest, by)
  return copy as unknown as Json
}

/** Of each verb one request that would be taken, with every field that it may have. */
function requests(host: TestHost): readonly (readonly [verb: string, body: Body])[] {
  const lease = LEASE
  const put = (kind: string, more: Body = {}, given: object = {}) => {
    const { name, state } = thingOf(host, kind, {
      runtime: { kind: 'php', version: '8.2' },
      cron: [{ time: '* * * * *', interpreter: 'php', file: 'a.php' }],
      ...given,
    })
    return ['put', { kind, name, before: null, after: state, keep: 'c-2026-0001-9001', lease, ...more }] as const
  }
  const database = { database: { engine: 'mariadb', connections: 5, size: 64 } }
  const kept = { restore: 'c-2026-0001-9002' }
  return [
    ['read', { kind: 'user', names: ['dinkes', 'dispora'] }],
    ['list', { kind: 'user' }],
    put('user', kept),
    put('keys', {}, { keys: [KEY] }),
    put('tree', kept),
    put('pool'),
    put('nginx'),
    put('cron'),
    put('logrotate'),
    ['put', { kind: 'quota', name: 'dinkes', before: null, after: { mib: 512 }, keep: 'c-2026-0001-9001', lease }],
    put('mariadb', { verifier: `*${'A1'.repeat(20)}` }, database),
    [
      'put',
      {
        kind: 'postgresql',
        name: 'dinkes',
        before: HEX,
        after: { user: 'dinkes', connections: 5 },
        keep: 'c-2026-0001-9001',
        verifier: `SCRAM-SHA-256$4096:${'A'.repeat(22)}==$${'B'.repeat(43)}=:${'C'.repeat(43)}=`,
        lease,
      },
    ],
    [
      'put',
      {
        kind: 'tls',
        name: 'dinkes',
        before: null,
        after: { fingerprint: HEX },
        keep: 'c-2026-0001-9001',
        chain: { inbox: HEX },
        key: { inbox: HEX },
        lease,
      },
    ],
    [
      'put',
      {
        kind: 'firewall',
        name: 'dinkes',
        before: null,
        after: { openings: [{ protocol: 'tcp', port: 5432, from: '10.0.0.0/8' }] },
        keep: 'c-2026-0001-9001',
        lease,
      },
    ],
    [
      'put',
      {
        kind: 'zone',
        name: 'example.go.id',
        before: null,
        after: {
          primary: 'ns1.example.go.id',
          mail: 'hostmaster.example.go.id',
          servers: ['ns1.example.go.id'],
          glue: [{ server: 'ns1.example.go.id', address: '192.0.2.2' }],
          transfer: ['192.0.2.1'],
          key: 'suar',
        },
        keep: 'c-2026-0001-9001',
        lease,
      },
    ],
    ['challenge', { site: 'dinkes', token: 'abcdefghijklmnopqrst', text: 'abcdefghijklmnopqrst.uvwxyzabcdefghij', lease }],
    ['probe-key', { site: 'dinkes', key: KEY, minutes: 5, lease }],
    ['confined', { site: 'dinkes', other: 'dispora' }],
    ['database-login', { engine: 'mariadb', name: 'dinkes', user: 'dinkes', password: 'Secret123', as: 'dinkes' }],
    ['usage', { sites: ['dinkes'] }],
    ['archive', { site: 'dinkes', keep: 'c-2026-0001-9003', lease }],
    ['archived', { archive: 'dinkes.20261121-034500' }],
    ['brought', { site: 'dinkes' }],
    ['offer', { archive: 'dinkes.20261121-034500', open: true, lease }],
    ['room', { archive: 5, content: 5, lease }],
    ['put', { kind: 'archive', name: 'dinkes.20261121-034500', before: null, after: { days: 30 }, keep: 'c-2026-0001-9001', lease }],
    [
      'put',
      {
        ...{ kind: 'content', name: 'dinkes', before: null, keep: 'c-2026-0001-9001', lease },
        after: { from: 'web-1/dinkes', archive: '20261121-034500', database: 'mariadb' },
        files: [
          { name: 'tree.tar.gz', size: 5, sha256: HEX },
          { name: 'mariadb', size: 5, sha256: HEX },
        ],
        manifest: { files: 5, folders: 5, links: 5, bytes: 5, digest: HEX, left: 5, names: [], mariadb: [['tamu', 5, 5]] },
      },
    ],
    ['purge', { kept: 'c-2026-0001-9003', lease }],
    ['app', { site: 'dinkes', do: 'state', lease }],
    ['zone-facts', { zone: 'example.go.id' }],
    ['lock', { lease: 'C-2026-0002', seconds: 5 }],
    ['unlock', { lease: 'C-2026-0002' }],
  ]
}

/** What would be taken after all: nothing hostile in it at this place. */
function harmless(path: Path, by: Json): boolean {
  const field = path.join('.')
  if (by === null) return true
  if (field === 'minutes' || field === 'seconds') return by === 1
  if (field === 'after.mib' || field === 'after.connections' || field === 'after.openings.0.port') return by === 1
  if (field === 'adopt') return by === true
  if (field === 'after.days') return by === 1
  if (field === 'open') return typeof by === 'boolean'
  if (field === 'archive' || field === 'content' || /^(files\.\d\.size|manifest\.(files|folders|links|bytes|left))$/.test(field))
    return by === 1 || by === 0
  if (/^manifest\.(names|mariadb)$/.test(field)) return Array.isArray(by) && by.length === 0
  // A table is called as its owner likes: its name is only compared. Figures are none of these.
  if (field === 'manifest.mariadb.0.0') return typeof by === 'string' && by.length <= 500
  if (/^manifest\.mariadb\.0\.[12]$/.test(field)) return by === 1 || by === 0
  if (field === 'after.locked') return typeof by === 'boolean'
  // Lists may be empty; a text of lines may end with an empty one.
  if (['names', 'sites', 'after.keys', 'after.transfer'].includes(field)) return Array.isArray(by) && by.length === 0
  if (field === 'after.content') return by === 'x'
  return false
}

describe('the broker and hostile requests', function () {
  this.timeout(120_000)
  let host: TestHost
  let broker: Talk
  before(async function () {
    if (!canHost()) this.skip()
    host = await brokerHost({ with: ['nginx', 'php'] })
    broker = await talk(host)
    await take(broker)
    await settle(broker, host, 'dinkes', 'dispora')
  })
  after(async () => {
    await broker?.end()
    await host?.stop()
  })

  /** Sends all of it; gives what was not refused as invalid. Nothing on the host may have changed. */
  async function allInvalid(lines: readonly (readonly [what: string, line: string | Buffer])[]): Promise<void> {
    const before = differencesOf(host)
    const taken: string[] = []
    for (const [what, line] of lines) {
      const told = await broker.raw(line)
      if (told.ok || told.kind !== 'invalid') taken.push(`${what}: ${JSON.stringify(told).slice(0, 300)}`)
      else if (told.message.length < 10 || /[^ -~]/.test(told.message)) taken.push(`${what}: says ${told.message}`)
    }
    assert.deepEqual(taken.slice(0, 5), [], `${taken.length} of ${lines.length}`)
    assert.deepEqual(differencesOf(host), before)
  }

  it('refuses hostile texts and shapes in every field of every verb', async () => {
    const lines = requests(host).flatMap(([verb, body]) =>
      pathsOf(body).flatMap(path => {
        const good = at(body, path)
        const texts =
          typeof good === 'string'
            ? hostileTexts(good).filter(text => text !== good && !(path.join('.') === 'after.content' && text === `${good}\n`))
            : ['x', ...hostileTexts('dinkes')]
        return [...texts, ...OTHER_THINGS]
          .filter(by => !harmless(path, by) && JSON.stringify(by) !== JSON.stringify(good))
          .map(
            by =>
              [
                `${verb} ${body['kind'] ?? ''} ${path.join('.')} = ${JSON.stringify(by).slice(0, 60)}`,
                JSON.stringify({ id: 7, verb, ...(replaced(body, path, by) as Body) }),
              ] as const,
          )
      }),
    )
    assert.ok(lines.length > 4000, `${lines.length}`)
    await allInvalid(lines)
  })

  it('refuses what is no plain JSON in every field', async () => {
    const lines = requests(host).flatMap(([verb, body]) =>
      pathsOf(body).flatMap(path =>
        RAW.map(
          raw =>
            [
              `${verb} ${path.join('.')} = ${raw.slice(0, 30)}`,
              JSON.stringify({ id: 7, verb, ...(replaced(body, path, '@@@') as Body) }).replace('"@@@"', raw),
            ] as const,
        ),
      ),
    )
    await allInvalid(lines)
  })

  it('refuses fields that it does not know, fields that are missing, and fields said twice', async () => {
    const lines = requests(host).flatMap(([verb, body]) => [
      ...['shell', 'path', 'command', '__proto__', 'env', 'ok'].map(
        name => [`${verb} + ${name}`, `{"id":7,"verb":"${verb}","${name}":"/bin/sh",${JSON.stringify(body).slice(1)}`] as const,
      ),
      ...Object.keys(body)
        .filter(name => !['restore', 'adopt', 'verifier', 'chain', 'key'].includes(name) || verb === 'probe-key')
        .map(name => [`${verb} - ${name}`, JSON.stringify({ id: 7, verb, ...body, [name]: undefined })] as const),
      ...Object.entries(body).map(
        ([name, value]) =>
          [`${verb} ${name} twice`, `{"id":7,"verb":"${verb}","${name}":${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`] as const,
      ),
    ])
    await allInvalid(lines)
  })

  it('refuses what is no request at all', async () => {
    const good = JSON.stringify({ id: 1, verb: 'list', kind: 'user' })
    await allInvalid([
      ['nothing', ''],
      ['a blank', ' '],
      ['no JSON', 'list user'],
      ['a list', `[${good}]`],
      ['a text', '"list"'],
      ['null', 'null'],
      ['two on one line', `${good}${good}`],
      ['with a mark of byte order', `\ufeff${good}`],
      ['not UTF-8', Buffer.concat([Buffer.from(good.slice(0, 10)), Buffer.from([0xff, 0xfe]), Buffer.from(good.slice(10))])],
      ['UTF-16', Buffer.from(good, 'utf16le')],
      ['a NUL', `${good}\0`],
      ['no verb', '{"id":1}'],
      ['no id', '{"verb":"list","kind":"user"}'],
      ['an id that is a text', '{"id":"1","verb":"list","kind":"user"}'],
      ['a strange verb', '{"id":1,"verb":"exec","argv":["id"]}'],
      ['a verb of Python', '{"id":1,"verb":"__class__"}'],
      ['a verb that is a list', '{"id":1,"verb":["list"],"kind":"user"}'],
      ['10 MB', `{"id":1,"verb":"list","kind":"${'x'.repeat(10 * 1024 * 1024)}"}`],
      ['10 MB of blanks', ' '.repeat(10 * 1024 * 1024)],
      ['nested without end', '{"id":1,"verb":'.repeat(60_000)],
    ])
    assert.ok((await broker.ask('list', { kind: 'user' })).ok, 'and works on')
  })

  it('takes no file with a line that the kind does not have, however it is hidden', async () => {
    const files = ['nginx', 'pool', 'cron', 'logrotate'].map(kind =>
      thingOf(host, kind, { runtime: { kind: 'php', version: '8.2' }, cron: [{ time: '* * * * *', interpreter: 'php', file: 'a.php' }] }),
    )
    const evil = [
      'include /etc/passwd;',
      '* * * * * root id',
      'user = root',
      'postrotate',
      ' ; user root',
      'root /;',
      '}\u2028root /;',
      'server {\rroot /;',
      '\\',
      '# a note',
      '\u00a0daily',
    ]
    await allInvalid(
      files.flatMap(({ kind, name, state }) => {
        const lines = String(state['content']).split('\n')
        return evil.flatMap(line =>
          [...Array(lines.length).keys()].map(
            at =>
              [
                `${kind} line ${at} ${line}`,
                JSON.stringify({
                  id: 1,
                  verb: 'put',
                  kind,
                  name,
                  before: null,
                  after: { ...state, content: lines.toSpliced(at, 0, line).join('\n') },
                  keep: 'c-2026-0001-9001',
                  lease: LEASE,
                }),
              ] as const,
          ),
        )
      }),
    )
  })

  it('takes any bytes without ending', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async bytes => {
        const told = await broker.raw(Buffer.from(bytes.filter(byte => byte !== 10)))
        assert.ok(!told.ok && told.kind === 'invalid')
      }),
      { numRuns: 300 },
    )
  })

  it('lets nothing of what was refused into its log', async () => {
    const mark = 'RahasiaYangTidakBolehTercatat'
    await broker.refused('put', { kind: 'keys', name: 'dinkes', before: null, after: { keys: [mark] }, keep: 'c-2026-0001-9001', lease: LEASE })
    await broker.refused('database-login', { engine: 'mariadb', name: 'dinkes', user: 'dinkes', password: `${mark}!`, as: 'dinkes' })
    const keys = thingOf(host, 'keys', { keys: [KEY] })
    await must(broker, keys, keys.state)
    const log = await host.run(['cat', '/var/log/auth.log'])
    assert.ok(log.stdout.includes('verb=put') && log.stdout.includes('kind=keys name=dinkes'))
    assert.ok(!log.stdout.includes(mark) && !log.stdout.includes(KEY.split(' ')[1]!))
  })

  it('answers nobody who has not greeted it, and nobody who speaks another protocol', async () => {
    await using other = await talk(host, { greet: false })
    assert.equal((await other.refused('list', { kind: 'user' })).kind, 'invalid')
    const { kind, message } = await other.refused('hello', { protocol: 2 })
    assert.equal(kind, 'refused')
    assert.match(message, /install command/)
    assert.equal((await other.refused('list', { kind: 'user' })).kind, 'invalid')
    assert.ok((await other.ask('hello', { protocol: 1 })).ok && (await other.ask('list', { kind: 'user' })).ok)
  })

  it('takes nothing from the environment it is started in', async () => {
    await host.install(
      'printf \'#!/bin/sh\\ntouch /run/planted\\n\' >/tmp/useradd; cp /tmp/useradd /tmp/nginx; chmod 755 /tmp/useradd /tmp/nginx; echo \'open("/run/planted","w")\' >/tmp/json.py\n',
    )
    const env = {
      PATH: '/tmp:/usr/bin',
      PYTHONPATH: '/tmp',
      PYTHONSTARTUP: '/tmp/json.py',
      LD_PRELOAD: '',
      BASH_ENV: '/tmp/useradd',
      IFS: 'e',
      PYTHONINSPECT: '1',
    }
    await using other = await talk(host, { env })
    const user = thingOf(host, 'user', { name: 'bappeda' })
    await must(other, user, user.state)
    assert.equal(digestOf(await stateOf(other, 'user', 'bappeda')), digestOf(user.state))
    assert.equal((await host.run(['test', '-e', '/run/planted'])).code, 1)
    const child = await host.run(['sh', '-c', 'echo | /usr/local/libexec/suar-broker --help'])
    assert.notEqual(child.code, 0)
    assert.match(child.stderr, /no arguments/)
  })
})
