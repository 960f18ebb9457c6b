// Lists of holidays from outside: what ICS, CSV and JSON say, what they would change, and every line that is wrong.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { previewImport, withList } from '../../../daemon/desk/calendars/import.ts'
import { readList } from '../../../daemon/desk/calendars/list.ts'
import { Calendar } from '../../../daemon/domain/calendar.ts'
import { shipped } from '../clock/support.ts'

const ics = (...events: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap(one => ['BEGIN:VEVENT', ...one.split('|'), 'END:VEVENT']), 'END:VCALENDAR'].join('\r\n')
const days = (text: string) => readList(text).holidays.map(({ date, name, kind }) => `${date} ${kind} ${name}`)
const mistakes = (text: string) => readList(text).mistakes.map(({ line, reason }) => `${line}: ${reason}`)

describe('a list of holidays', () => {
  it('is read from iCalendar: folded lines, escapes, several days, what was called off', () => {
    const text = ics(
      'DTSTART;VALUE=DATE:20270101|DTEND;VALUE=DATE:20270102|SUMMARY:Tahun Baru 2027 Masehi',
      'DTSTART;VALUE=DATE:20270310|DTEND;VALUE=DATE:20270312|SUMMARY:Idulfitri\\, 1448 Hij\r\n riah',
      'DTSTART;VALUE=DATE:20270309|SUMMARY:Cuti bersama Idulfitri',
      'DTSTART;VALUE=DATE:20270501|STATUS:CANCELLED|SUMMARY:Bukan libur',
    )
    assert.deepEqual(days(text), [
      '2027-01-01 national Tahun Baru 2027 Masehi',
      '2027-03-09 joint-leave Cuti bersama Idulfitri',
      '2027-03-10 national Idulfitri, 1448 Hijriah',
      '2027-03-11 national Idulfitri, 1448 Hijriah',
    ])
    assert.deepEqual(mistakes(text), [])
  })

  it('is read from tables as people make them', () => {
    const same = ['2027-01-01 national Tahun Baru', '2027-03-09 joint-leave Cuti bersama Idulfitri']
    for (const text of [
      'date,name,kind\n2027-01-01,Tahun Baru,national\n2027-03-09,Cuti bersama Idulfitri,joint-leave\n',
      '\uFEFFTanggal;Keterangan;Jenis\r\n01/01/2027;"Tahun Baru";Libur Nasional\r\n9/3/2027;Cuti bersama Idulfitri;Cuti Bersama\r\n',
      'Nama\tTanggal\nTahun Baru\tJumat, 1 Januari 2027\nCuti bersama Idulfitri\t9 Maret 2027',
      '2027-01-01,Tahun Baru\n\n2027-03-09,Cuti bersama Idulfitri',
      '[{"date":"2027-01-01","name":"Tahun Baru"},{"date":"2027-03-09","localName":"Cuti bersama Idulfitri"}]',
      '{"holidays":[{"date":"20270101","name":"Tahun Baru"},{"date":"2027-03-09","name":"Cuti bersama Idulfitri"}]}',
      '{"2027-01-01":"Tahun Baru","2027-03-09":"Cuti bersama Idulfitri"}',
    ])
      assert.deepEqual([days(text), mistakes(text)], [same, []], text)
    assert.deepEqual(days('date,name\n2027-01-01,"Tahun ""Baru"",\nMasehi"'), ['2027-01-01 national Tahun "Baru",\nMasehi'])
  })

  it('names every line it cannot understand', () => {
    assert.deepEqual(mistakes('date,name,kind\n2027-02-30,Hari aneh\n2027-01-01\n2027-01-02,X,sunday\n2027-01-03,Y\n2027-01-03,Y'), [
      '2: "2027-02-30" is no date; write 2027-01-31, 31/01/2027 or 31 Januari 2027',
      '3: a row has a date and a name',
      '4: "sunday" is no kind of holiday; write national, joint-leave or regional',
      '6: 2027-01-03 Y stands here twice',
    ])
    assert.deepEqual(
      mistakes(
        ics(
          'DTSTART;VALUE=DATE:20270101|RRULE:FREQ=YEARLY|SUMMARY:Tahun Baru',
          'DTSTART:20270101T090000Z|SUMMARY:Rapat',
          'DTSTART;VALUE=DATE:20270101',
          'DTSTART;VALUE=DATE:20270101|DTEND;VALUE=DATE:20280101|SUMMARY:Setahun',
        ),
      ),
      [
        '3: it repeats by a rule; write each day out',
        '8: it is no whole day (DTSTART:20270101T090000Z)',
        '12: it has no name (SUMMARY)',
        '15: it lasts 365 days',
      ],
    )
    assert.match(mistakes('{"date"')[0] ?? '', /^0: not JSON/)
    assert.deepEqual(mistakes(' \n'), ['0: the list is empty'])
    assert.deepEqual(mistakes('date,name\n"2027-01-01,Tahun Baru'), ['1: a quotation mark is never closed'])
    assert.deepEqual(mistakes('[]'), ['0: no holiday was found in it'])
    assert.match(mistakes(`date,name\n${'2027-01-01,x\n'.repeat(100_000)}`)[0] ?? '', /longer than/)
  })

  it('never fails on anything that may be sent', () => {
    const piece = fc.constantFrom(
      'BEGIN:VCALENDAR',
      '\r\n',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'DTSTART:',
      '20270101',
      'SUMMARY:',
      '"',
      ',',
      ';',
      '\n ',
      '{',
      '[',
      '2027-01-01',
      'x',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map(parts => parts.join('')),
          fc.json(),
        ),
        text => {
          const { holidays, mistakes: wrong } = readList(text)
          assert.ok(holidays.length > 0 || wrong.length > 0)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('tells before it is taken over what it adds, changes and removes', () => {
    const desk = Calendar.parse({
      ...shipped('desk'),
      holidays: [...shipped('desk').holidays, { date: '2026-11-21', name: 'Hari jadi provinsi', kind: 'regional' }],
    })
    // A revised list of the same year: Idulfitri a day earlier, one cuti bersama gone, one new, one renamed.
    const rows = desk.holidays
      .filter(({ kind, date }) => kind !== 'regional' && date !== '2026-03-24' && date !== '2026-03-22')
      .map(({ date, name, kind }) => `${date},${date === '2026-05-27' ? 'Idul Adha 1447 H' : name},${kind}`)
    const text = ['date,name,kind', ...rows, '2026-08-18,Cuti bersama Kemerdekaan,joint-leave'].join('\n')
    const preview = previewImport(desk, text)
    assert.deepEqual(preview.years, [2026])
    assert.deepEqual(
      preview.added.map(({ date }) => date),
      ['2026-08-18'],
    )
    assert.deepEqual(
      preview.changed.map(({ was, is }) => [was.name, is.name]),
      [['Iduladha 1447 Hijriah', 'Idul Adha 1447 H']],
    )
    assert.deepEqual(
      preview.removed.map(({ date }) => date),
      ['2026-03-22', '2026-03-24'],
    )
    assert.equal(preview.same, 22)
    const taken = Calendar.parse(withList(desk, text, 'SKB perubahan'))
    assert.equal(taken.holidays.length, 25)
    assert.ok(taken.holidays.some(({ kind }) => kind === 'regional'))
    assert.deepEqual(taken.years, [{ year: 2026, source: 'SKB perubahan' }])
    const again = previewImport(taken, text)
    assert.deepEqual([again.added, again.changed, again.removed, again.same], [[], [], [], 24])
  })
})
