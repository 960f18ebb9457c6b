// Numbers, times and alarms as people read them.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Condition } from '../../daemon/domain/alarm.ts'
import { QUANTITIES } from '../../daemon/domain/quantity.ts'
import { MEANINGS } from '../../daemon/domain/state.ts'
import { namesOf, utilityAbove } from '../../daemon/domain/words/alarm-names.ts'
import { type AlarmNames, alarmAge, alarmDetail, alarmNumber, alarmTitle, causedBy, noteText } from '../../daemon/domain/words/alarm-words.ts'
import {
  ago,
  clock,
  clockShort,
  countdown,
  dateLong,
  dateShort,
  dateTime,
  duration,
  figure,
  formatNumber,
  GAP,
  kilowatts,
  LANGS,
  measured,
  moment,
  unitShown,
  wallTime,
  zoneName,
} from '../../daemon/domain/words/format.ts'
import { stateName } from '../../daemon/domain/words/state-names.ts'
import { stateTitle } from '../../daemon/domain/words/state-words.ts'
import { devices, layout, noOf, numbered } from './support/site.ts'

const AT = Date.UTC(2026, 10, 20, 7, 5, 32)
const WIB = 'Asia/Jakarta'
const spaced = (text: string) => text.replaceAll(GAP, ' ')

describe('numbers', () => {
  it('have fixed decimals, grouped thousands and a true minus, in both languages', () => {
    const table: readonly (readonly [number, number, string, string])[] = [
      [13.62, 1, '13,6', '13.6'],
      [1284, 2, '1.284,00', '1,284.00'],
      [1234567.891, 0, '1.234.568', '1,234,568'],
      [-3.25, 1, '−3,3', '−3.3'],
      [-0.04, 1, '0,0', '0.0'],
      [999, 0, '999', '999'],
      [Number.NaN, 1, '–', '–'],
      [Number.POSITIVE_INFINITY, 1, '–', '–'],
    ]
    for (const [value, decimals, id, en] of table)
      assert.deepEqual([formatNumber(value, decimals, 'id'), formatNumber(value, decimals, 'en')], [id, en])
  })

  it('carry the unit of their quantity', () => {
    const shown = (value: number, quantity: Parameters<typeof measured>[1], options = {}) => spaced(measured(value, quantity, 'id', options))
    assert.equal(shown(27.63, 'temperature'), '27,6 °C')
    assert.equal(shown(13_612, 'power'), '13,6 kW')
    assert.equal(shown(248.4, 'power'), '248 W')
    assert.equal(shown(999.6, 'power'), '1,0 kW')
    assert.equal(shown(248.4, 'power', { unit: 'kW', decimals: 2 }), '0,25 kW')
    assert.equal(shown(1_284_000, 'energy'), '1.284,00 kWh')
    assert.equal(shown(50.02, 'frequency'), '50,02 Hz')
    assert.equal(shown(229.6, 'voltage'), '230 V')
    assert.equal(shown(940_000_000, 'octets'), '940,0 Mbit/s')
    assert.equal(shown(16 * 2 ** 30, 'memory'), '16,0 GiB')
    assert.equal(shown(248, 'pressure'), '248 Pa')
    assert.equal(shown(860, 'runtime'), '14 mnt')
    assert.equal(shown(Number.NaN, 'power'), '–')
    assert.equal(kilowatts(1_384, 'id', 2), '1,38')
    assert.deepEqual(figure(Number.NaN, 'runtime', 'id'), { number: '–', unit: '' })
    for (const quantity of QUANTITIES) assert.equal(typeof unitShown(quantity), 'string')
  })

  it('show counts whole, and averages of counts with three digits', () => {
    const table: readonly [value: number, id: string][] = [
      [0, '0'],
      [3, '3'],
      [1284, '1.284'],
      [0.57, '0,57'],
      [-0.57, '−0,57'],
      [1.9, '1,90'],
      [9.996, '10,0'],
      [13.62, '13,6'],
      [99.96, '100'],
      [213.4, '213'],
    ]
    for (const [value, id] of table) assert.equal(measured(value, 'count', 'id'), id)
    assert.equal(measured(1.9, 'count', 'en', { decimals: 0 }), '2')
  })

  it('never show a figure of more digits than its unit needs, nor a wrong sign', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.constantFrom(...LANGS), (value, lang) => {
        const text = formatNumber(value, 1, lang)
        const plain = text
          .replaceAll(lang === 'id' ? '.' : ',', '')
          .replace(lang === 'id' ? ',' : '.', '.')
          .replace('−', '-')
        assert.ok(Math.abs(Number(plain) - value) <= 0.05 + Math.abs(value) * 1e-12, `${value} → ${text}`)
        assert.ok(!/^−[0.,]*$/.test(text))
      }),
    )
  })
})

describe('times', () => {
  it('are a point for a clock, a colon for what runs, words for durations', () => {
    assert.equal(clock(AT, WIB), '14.05.32')
    assert.equal(clockShort(AT, WIB), '14.05')
    assert.equal(countdown(860, 'id'), '14:20')
    assert.equal(countdown(8, 'id'), '0:08')
    assert.equal(countdown(3_599.9, 'id'), '59:59')
    assert.equal(countdown(5_040, 'id'), '1 j 24 m')
    assert.equal(duration(12, 'id'), '12 dtk')
    assert.equal(duration(240, 'id'), '4 mnt')
    assert.equal(duration(240, 'en'), '4 min')
    assert.equal(duration(3_600, 'id'), '1 j')
    assert.equal(duration(86_400 * 3 + 3_600 * 4, 'id'), '3 hari 4 j')
    assert.equal(duration(86_400, 'en'), '1 day')
    assert.equal(duration(86_400 * 40 + 3_600, 'id'), '40 hari')
    assert.equal(ago(6_000, 'id'), '6 dtk lalu')
    assert.equal(ago(6_000, 'en'), '6 s ago')
  })

  it('are dates in the zone of the site', () => {
    assert.equal(dateTime(AT, WIB, 'id'), 'Jumat, 20 November 2026 14.05 WIB')
    assert.equal(dateTime(AT, 'Asia/Jayapura', 'en'), 'Friday, 20 November 2026 16.05 WIT')
    assert.equal(zoneName(AT, 'UTC'), 'UTC')
    assert.equal(dateShort(Date.UTC(2026, 7, 1), WIB, 'id'), '1 Agu')
    assert.equal(dateLong(Date.UTC(2026, 11, 31, 18), WIB, 'id'), 'Jumat, 1 Januari 2027')
    assert.equal(moment(AT, AT + 3_600_000, WIB, 'id'), '14.05')
    assert.equal(moment(AT, AT + 86_400_000, WIB, 'id'), '20 Nov 14.05')
    assert.throws(() => wallTime(AT, 'Asia/Nowhere'), RangeError)
  })

  it('are midnight, not 24 o’clock', () => {
    assert.equal(clock(Date.UTC(2026, 0, 1, 17), WIB), '00.00.00')
  })
})

describe('alarms', () => {
  const book = {
    layout,
    device: (id: string) => devices.find(device => device.id === id),
    point: (no: number) => devices.flatMap(({ id }) => numbered(id)).find(point => point.no === no),
  }
  const at = (device: string, key: string | null) => ({ device, point: key === null ? null : { no: noOf(device, key), key } })
  const both = (where: ReturnType<typeof at>, condition: Condition) =>
    LANGS.map(lang => {
      const names = namesOf(where, book, lang)
      return [alarmTitle({ condition }, names, lang), spaced(alarmDetail({ condition, raisedAt: AT }, names, lang))]
    })

  it('say what is wrong, where, by how much', () => {
    assert.deepEqual(both(at('env', 'inlet.4'), { kind: 'above', value: 27.6, limit: 27, clear: 26, from: 'site' }), [
      ['Suhu masuk rak A4 tinggi', 'Ruang Server · 27,6 °C dari batas 27,0 °C'],
      ['Rack A4 inlet temperature high', 'Ruang Server · 27.6 °C, limit 27.0 °C'],
    ])
    assert.deepEqual(both(at('ups-a', 'battery.charge'), { kind: 'below', value: 18, limit: 20, clear: 25, from: 'profile' }), [
      ['Isi baterai UPS A rendah', 'Ruang Daya · 18 % dari batas 20 %'],
      ['UPS A battery charge low', 'Ruang Daya · 18 %, limit 20 %'],
    ])
    assert.deepEqual(both(at('ups-a', 'output.state'), { kind: 'state', value: 2, name: 'onBattery', meaning: 'onBattery' }), [
      ['UPS A memakai baterai', 'Ruang Daya · Status keluaran: onBattery'],
      ['UPS A on battery', 'Ruang Daya · Output state: onBattery'],
    ])
    assert.deepEqual(both(at('ups-a', 'output.state'), { kind: 'state', value: 9, name: 'ecoMode', meaning: null }), [
      ['Status keluaran UPS A: mode hemat', 'Ruang Daya'],
      ['UPS A output state: eco mode', 'Ruang Daya'],
    ])
    assert.deepEqual(both(at('access', null), { kind: 'down', since: AT - 60_000, why: 'timeout' }), [
      ['Sakelar SW-B3-1 tidak menjawab', 'Ruang Server · Poll berturut-turut habis waktu · Tanpa data sejak 14.04'],
      ['Switch SW-B3-1 does not answer', 'Ruang Server · Polls in a row timed out · No data since 14.04'],
    ])
    assert.equal(both(at('server-1', null), { kind: 'down', since: AT, why: 'hostKeyChanged' })[0]?.[0], 'Kunci host Server SRV-1 berubah')
    assert.deepEqual(both(at('ups-b', 'battery.charge'), { kind: 'stale', since: AT })[0], [
      'Isi baterai UPS B tidak terbaca',
      'Ruang Daya · Tanpa data sejak 14.05',
    ])
  })

  it('name the public supply they hang on', () => {
    assert.equal(utilityAbove(layout.power, 'crac-1'), 'PLN')
    assert.equal(utilityAbove([], 'crac-1'), null)
    const names: AlarmNames = { subject: 'ATS', kind: 'ats', label: null, quantity: null, place: null, utility: null, zone: WIB }
    assert.equal(alarmTitle({ condition: { kind: 'state', value: 0, name: 'x', meaning: 'utilityFailed' } }, names, 'id'), 'Listrik utama padam')
  })

  it('have words for every meaning in both languages, none of them empty', () => {
    for (const meaning of MEANINGS)
      for (const lang of LANGS) {
        const title = stateTitle(meaning, { subject: 'UPS A', label: 'Status', utility: 'PLN' }, lang)
        assert.ok(title.length > 4 && !/undefined|^\s|\s$/.test(title), `${meaning}: ${title}`)
      }
  })

  it('say what devices call their states, and leave what nobody has a word for', () => {
    assert.deepEqual(
      [stateName('noBatteryNeedsReplacing', 'id'), stateName('noBatteryNeedsReplacing', 'en')],
      ['Tidak perlu diganti', 'No battery needs replacing'],
    )
    assert.deepEqual([stateName('failedS2NeverGood', 'id'), stateName('failedS2NeverGood', 'en')], ['failedS2NeverGood', 'Failed S2 never good'])
    assert.deepEqual([stateName('17', 'id'), stateName('ON-BATT', 'en')], ['17', 'ON-BATT'])
  })

  it('have a number, an age and a timeline', () => {
    assert.equal(alarmNumber({ id: 1183, raisedAt: Date.UTC(2026, 11, 31, 18) }, WIB), 'AL-2027-1183')
    assert.equal(alarmAge({ raisedAt: AT - 4_620_000, clearedAt: null }, AT, 'id'), '1 j 17 m')
    assert.equal(causedBy('Aliran udara CRAC 2 turun', 'id'), 'disebabkan Aliran udara CRAC 2 turun')
    const note = (kind: Parameters<typeof noteText>[0]['kind'], text: string, by: string | null = null) =>
      noteText({ at: AT, kind, text, by }, id => (id === 7 ? 'Listrik PLN padam' : null), 'id')
    assert.equal(note('raised', 'critical'), 'Alarm menyala')
    assert.equal(note('raised', 'again'), 'Menyala lagi, alarm yang sama dibuka kembali')
    assert.equal(note('severity', 'critical'), 'Tingkat menjadi kritis')
    assert.equal(note('suppressed', '7'), 'Penyebab: Listrik PLN padam')
    assert.equal(note('suppressed', '8'), 'Penyebab: #8')
    assert.equal(note('acknowledged', 'sudah di jalan', 'Rangga'), 'Diakui Rangga: “sudah di jalan”')
    assert.equal(note('acknowledged', '', 'Rangga'), 'Diakui Rangga')
  })
})
