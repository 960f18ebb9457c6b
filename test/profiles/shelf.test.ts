// The shelf: ours is in order, a site's own lies over it, and a broken change never displaces what works.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OWN_PROFILES, openShelf, readProfiles } from '../../collectors/profile/shelf.ts'
import { type Told, watchProfiles } from '../../collectors/profile/watch.ts'
import { sayMistake } from '../../daemon/domain/document.ts'

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
    assert.deepEqual(shelf.mistakes.map(sayMistake), [])
    assert.ok(shelf.profiles.length >= 15)
  })

  it('holds a failed supply for critical whichever device tells of it', async () => {
    const { profiles } = await readProfiles([OWN_PROFILES])
    const told = profiles.flatMap(({ name, states }) =>
      Object.values(states)
        .flatMap(map => Object.values(map))
        .filter(state => state.meaning === 'utilityFailed')
        .map(({ normal }) => `${name} ${normal}`),
    )
    assert.deepEqual(new Set(told), new Set(['apc-ats critical', 'himoinsa-genset critical', 'mge-ups critical']))
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
    assert.deepEqual(shelf.mistakes.map(sayMistake), [])
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
    const told = shelf.mistakes.map(sayMistake).join('\n')
    assert.match(told, /a\.yaml:5: extends: goes in circles through "a"\. /)
    assert.match(told, /c\.yaml:5: extends\.0: "nowhere" is not there/)
  })

  it('knows whom a profile is for without reading the rest of it, and reads the rest when it is taken', async () => {
    put('good', part('Good', 'points: [{ key: a.count, label: A, oid: 1.3.6.1.4.1.99999.1.0, quantity: count }]\n'))
    put('broken', part('Broken', 'colour: red\n'))
    put('late', 'title: Late\nproof: [a test]\ntables: []\n"priority": 5\nmatch:\n- { exists: .1.7 }\nroot: 1.3.6\n')
    const shelf = await openShelf([folder])
    assert.deepEqual(
      shelf.heads.map(({ name, priority, match }) => [name, priority, match[0]?.exists]),
      [
        ['broken', 50, '1.3.6.1.4.1.99999'],
        ['good', 50, '1.3.6.1.4.1.99999'],
        ['late', 5, '1.3.6.1.7'],
      ],
    )
    const good = shelf.take('good')
    assert.ok(good.ok && good.value.points[0]?.key === 'a.count')
    const broken = shelf.take('broken')
    assert.match(broken.ok ? '' : broken.mistakes.map(sayMistake).join(), /broken\.yaml:5: colour: unknown key/)
  })

  it('sees the same heads in the shipped files as in their whole', async () => {
    const { profiles } = await readProfiles([OWN_PROFILES])
    const shelf = await openShelf([OWN_PROFILES])
    for (const { name, priority, match, extends: parts } of profiles)
      assert.deepEqual(
        shelf.heads.find(head => head.name === name),
        { name, priority, match, extends: parts },
      )
    assert.equal(shelf.heads.length, shelf.names.length)
  })

  /** Everything told, and a wait for the next word. */
  function listen() {
    const words: string[] = []
    let heard = (): void => undefined
    const say = (word: string) => {
      words.push(word)
      heard()
    }
    const told: Told = {
      mistakes: mistakes => {
        for (const mistake of mistakes) say(sayMistake(mistake))
      },
      changed: taken => say(taken ? 'taken' : 'refused'),
    }
    const until = (what: RegExp, from = 0): Promise<void> =>
      new Promise((done, late) => {
        const timer = setTimeout(() => late(new Error(`no word of ${what} within 10 s, but: ${words.join('; ')}`)), 10_000)
        heard = () => {
          if (!words.slice(from).some(word => what.test(word))) return
          clearTimeout(timer)
          done()
        }
        heard()
      })
    return { words, told, until }
  }

  it('finds what is broken in profiles that no device asks for, once it has time', async () => {
    put('a', part('A'))
    put('z', part('Z', 'colour: red\n'))
    const { words, told, until } = listen()
    const watched = await watchProfiles([folder], told, { first: 1, next: 1 })
    try {
      await until(/z\.yaml:5: colour/)
      assert.equal(watched.current().take('z').ok, false)
      assert.equal(words.length, 1, 'a mistake is told once')
    } finally {
      watched.close()
    }
  })

  it('takes a change while running, refuses a broken one and says why', async () => {
    put('d', part('Before'))
    const { words, told, until } = listen()
    const watched = await watchProfiles([folder], told)
    const title = () => {
      const taken = watched.current().take('d')
      return taken.ok ? taken.value.title : null
    }
    const change = async (text: string, what: RegExp) => {
      const from = words.length
      put('d', text)
      await until(what, from)
    }
    try {
      assert.equal(title(), 'Before')
      await change(part('After'), /^taken$/)
      assert.equal(title(), 'After')
      await change(part('Broken', 'colour: red\n'), /^refused$/)
      assert.match(words.join('\n'), /d\.yaml:5: colour: unknown key/)
      assert.equal(title(), 'After')
      await change(part('Mended'), /^taken$/)
      assert.equal(title(), 'Mended')
    } finally {
      watched.close()
    }
  })

  it('refuses a change of a part that breaks those standing on it', async () => {
    put('part', 'title: Part\npriority: 0\nstates: { x: { 1: one ok } }\nproof: [a test]\n')
    put('whole', part('Whole', 'extends: [part]\npoints: [{ key: a.state, label: A, oid: 1.3.6.1.4.1.99999.1.0, quantity: state, states: x }]\n'))
    const { words, told, until } = listen()
    const watched = await watchProfiles([folder], told)
    try {
      put('part', 'title: Part\npriority: 0\nstates: { y: { 1: one ok } }\nproof: [a test]\n')
      await until(/^refused$/)
      assert.match(words.join('\n'), /whole\.yaml:6: points\.0\.states: no states are called "x"/)
      assert.ok(watched.current().take('whole').ok)
    } finally {
      watched.close()
    }
  })
})
