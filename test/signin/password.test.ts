// Passwords: what is kept of them, what they cost, which are taken, and what happens when many come at once.
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { hasArgon2 } from '../../daemon/signin/hash.ts'
import { COST, openPasswords as open, type PasswordOptions } from '../../daemon/signin/password.ts'
import { LEAST, passwordMistake } from '../../daemon/signin/rules.ts'
import { CHEAP, HASHER } from './support/door.ts'

const HERE = '10.0.0.1'
const openPasswords = (options: PasswordOptions = {}) => open({ hasher: HASHER, ...options })

const made = async (password: string, options = {}) => {
  const hash = await openPasswords({ cost: CHEAP, ...options }).make(password, HERE)
  assert.ok(hash.ok)
  return hash.value
}

describe('passwords', () => {
  it('are hashed with argon2id at 64 MiB and three passes, each with a salt of its own', async function () {
    if (!hasArgon2) return this.skip()
    assert.deepEqual(COST, { memory: 65_536, passes: 3 })
    const passwords = openPasswords()
    const one = await passwords.make('katak biru melompat', HERE)
    const other = await passwords.make('katak biru melompat', HERE)
    assert.ok(one.ok && other.ok)
    assert.match(one.value, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    assert.notEqual(one.value, other.value)
    assert.deepEqual(await passwords.check('katak biru melompat', one.value, HERE), { ok: true, value: { right: true, stale: false } })
    assert.deepEqual(await passwords.check('katak biru melompa', one.value, HERE), { ok: true, value: { right: false, stale: false } })
  })

  it('agree with the reference implementation’s test vector of argon2id', async function () {
    if (!hasArgon2) return this.skip()
    // phc-winner-argon2, src/test.c: argon2id, v=19, t=2, m=2^8, p=1, "password", "somesalt".
    const known = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
    assert.deepEqual(await openPasswords({ cost: { memory: 256, passes: 2 } }).check('password', known, HERE), {
      ok: true,
      value: { right: true, stale: false },
    })
    assert.deepEqual(await openPasswords({ cost: CHEAP }).check('password', known, HERE), { ok: true, value: { right: true, stale: true } })
  })

  it('are the same however the keyboard composed them', async () => {
    const composed = 'kafé di ujung jalan'
    const hash = await made(composed.normalize('NFC'))
    const checked = await openPasswords({ cost: CHEAP }).check(composed.normalize('NFD'), hash, HERE)
    assert.ok(checked.ok && checked.value.right)
  })

  it('hashed by scrypt open too, and are to be hashed anew', async () => {
    const hash = await made('katak biru melompat', { by: 'scrypt' })
    assert.match(hash, /^\$scrypt\$ln=17,r=8,p=1\$/)
    const checked = await openPasswords({ cost: CHEAP }).check('katak biru melompat', hash, HERE)
    assert.deepEqual(checked, { ok: true, value: { right: true, stale: hasArgon2 } })
  })

  it('never fit nobody and never fit what is no hash', async () => {
    const passwords = openPasswords({ cost: CHEAP })
    for (const stored of [null, '', 'plain', '$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA', '$argon2id$v=19$m=64,t=1,p=1$$'])
      assert.deepEqual(await passwords.check('katak biru melompat', stored, HERE), { ok: true, value: { right: false, stale: false } })
  })

  it('come two at a time; past the queue people are told to wait', async () => {
    const passwords = openPasswords({ cost: { memory: 8192, passes: 1 }, atOnce: 2, mayWait: 3 })
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => passwords.make(`katak biru ${i}`, HERE)))
    assert.equal(answers.filter(({ ok }) => ok).length, 5)
    const busy = answers.find(({ ok }) => !ok)
    assert.ok(busy !== undefined && !busy.ok && busy.failure.kind === 'busy' && busy.failure.retry)
    assert.ok((await passwords.make('katak biru lagi', HERE)).ok, 'and the queue is free again')
  })
})

describe('password rules', () => {
  it('refuse what a stranger would try first', () => {
    for (const bad of [
      'pendek',
      'rahasia123',
      'Password2026!',
      'P@ssw0rd!!!!',
      '1234567890',
      'qwertyuiop',
      'aaaaaaaaaaaa',
      'ababababab',
      'bismillah1234',
      'indonesia2026',
      'diskominfo!!',
    ])
      assert.notEqual(passwordMistake(bad, 'petugas'), null, bad)
    assert.match(passwordMistake('petugas-siang-2', 'petugas') ?? '', /login/)
    assert.match(passwordMistake('x'.repeat(500), 'petugas') ?? '', /at most/)
  })
  it('take long ones of any kind', () => {
    for (const good of ['katak biru melompat', 'Xk4-panas-teluk', 'kопи пахнет утром', 'n9wq2mvz7tplr'])
      assert.equal(passwordMistake(good, 'petugas'), null, good)
  })
  it('never take one that is shorter than they say', () => {
    void fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: LEAST - 1 }),
        text => [...text.normalize('NFKC')].length >= LEAST || passwordMistake(text, 'petugas') !== null,
      ),
    )
  })
})
