// What the doors of hosting refuse is said in Indonesian as well, wholly: a message without its words is found in the source.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { z } from 'zod'
import { Website } from '../../daemon/domain/website.ts'
import { issueWords } from '../../daemon/domain/words/issue-words.ts'
import { problemOfIssues } from '../../daemon/http/problems.ts'

const ROOT = resolve(import.meta.dirname, '../../daemon')
const FILES = [
  ...['domain/safe.ts', 'domain/website.ts'],
  ...['hosts', 'websites', 'changes', 'zones', 'certificates', 'handovers'].map(name => `http/routes/${name}.ts`),
]

const GOOD = {
  ...{ name: 'dinkes', host: 'web1', domains: ['dinkes.example.go.id'], quota: 64 },
  runtime: { kind: 'app', port: 3000, interpreter: 'node', file: 'server.js' },
}

describe('reasons of hosting', () => {
  it('stand in both languages, each that a schema gives', () => {
    const found = new Set<string>()
    for (const file of FILES) {
      const text = readFileSync(join(ROOT, file), 'utf8')
      const given = /(?:, |message: )'([a-z5][^'\n]{5,})'(?=\)| \}|,? ?path)/g
      for (const [, message = ''] of text.matchAll(given)) if (message.includes(' ')) found.add(message)
    }
    assert.ok(found.size > 20, [...found].join(' | '))
    const without = [...found].filter(message => issueWords({ code: 'custom', path: [], message, input: '' }).id.startsWith('tidak sesuai: '))
    assert.deepEqual(without, [])
  })

  for (const { at, given, says } of [
    { at: 'name', given: { name: 'root' }, says: 'nama ini dipakai oleh sistem; pilih nama lain' },
    { at: 'name', given: { name: 'a--b' }, says: 'dua tanda hubung tidak boleh berurutan' },
    { at: 'domains.0', given: { domains: ['tidak ada'] }, says: 'tanda “ ” tidak boleh ada' },
    { at: 'domains', given: { domains: ['a.example.go.id', 'a.example.go.id'] }, says: 'ada nama yang tertulis dua kali' },
    { at: 'runtime.file', given: { runtime: { ...GOOD.runtime, file: '../etc' } }, says: /titik$/ },
    { at: 'runtime.port', given: { runtime: { ...GOOD.runtime, port: 80 } }, says: 'port di bawah 1024 milik sistem' },
    { at: 'keys.0', given: { keys: ['ssh-dss AAAA'] }, says: 'DSA tidak aman lagi; pakai ed25519' },
    { at: 'cron.0.time', given: { cron: [{ time: '@reboot', interpreter: 'sh', file: 'a.sh' }] }, says: /^lima bagian crontab/ },
    { at: 'records.0.address', given: { records: [{ zone: 'example.go.id', domain: 'a.example.go.id', address: 'x' }] }, says: 'bukan alamat IP' },
  ])
    it(`say of ${at} ${JSON.stringify(given)} what is wrong, without a word of English`, () => {
      assert.ok(Website.safeParse(GOOD).success)
      const read = Website.safeParse({ ...GOOD, ...given })
      assert.ok(!read.success)
      const { errors = [] } = problemOfIssues('body', read.error as z.ZodError)
      const mine = errors.find(({ field }) => field === at)
      assert.ok(mine, JSON.stringify(errors))
      const { id, en } = mine.words ?? { id: '', en: '' }
      if (typeof says === 'string') assert.equal(id, says)
      else assert.match(id, says)
      assert.ok(en !== id && !/tidak sesuai: /.test(id), `${id} | ${en}`)
    })
})
