// A profile with a mistake in it: told by file, line, key, reason and remedy, and never taken.
import assert from 'node:assert/strict'
import { readHead, readProfile } from '../../collectors/profile/read.ts'
import { sayMistake } from '../../daemon/domain/document.ts'

const GOOD = `title: Test UPS
kind: ups
priority: 50
match:
  - exists: 1.3.6.1.4.1.99999
root: 1.3.6.1.4.1.99999
states:
  output: { 1: onLine ok onLine, 2: onBattery warning onBattery }
points:
  - key: output.state
    label: Output
    oid: .1.1.0
    quantity: state
    states: output
  - key: battery.charge
    label: Battery charge
    oid: .1.2.0
    quantity: charge
    unit: '%'
    limits: { lowCritical: 15 }
tables:
  - name: outlets
    entry: .2.1
    names: [{ column: 2 }]
    points:
      - { key: 'outlet.{name}.current', label: 'Outlet {label}', column: 3, quantity: current, unit: mA }
proof: [a test]
`

/** The problems of GOOD with one line exchanged. */
function spoiled(from: string, to: string): string[] {
  assert.ok(GOOD.includes(from), `the good one has no "${from}"`)
  const read = readProfile('shelf/test-ups.yaml', GOOD.replace(from, to))
  return read.ok ? [] : read.mistakes.map(sayMistake)
}

describe('reading a profile', () => {
  it('takes a good one, names it after its file and makes its OIDs whole', () => {
    const read = readProfile('shelf/test-ups.yaml', GOOD)
    assert.ok(read.ok, read.ok ? '' : read.mistakes.map(sayMistake).join('\n'))
    assert.equal(read.value.name, 'test-ups')
    assert.equal(read.value.points[0]?.oid, '1.3.6.1.4.1.99999.1.1.0')
    assert.equal(read.value.tables[0]?.entry, '1.3.6.1.4.1.99999.2.1')
  })

  it('reads the head alone as it reads it in the whole, and not at all where it does not stand alone', () => {
    const read = readProfile('shelf/test-ups.yaml', GOOD)
    assert.ok(read.ok)
    const { name, priority, match, extends: parts } = read.value
    assert.deepEqual(readHead('shelf/test-ups.yaml', GOOD), { name, priority, match, extends: parts })
    for (const [from, to] of [
      ['match:', 'match: 7 #'],
      ['priority: 50', 'priority: 50\npriority: 60'],
      ['  - exists: 1.3.6.1.4.1.99999', '  - *elsewhere'],
      ['title: Test UPS', '{ title: Test UPS }'],
    ] as const)
      assert.equal(readHead('test-ups.yaml', GOOD.replace(from, to)), null, to)
  })

  const mistakes: readonly [what: string, from: string, to: string, line: number, key: string, says: RegExp][] = [
    [
      'an unknown key, with what was meant',
      "    unit: '%'",
      "    units: '%'",
      19,
      'points.1.units',
      /unknown key "units"\. Remove it or write "unit"\./,
    ],
    ['a unit that measures something else', "    unit: '%'", '    unit: V', 19, 'points.1.unit', /V does not measure charge/],
    ['a unit nobody knows', "    unit: '%'", '    unit: furlong', 19, 'points.1.unit', /not a unit we know/],
    ['a quantity nobody knows', '    quantity: charge', '    quantity: charm', 18, 'points.1.quantity', /Use one of: temperature/],
    [
      'states that are not defined',
      '    states: output',
      '    states: input',
      14,
      'points.0.states',
      /no states are called "input"\. Use one of: output\./,
    ],
    [
      'a normal form that is none',
      '1: onLine ok onLine',
      '1: onLine fine onLine',
      8,
      'states.output.1',
      /"fine" is no normal form; use one of ok, warning/,
    ],
    ['a meaning that is none', '1: onLine ok onLine', '1: onLine ok sunny', 8, 'states.output.1', /"sunny" is no meaning/],
    [
      'a placeholder that stands for nothing',
      'outlet.{name}.current',
      'outlet.{nome}.current',
      26,
      'tables.0.points.0.key',
      /\{nome\} stands for nothing/,
    ],
    ['a relative OID without a root', 'root: 1.3.6.1.4.1.99999\n', '', 11, 'points.0.oid', /begins with a dot, but the profile has no root/],
    ['a missing key', '    quantity: charge\n', '', 15, 'points.1.quantity', /: missing\. Use one of: temperature/],
    ['a profile that matches nothing', 'match:\n  - exists: 1.3.6.1.4.1.99999\n', '', 1, 'match', /matches no device/],
    ['a decoder nobody wrote', "    unit: '%'", "    unit: '%'\n    decoder: magic", 20, 'points.1.decoder', /no decoder is called "magic"/],
    ['a key given twice', '    label: Battery charge', '    label: Battery charge\n    label: Again', 17, '', /not YAML/],
    ['what is not YAML at all', 'title: Test UPS', 'title: [Test', 2, '', /not YAML/],
    ['a proof of nothing', 'proof: [a test]', 'proof: []', 27, 'proof', /say what it was proven with/],
  ]
  for (const [what, from, to, line, key, says] of mistakes)
    it(`tells ${what}`, () => {
      const told = spoiled(from, to)
      const place = `shelf/test-ups.yaml:${line}: ${key === '' ? '' : `${key}: `}`
      assert.ok(
        told.some(one => one.startsWith(place) && says.test(one)),
        `expected ${place}${says}, told:\n${told.join('\n')}`,
      )
    })
})
