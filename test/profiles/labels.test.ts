// Labels in Indonesian: every label of the shipped profiles reads as its engineers say it, and none is half translated.
import assert from 'node:assert/strict'
import { labelOf } from '../../collectors/profile/labels.ts'
import { OWN_PROFILES, readProfiles } from '../../collectors/profile/shelf.ts'

/** The trade's words that are the same in both languages. */
const SAME =
  'ac air alarm alternator bank bias bypass dc disk genset host inlet inverter normal optik panel poe port probe sensor stack start starter status swap transfer unit virtual domain mode'
const shared: ReadonlySet<string> = new Set(SAME.split(' '))

const keep = (text: string): string => text
const indonesian = (english: string): string | undefined => labelOf(english, keep).id
const wordsOf = (text: string): string[] =>
  text
    .replace(/\{[^}]*\}/g, ' ')
    .toLowerCase()
    .match(/[a-z]{2,}/g) ?? []

describe('labels', () => {
  for (const [english, says] of [
    ['Output voltage L1', 'Tegangan keluaran L1'],
    ['Output apparent power {label}', 'Daya semu keluaran {label}'],
    ['Current outlet {label} {title-label}', 'Arus stopkontak {label} {title-label}'],
    ['Source {label} voltage', 'Tegangan sumber {label}'],
    ['{label} temperature', 'Suhu {label}'],
    ['Port {label} state', 'Status port {label}'],
    ['Mains voltage at panel L1-L2', 'Tegangan PLN di panel L1-L2'],
    ['Supply temperature', 'Suhu suplai'],
    ['Optical power', 'Daya optik'],
    ['Load average 15 min', 'Beban rata-rata 15 mnt'],
  ] as const)
    it(`say ${english} in the order of the language`, () => assert.equal(indonesian(english), says))

  it('of a device that names its own things are made of the same words, where all of them are known', () => {
    const named = (name: string) => labelOf('{label}', () => name)
    assert.deepEqual(named('Condenser Fan Speed'), { en: 'Condenser Fan Speed', id: 'Putaran kipas kondensor' })
    assert.equal(labelOf('{label} temperature', text => text.replace('{label}', 'Supply')).id, 'Suhu suplai')
    assert.deepEqual(named('Rack of Budi'), { en: 'Rack of Budi' })
  })

  it('stay English whole when a word is not known, and take what a profile says itself', () => {
    assert.deepEqual(labelOf('Flux capacitor voltage', keep), { en: 'Flux capacitor voltage' })
    assert.deepEqual(
      labelOf({ en: 'Flux', id: 'Fluks {label}' }, text => text.replace('{label}', '7')),
      { en: 'Flux', id: 'Fluks 7' },
    )
  })

  it('of the shipped profiles have no English word left', async () => {
    const { profiles } = await readProfiles([OWN_PROFILES])
    const labels = new Set(
      profiles
        .flatMap(profile => [...profile.points, ...profile.tables.flatMap(table => table.points)])
        .map(({ label }) => (typeof label === 'string' ? label : label.en)),
    )
    assert.ok(labels.size > 200)
    const english = new Set([...labels].flatMap(wordsOf).filter(word => !shared.has(word)))
    const left = [...labels].flatMap(label => {
      const says = indonesian(label) ?? label
      const words = wordsOf(says).filter(word => english.has(word))
      return words.length > 0 ? [`${label} → ${says}: ${words.join(', ')}`] : []
    })
    assert.deepEqual(left, [])
  })
})
