// The shelf: ours is in order, a site's own lies over it, and a broken change never displaces what works.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sayProblem } from '../../collectors/profile/problem.ts'
import { OWN_PROFILES, readProfiles, type Shelf, watchProfiles } from '../../collectors/profile/shelf.ts'

const part = (title: string, more = '') => `title: ${title}\npriority: 50\nmatch: [{ exists: 1.3.6.1.4.1.99999 }]\nproof: [a test]\n${more}`

describe('the shelf of profiles', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'suar-profiles-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const put = (name: string, text: string) => writeFileSync(join(folder, `${name}.yaml`), text)

  it('is in order as shipped, and every profile says what it was proven with', async () => {
    const shelf = await readProfiles([OWN_PROFILES])
    assert.deepEqual(shelf.problems.map(sayProblem), [])
    assert.ok(shelf.profiles.length >= 15)
  })

  it("lays a site's file over ours of the same name", async () => {
    put('ups-mib', part('Our own idea of a UPS'))
    const shelf = await readProfiles([OWN_PROFILES, folder])
    assert.deepEqual(
      shelf.profiles.filter(one => one.name === 'ups-mib').map(one => one.title),
      ['Our own idea of a UPS'],
    )
    assert.ok(shelf.profiles.some(one => one.name === 'if-mib'))
  })

  it('composes parts: own words first, states of the part known', async () => {
    put('part', 'title: Part\npriority: 0\nstates: { x: { 1: one ok } }\nidentity: { model: [{ text: part }] }\nproof: [a test]\n')
    put(
      'whole',
      part(
        'Whole',
        'extends: [part]\nidentity: { model: [{ text: whole }] }\npoints: [{ key: a.state, label: A, oid: 1.3.6.1.4.1.99999.1.0, quantity: state, states: x }]\n',
      ),
    )
    const shelf = await readProfiles([folder])
    assert.deepEqual(shelf.problems.map(sayProblem), [])
    const [whole] = shelf.profiles
    assert.deepEqual(
      whole?.identity.model?.map(one => one.text),
      ['whole', 'part'],
    )
    assert.equal(whole?.states['x']?.['1']?.name, 'one')
  })

  it('tells parts that are missing or go in circles, and uses the rest', async () => {
    put('a', part('A', 'extends: [b]\n'))
    put('b', part('B', 'extends: [a]\n'))
    put('c', part('C', 'extends: [nowhere]\n'))
    put('d', part('D'))
    const shelf = await readProfiles([folder])
    assert.deepEqual(
      shelf.profiles.map(one => one.name),
      ['d'],
    )
    const told = shelf.problems.map(sayProblem).join('\n')
    assert.match(told, /a\.yaml:1: extends: extends goes in circles/)
    assert.match(told, /c\.yaml:1: extends: extends "nowhere", which is not there/)
  })

  it('takes a change while running, refuses a broken one and says why', async () => {
    put('d', part('Before'))
    const told: { shelf: Shelf; taken: boolean }[] = []
    let heard = () => undefined as unknown
    const watched = await watchProfiles([folder], (shelf, taken) => {
      told.push({ shelf, taken })
      heard()
    })
    const change = async (text: string) => {
      const count = told.length
      const next = new Promise<void>((done, late) => {
        const timer = setTimeout(() => late(new Error('no word of the change within 10 s')), 10_000)
        heard = () => {
          if (told.length > count) clearTimeout(timer)
          return done()
        }
      })
      put('d', text)
      await next
    }
    try {
      await change(part('After'))
      assert.equal(watched.current().profiles[0]?.title, 'After')
      await change(part('Broken', 'colour: red\n'))
      assert.equal(told.at(-1)?.taken, false)
      assert.match(told.at(-1)?.shelf.problems.map(sayProblem).join('') ?? '', /d\.yaml:5: colour: unknown key/)
      assert.equal(watched.current().profiles[0]?.title, 'After')
      await change(part('Mended'))
      assert.equal(watched.current().profiles[0]?.title, 'Mended')
    } finally {
      watched.close()
    }
  })
})
