// The code by which a paper is checked, and the binding of signatures.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { SignatureFacts, SignatureRecord } from '../../daemon/domain/paper-input.ts'
import { bind, brokenAt } from '../../daemon/paper/signing.ts'
import { newCode, readCode, verificationOf } from '../../daemon/paper/verify.ts'

const facts = (party: number): SignatureFacts => ({
  party,
  person: party + 1,
  name: `Pejabat ${party}`,
  position: `Kepala ${party}`,
  at: 1000 + party,
  method: 'approval',
  sha256: 'ab'.repeat(32),
})

describe('verification codes', () => {
  it('carry 128 bits, all of them', () => {
    assert.equal(
      newCode(count => new Uint8Array(count)),
      '0'.repeat(26),
    )
    assert.equal(
      newCode(count => new Uint8Array(count).fill(255)),
      `7${'Z'.repeat(25)}`,
    )
    assert.equal(new Set(Array.from({ length: 1000 }, () => newCode())).size, 1000)
  })

  it('are read as people type them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), bytes => {
        const code = newCode(() => bytes)
        const typed = code
          .toLowerCase()
          .replaceAll('0', 'o')
          .replaceAll('1', 'l')
          .replace(/(.{4})/g, '$1 ')
        assert.equal(readCode(typed), code)
        assert.equal(readCode(code), code)
      }),
    )
    for (const wrong of ['', 'ABC', `${newCode()}0`, 'U'.repeat(26), `${'0'.repeat(25)}é`]) assert.equal(readCode(wrong), null)
  })

  it('lead to one address, whether the base ends with a slash or not', () => {
    assert.equal(verificationOf('https://a.example/', 'X').url, 'https://a.example/verify/X')
    assert.equal(verificationOf('https://a.example', 'X').url, 'https://a.example/verify/X')
  })
})

describe('bound records', () => {
  const made = 'cd'.repeat(32)
  const chain = (count: number): SignatureRecord[] => {
    const records: SignatureRecord[] = []
    for (let party = 0; party < count; party++) records.push(bind(made, records, facts(party)))
    return records
  }

  it('hold as they were made', () => assert.equal(brokenAt(made, chain(5)), null))

  it('show every change, wherever it was made', () => {
    const change = fc.constantFrom<Partial<SignatureRecord>>(
      { name: 'x' },
      { at: 5 },
      { method: 'seal' },
      { sha256: '00' },
      { person: 9 },
      { position: 'x' },
      { party: 7 },
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), change, (i, changed) => {
        assert.equal(
          brokenAt(
            made,
            chain(5).map((record, k) => (k === i ? { ...record, ...changed } : record)),
          ),
          i,
        )
      }),
    )
    assert.equal(brokenAt(made, chain(5).toSpliced(2, 1)), 2)
    assert.equal(brokenAt('00', chain(5)), 0)
  })
})
