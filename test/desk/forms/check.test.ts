// Whole forms: everything wrong at once, what is hidden, who fills in what; and no JSON in the world that breaks it.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readCatalogue } from '../../../daemon/desk/catalogue-read.ts'
import { type Answers, Form } from '../../../daemon/domain/form.ts'
import { check } from '../../../daemon/domain/form-check.ts'
import type { Service } from '../../../daemon/domain/service.ts'

const words = (text: string) => ({ id: text, en: text })
const form = Form.parse({
  title: words('Formulir'),
  sections: [
    {
      key: 'one',
      title: words('Satu'),
      fields: [
        { key: 'name', type: 'text', label: words('Nama') },
        { key: 'backup', type: 'yesno', label: words('Perlu backup') },
        { key: 'retention', type: 'integer', label: words('Retensi'), min: 1, when: { field: 'backup', in: [true] } },
        { key: 'addresses', type: 'ip', label: words('Alamat IP'), many: true, required: false },
        {
          key: 'kinds',
          type: 'choices',
          label: words('Jenis'),
          required: false,
          options: [
            { value: 'a', label: words('A') },
            { value: 'b', label: words('B') },
          ],
        },
        { key: 'why', type: 'text', label: words('Mengapa B'), when: { field: 'kinds', in: ['b'] } },
        {
          key: 'devices',
          type: 'group',
          label: words('Perangkat'),
          repeat: { min: 1, max: 3 },
          fields: [
            {
              key: 'kind',
              type: 'choice',
              label: words('Jenis'),
              options: [
                { value: 'server', label: words('Server') },
                { value: 'other', label: words('Lain') },
              ],
            },
            { key: 'weight', type: 'number', label: words('Berat'), when: { field: 'kind', in: ['server'] } },
            { key: 'keep', type: 'text', label: words('Disimpan'), when: { field: 'backup', in: [true] }, required: false },
            { key: 'rack', type: 'text', label: words('Rak'), filledBy: 'officer', required: false },
          ],
        },
        { key: 'plates', type: 'files', label: words('Foto'), required: false },
        { key: 'complete', type: 'present', label: words('Surat'), filledBy: 'officer' },
        {
          key: 'helper',
          type: 'group',
          label: words('Pendamping'),
          required: false,
          fields: [
            { key: 'name', type: 'text', label: words('Nama pendamping') },
            { key: 'phone', type: 'phone', label: words('HP pendamping') },
          ],
        },
        {
          key: 'signer',
          type: 'group',
          label: words('Pemohon'),
          fields: [
            {
              key: 'echelon',
              type: 'choice',
              label: words('Eselon'),
              options: ['I', 'II', 'III', 'IV', 'none'].map(value => ({ value, label: words(value) })),
            },
          ],
        },
      ],
    },
    { key: 'two', title: words('Dua'), when: { field: 'products', in: ['x'] }, fields: [{ key: 'extra', type: 'text', label: words('Tambahan') }] },
  ],
  statement: words('Saya menyatakan'),
  signer: { echelon: 'III', label: words('Pemohon') },
})

const good: Answers = { name: 'Dewi', backup: false, devices: [{ kind: 'other' }], signer: { echelon: 'II' }, extra: 'ya' }
const paths = (given: unknown, who: 'requester' | 'officer' = 'requester', options: Parameters<typeof check>[3] = {}): string[] =>
  check(form, given, who, options).mistakes.map(({ path }) => path)

describe('a form', () => {
  it('takes what is right', () => {
    assert.deepEqual(check(form, good, 'requester'), { mistakes: [], answers: good })
  })

  it('says everything that is wrong at once, each at its place, and loses nothing typed', () => {
    const given = {
      backup: true,
      retention: 0,
      addresses: ['10.0.0.1', '10.0.0.l', '10.0.0.1'],
      devices: [{ kind: 'server', weight: 'berat' }, { kind: 'rak' }],
      kinds: ['c'],
      plates: [1, 'x'],
      helper: { name: 'Budi' },
      signer: { echelon: 'IV' },
    }
    const { mistakes, answers } = check(form, given, 'requester')
    assert.deepEqual(
      mistakes.map(({ path }) => path),
      [
        'name',
        'retention',
        'addresses.1',
        'addresses.2',
        'kinds.0',
        'devices.0.weight',
        'devices.1.kind',
        'plates',
        'helper.phone',
        'extra',
        'signer.echelon',
      ],
    )
    assert.deepEqual(answers, { ...given, plates: [1] })
    for (const { reason } of mistakes) assert.ok(reason.id.length > 5 && reason.en.length > 5)
  })

  it('drops what a hidden field still holds, in groups too', () => {
    const { answers, mistakes } = check(form, { ...good, retention: 30, why: 'x', devices: [{ kind: 'other', weight: 3, keep: 'x' }] }, 'requester')
    assert.deepEqual([mistakes, answers], [[], good])
    assert.deepEqual(check(form, { ...good, backup: true, retention: 30, devices: [{ kind: 'other', keep: 'x' }] }, 'requester').answers['devices'], [
      { kind: 'other', keep: 'x' },
    ])
    assert.deepEqual(paths({ ...good, kinds: ['a', 'b'] }), ['why'])
  })

  it('shows what belongs to the products asked for', () => {
    const { extra: _, ...others } = good
    assert.deepEqual(paths(others), ['extra'])
    assert.deepEqual(paths(others, 'requester', { products: ['y'] }), [])
    assert.deepEqual(check(form, good, 'requester', { products: ['y'] }).answers, others)
    assert.deepEqual(paths(others, 'requester', { products: ['y', 'x'] }), ['extra'])
  })

  it("leaves the officer's fields to the officer, whatever the applicant sends", () => {
    const forged = { ...good, complete: true, devices: [{ kind: 'other', rack: 'B6' }] }
    assert.deepEqual(check(form, forged, 'requester').answers, good)
    assert.deepEqual(check(form, forged, 'officer').answers, forged)
    assert.deepEqual(paths(good, 'officer'), ['complete'])
    const kept = check(form, { ...good, complete: false }, 'requester', { was: forged })
    assert.equal(kept.answers['complete'], true)
    assert.deepEqual(kept.answers['devices'], [{ kind: 'other', rack: 'B6' }])
  })

  it('asks for nothing yet of a draft, but says what is wrong in it', () => {
    assert.deepEqual(check(form, {}, 'requester', { partial: true }), { mistakes: [], answers: {} })
    assert.deepEqual(paths({ addresses: ['10.0.0.l'], devices: [] }, 'requester', { partial: true }), ['addresses.0'])
  })

  it('takes lines of a text for several values', () => {
    assert.deepEqual(check(form, { ...good, addresses: '10.0.0.1\n\n10.0.0.2\n' }, 'requester').answers['addresses'], ['10.0.0.1', '10.0.0.2'])
  })

  it('bounds what is repeated', () => {
    const { answers, mistakes } = check(form, { ...good, devices: Array.from({ length: 5000 }, () => ({ kind: 'other' })) }, 'requester')
    assert.deepEqual([mistakes.map(({ path }) => path), (answers['devices'] as unknown[]).length], [['devices'], 3])
    assert.deepEqual(paths({ ...good, devices: 'x' }), ['devices', 'devices'])
    const many = check(form, { ...good, addresses: Array.from({ length: 5000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`) }, 'requester')
    assert.deepEqual([many.mistakes.map(({ path }) => path), (many.answers['addresses'] as unknown[]).length], [['addresses'], 64])
  })

  it('asks for the rank the document asks for', () => {
    for (const [echelon, fine] of [
      ['I', true],
      ['III', true],
      ['IV', false],
      ['none', false],
    ] as const)
      assert.equal(paths({ ...good, signer: { echelon } }).length === 0, fine, echelon)
  })

  it('does not mind names that mean something to JavaScript', () => {
    const given = JSON.parse(
      '{"__proto__": {"name": "x"}, "constructor": {"prototype": {"x": 1}}, "devices": [{"__proto__": {"kind": "other"}}]}',
    ) as unknown
    const { answers } = check(form, given, 'requester', { partial: true })
    assert.deepEqual(answers, { devices: [{}] })
    assert.equal(({} as Record<string, unknown>)['x'], undefined)
  })
})

describe('any answers at all', () => {
  let services: readonly Service[]
  before(async () => {
    services = (await readCatalogue()).services
  })
  /** JSON that now and then has the keys and values of a real form. */
  const anything = (one: Form) => {
    const keys = one.sections.flatMap(({ fields }) =>
      fields.flatMap(field => [field.key, ...(field.type === 'group' ? field.fields.map(({ key }) => key) : [])]),
    )
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('10.1.1.1', '2026-11-20', 'server', true, false, 3, 'a@b.id', '196409151990021002', '\u202e', 'x'.repeat(400)),
    )
    const answers = fc.dictionary(
      fc.constantFrom(...keys),
      fc.oneof(
        value,
        fc.array(value, { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...keys), value),
        fc.array(fc.dictionary(fc.constantFrom(...keys), value), { maxLength: 3 }),
      ),
    )
    return fc.oneof({ weight: 4, arbitrary: answers }, fc.jsonValue())
  }
  const runs = { numRuns: 60 }

  it('are read without a throw, and cleaned answers stay as they are when cleaned again', () => {
    for (const one of [form, ...services.map(service => service.form)])
      fc.assert(
        fc.property(anything(one), fc.constantFrom('requester' as const, 'officer' as const), fc.boolean(), (given, who, partial) => {
          const first = check(one, given, who, { partial })
          const second = check(one, first.answers, who, { partial })
          assert.deepEqual(second.answers, first.answers)
          assert.ok(JSON.stringify(first.answers).length < 2_000_000)
          // What was found good stays good.
          if (first.mistakes.length === 0) assert.deepEqual(second.mistakes, [])
        }),
        runs,
      )
  })

  it("never carry an officer's answer in from an applicant", () => {
    for (const { form: one } of services) {
      const officers = new Set(one.sections.flatMap(({ fields }) => fields.filter(({ filledBy }) => filledBy === 'officer').map(({ key }) => key)))
      fc.assert(
        fc.property(anything(one), given => {
          for (const key of Object.keys(check(one, given, 'requester', { partial: true }).answers)) assert.ok(!officers.has(key), key)
        }),
        runs,
      )
    }
  })

  it('hold no sign that cannot be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        const { answers } = check(form, { name: text }, 'requester', { partial: true })
        const name = answers['name']
        assert.ok(
          name === undefined ||
            (typeof name === 'string' && name.isWellFormed() && !/\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/u.test(name)),
        )
      }),
      { numRuns: 2000 },
    )
  })
})
