// A request for change against the website that is there: what differs, and what was left as it was.
import assert from 'node:assert/strict'
import type { Answers } from '../../daemon/domain/form.ts'
import { Website } from '../../daemon/domain/website.ts'
import { hostingDraft } from '../../daemon/hosting/drafts.ts'
import { websiteWish } from '../../daemon/hosting/wish.ts'
import { ANSWERS, GROUND, KEY, told } from './support/ground.ts'

const WAS = Website.parse(hostingDraft(ANSWERS, GROUND).website)
const wish = (over: Answers, original: Answers | null = ANSWERS, was = WAS) => websiteWish({ ...ANSWERS, ...over }, was, original, GROUND)
const OTHER = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPtOV9Ee0z3bWtRoJ7NhPzE8nSkbEWfRJoaZu2w8tKJX baru@demo.example'

describe('a request for change of a website', () => {
  it('is refused where it asks for what is', () => assert.match(wish({}).refused[0]?.en ?? '', /nothing to change/))

  it('raises the quota and nothing else, also where an officer had decided otherwise since', () => {
    const now = { ...WAS, runtime: { ...(WAS.runtime as Extract<Website['runtime'], { kind: 'php' }>), version: '8.3' } }
    const { purpose, differences, website } = wish({ capacity: 5 }, ANSWERS, now)
    assert.equal(purpose, 'edit')
    assert.deepEqual(differences, [{ field: 'quota', was: '2560', is: '5120' }])
    assert.equal(Website.parse(website).quota, 5120)
    assert.deepEqual(website?.runtime, now.runtime)
  })

  it('changes the PHP version to one that the host has', () => {
    assert.deepEqual(wish({ platformVersion: '8.3' }).differences, [{ field: 'runtime.version', was: '8.2', is: '8.3' }])
    const { open } = wish({ platformVersion: '8.4' })
    assert.deepEqual(told(open), ['runtime.version'])
  })

  it('adds an alias with its record, and drops one that is not named any more', () => {
    const added = wish({ aliases: ['daftar.example.go.id'] })
    assert.deepEqual(added.website?.domains, ['ppdb.example.go.id', 'daftar.example.go.id'])
    assert.deepEqual(
      added.website?.records.map(({ domain, address }) => `${domain} ${address}`),
      ['ppdb.example.go.id 10.1.0.10', 'daftar.example.go.id 10.1.0.10'],
    )
    const now = Website.parse(added.website)
    const gone = websiteWish(ANSWERS, now, { ...ANSWERS, aliases: ['daftar.example.go.id'] }, GROUND)
    assert.deepEqual(gone.website?.domains, ['ppdb.example.go.id'])
    assert.equal(gone.website?.records.length, 1)
  })

  it('keeps the name before as an alias when another is asked for, and says so', () => {
    const { website, open } = wish({ domain: 'pendaftaran.example.go.id' })
    assert.deepEqual(website?.domains, ['pendaftaran.example.go.id', 'ppdb.example.go.id'])
    assert.match(open[0]?.words.en ?? '', /goes on leading/)
  })

  it('puts other keys in the place of the old ones', () => {
    const { website, differences } = wish({ keys: [OTHER] })
    assert.deepEqual(website?.keys, [OTHER])
    assert.deepEqual(differences, [{ field: 'keys', was: KEY, is: OTHER }])
  })

  for (const [action, purpose] of [
    ['suspend', 'suspend'],
    ['remove', 'decommission'],
  ] as const)
    it(`can be to ${purpose}`, () => {
      const asked = wish({ action })
      assert.deepEqual([asked.purpose, asked.refused], [purpose, []])
    })
  it('wakes only what sleeps', () => {
    assert.equal(wish({ action: 'resume' }).refused.length, 1)
    assert.equal(wish({ action: 'resume' }, ANSWERS, { ...WAS, state: 'suspended' }).refused.length, 0)
  })

  it('tells of a database that no change carries over', () => {
    assert.deepEqual(told(wish({ dbms: 'postgresql' }).open), ['database'])
    assert.deepEqual(wish({ databaseSize: 4 }).differences, [{ field: 'database.size', was: '1024', is: '4096' }])
  })
})
