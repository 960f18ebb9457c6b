// Settings: right ones are read, wrong ones are named by file, line and key, with a reason and a remedy.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../../daemon/config.ts'
import { sayMistake } from '../../daemon/domain/document.ts'

describe('settings', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'suar-config-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const read = (text: string, env: NodeJS.ProcessEnv = {}) => {
    const file = join(folder, 'suar.yaml')
    writeFileSync(file, text)
    return readConfig(file, env)
  }
  const mistakes = (text: string, env: NodeJS.ProcessEnv = {}) => {
    const configured = read(text, env)
    assert.equal(configured.ok, false)
    return configured.ok ? [] : configured.mistakes.map(mistake => ({ ...mistake, file: mistake.file.replace(`${folder}/`, '') }))
  }

  it('runs the demonstration on loopback when there is no file at all', () => {
    const was = process.cwd()
    process.chdir(folder)
    try {
      const configured = readConfig(null, {})
      assert.ok(configured.ok)
      assert.deepEqual(
        [configured.config.demonstration.enabled, configured.config.http, configured.file],
        [true, { host: '127.0.0.1', port: 8080, names: [] }, null],
      )
    } finally {
      process.chdir(was)
    }
  })

  it('takes paths from the file’s own folder', () => {
    const configured = read('data: ./state\nsite: site.yaml\n')
    assert.ok(configured.ok)
    assert.deepEqual([configured.config.data, configured.config.site], [join(folder, 'state'), join(folder, 'site.yaml')])
    assert.equal(configured.config.demonstration.enabled, false)
  })

  it('reads spans of time in the words people use', () => {
    const configured = read('history: { raw: 14d, minute: 1y, quarter: 31557600 }\nsnmp: { timeout: 0.5s }\n')
    assert.ok(configured.ok)
    assert.deepEqual(configured.config.history, { raw: 14 * 86_400, minute: 31_557_600, quarter: 31_557_600 })
    assert.equal(configured.config.snmp.timeout, 0.5)
  })

  for (const [what, text, line, key, reason] of [
    ['an unknown key', 'data: ./d\nhtpp:\n  port: 1\n', 2, 'htpp', /unknown key/],
    ['an unknown key deep inside', 'http:\n  prot: 1\n', 2, 'http.prot', /unknown key/],
    ['a wrong type', 'http:\n  host: 127.0.0.1\n  port: eighty\n', 3, 'http.port', /expected (int|number)/],
    ['a port out of range', 'http:\n  port: 70000\n', 2, 'http.port', /65535/],
    ['a span without a unit that is one', 'history:\n  raw: 7 weeks\n', 2, 'history.raw', /span/],
    ['a key twice', 'data: a\ndata: b\n', 2, '', /unique/],
    [
      'a recipient on a channel that there is not',
      'notify:\n  recipients:\n    - channel: mial\n      to: noc@dc.test\n',
      3,
      'notify.recipients.0.channel',
      /no channel "mial"/,
    ],
    ['broken YAML', 'http: [1, 2\n', 2, '', /./],
    ['a star that YAML takes for an alias', 'alarms:\n  limits:\n    - point: *.temperature\n', 3, '', /\*\.temperature stands for nothing/],
    ['aliases of aliases', `a: &a [1, 1]\nb: &b [${'*a, '.repeat(11)}1]\nc: [${'*b, '.repeat(11)}1]\n`, 1, '', /beyond measure/],
  ] as const) {
    it(`names ${what}`, () => {
      const [first] = mistakes(text)
      assert.deepEqual([first?.file, first?.line, first?.key], ['suar.yaml', line, key])
      assert.match(first?.reason ?? '', reason)
      assert.ok((first?.remedy ?? '').length > 10)
    })
  }

  it('lets the environment override, and refuses a variable it does not know', () => {
    const configured = read('http: { port: 1 }\n', { SUAR_HTTP_PORT: '9000', SUAR_DEMONSTRATION_ENABLED: 'true' })
    assert.ok(configured.ok)
    assert.deepEqual([configured.config.http.port, configured.config.demonstration.enabled], [9000, true])
    assert.equal(mistakes('', { SUAR_HTTP_PROT: '1' })[0]?.key, 'SUAR_HTTP_PROT')
    assert.equal(mistakes('', { SUAR_HTTP_PORT: 'x' })[0]?.key, 'SUAR_HTTP_PORT')
  })

  it('refuses to listen where strangers could come in', () => {
    for (const host of ['0.0.0.0', '10.0.0.5', '::', 'example.org']) assert.equal(mistakes(`http: { host: "${host}" }\n`)[0]?.key, 'http.host')
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) assert.ok(read(`http: { host: "${host}" }\n`).ok)
  })

  it('listens to strangers under TLS or behind a named proxy, and then by a public name', () => {
    const tls = 'tls: { certificate: a.crt, key: a.key }'
    const url = 'publicUrl: https://Suar.example.org/'
    const under = read(`http: { host: 0.0.0.0, ${tls}, ${url} }\n`)
    assert.ok(under.ok)
    assert.deepEqual([under.config.http.publicUrl, under.config.http.tls?.key], ['https://suar.example.org', join(folder, 'a.key')])
    assert.ok(read(`http: { host: 10.0.0.5, proxy: { trusted: [10.0.0.1, 10.1.0.0/16] }, ${url} }\n`).ok)
    assert.equal(mistakes(`http: { host: 0.0.0.0, ${tls} }\n`)[0]?.key, 'http.publicUrl')
    assert.equal(mistakes('http: { proxy: { trusted: [127.0.0.1] } }\n')[0]?.key, 'http.publicUrl')
    assert.equal(mistakes('http: { publicUrl: "http://suar.example.org" }\n')[0]?.key, 'http.publicUrl')
    assert.equal(mistakes('http: { publicUrl: "https://suar.example.org/suar" }\n')[0]?.key, 'http.publicUrl')
    assert.equal(mistakes('http: { proxy: { trusted: [anybody] } }\n')[0]?.key, 'http.proxy.trusted.0')
    assert.equal(mistakes('audit: { keep: 90d }\n')[0]?.key, 'audit.keep')
  })

  it('says a file that is not there in one sentence', () => {
    const configured = readConfig(join(folder, 'none.yaml'), {})
    assert.ok(!configured.ok)
    assert.match(sayMistake(configured.mistakes[0]!), /none\.yaml: there is no such file\. Give the path/)
  })

  it('accepts the shipped example as it stands, which names every setting', () => {
    const example = resolve(import.meta.dirname, '../../suar.example.yaml')
    const configured = readConfig(example, {})
    assert.ok(configured.ok, configured.ok ? '' : configured.mistakes.map(sayMistake).join('\n'))
    const text = readFileSync(example, 'utf8')
    const names = (value: object): string[] =>
      Object.entries(value).flatMap(([key, inner]) => [
        key,
        ...(inner !== null && typeof inner === 'object' && !Array.isArray(inner) && key !== 'channels' ? names(inner) : []),
      ])
    for (const name of names(configured.config)) assert.match(text, new RegExp(`\\b${name}:`), `suar.example.yaml does not mention ${name}`)
  })
})
