// Why a device does not answer: every code says a whole sentence in both languages, with all its figures, and equal ones are known as equal.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { because, whyOf } from '../../daemon/domain/because.ts'
import { failed } from '../../daemon/domain/outcome.ts'
import { sameWhy, type Why, type WhyCode } from '../../daemon/domain/why.ts'
import { whyText } from '../../daemon/domain/words/why-words.ts'

const where = 'ups-a.example:161'
const user = 'noc'
/** One of each code: a code without an example here does not compile. */
const EXAMPLES: { readonly [Code in WhyCode]: Omit<Extract<Why, { code: Code }>, 'code'> } = {
  noAnswer: { where, requests: 3 },
  noAnswerOrCommunity: { where, requests: 3 },
  noReply: { where },
  notSent: { where, error: 'EHOSTUNREACH' },
  unknownName: { host: 'ups-a.example' },
  nameNotLookedUp: { host: 'ups-a.example', error: 'EAI_AGAIN' },
  connectionRefused: { where },
  connectionBroken: { where },
  noRoute: { where },
  closed: {},
  partial: {},
  notSnmp: { where },
  malformed: {},
  notUnderstood: { where },
  short: { asked: 40, missing: 7 },
  others: { asked: 40, missing: 7, strange: 5 },
  count: { asked: 40, came: 39 },
  otherVariables: { oid: '1.3.6.1.2.1.1.3.0' },
  tooBig: {},
  refusedWith: { error: 'genErr', at: '1.3.6.1.2.1.1.3.0' },
  notInTime: { where },
  nothingKnown: {},
  cutShort: {},
  securityLevel: { where, user },
  unknownUser: { where, user },
  authentication: { where, user },
  privacy: { where, user },
  perhapsPrivacy: { where, user },
  keyFile: { file: '/etc/suar/key', error: 'ENOENT' },
  noCredential: {},
  pinUnreadable: {},
  hostKeyUnknown: { where, shown: 'SHA256:abc' },
  hostKeyChanged: { where, shown: 'SHA256:abc', pinned: 'SHA256:def' },
  credential: { where },
  agent: { where },
  keyUnusable: { where },
  commandForbidden: { where },
  noCommonCipher: { where },
  notSsh: { where },
  noChannel: { where },
  tooManyFiles: { where },
  tooMuch: { where },
  commandLate: { where, seconds: 8 },
  otherOutput: { text: 'Welcome to the router' },
  otherBroker: { where: '192.0.2.1:22', broker: '1.0', expected: '1.1' },
  noBroker: { where: '192.0.2.1:22', text: 'sudo: a password is required' },
  noWay: { via: 'snmp' },
  collector: { via: 'ssh' },
  fault: {},
  neverEnded: {},
  blamed: { times: 2 },
  hung: { seconds: 20 },
  fell: {},
  notStored: {},
  notRegistered: {},
  failure: { kind: 'timeout' },
}
const WHYS = Object.entries(EXAMPLES).map(([code, figures]) => ({ code, ...figures }) as Why)

describe('why a device does not answer', () => {
  for (const why of WHYS) {
    it(`says ${why.code} in both languages`, () => {
      const [id, en] = [whyText(why, 'id'), whyText(why, 'en')]
      assert.notEqual(id, en)
      for (const text of [id, en]) {
        assert.match(text, /^\S.{5,}[.\w]$/)
        assert.doesNotMatch(text, /undefined|\[object|NaN/)
        if (why.code === 'failure') continue
        for (const [name, figure] of Object.entries(why)) if (name !== 'code') assert.ok(text.includes(String(figure)), `${name} in: ${text}`)
      }
    })
  }

  it('says no two of them alike', () => {
    for (const lang of ['id', 'en'] as const) assert.equal(new Set(WHYS.map(why => whyText(why, lang))).size, WHYS.length)
  })

  it('knows what says the same from what does not', () => {
    const any = fc.constantFrom(...WHYS)
    fc.assert(fc.property(any, any, (a, b) => sameWhy({ ...a }, { ...b }) === (a.code === b.code)))
    assert.ok(!sameWhy({ code: 'noAnswer', where, requests: 3 }, { code: 'noAnswer', where, requests: 1 }))
    assert.ok(sameWhy(null, null) && !sameWhy(null, WHYS[0] ?? null) && !sameWhy(WHYS[0] ?? null, null))
  })

  it('stands in a failure with the words of both languages, and falls back to the kind of one that says no more', () => {
    const { failure } = because('timeout', { code: 'noReply', where })
    assert.deepEqual(failure, {
      kind: 'timeout',
      retry: true,
      message: `No answer from ${where}.`,
      words: { id: `Tidak ada jawaban dari ${where}.`, en: `No answer from ${where}.` },
      why: { code: 'noReply', where },
    })
    assert.deepEqual(whyOf(failure), { code: 'noReply', where })
    assert.deepEqual(whyOf(failed('refused', 'a collector of the site speaks').failure), { code: 'failure', kind: 'refused' })
    assert.equal(
      because('garbage', { code: 'malformed' }, 'Not an SNMP message: tag at octet 3.').failure.message,
      'Not an SNMP message: tag at octet 3.',
    )
  })
})
