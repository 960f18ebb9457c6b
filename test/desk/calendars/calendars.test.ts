// Calendars at work on real records and over the API: versions that stay, edits that collide, who may.
import assert from 'node:assert/strict'
import { type Calendars, openCalendars } from '../../../daemon/desk/calendars/calendars.ts'
import { readCalendars } from '../../../daemon/desk/calendars/shelf.ts'
import { Calendar, type CalendarVersion, type CalendarYear, type ImportPreview } from '../../../daemon/domain/calendar.ts'
import { calendarRoutes } from '../../../daemon/http/routes/calendar.ts'
import { type Front, openFront } from '../../../daemon/http/server.ts'
import { SILENT } from '../../../daemon/log.ts'
import type { Records } from '../../../daemon/store/records.ts'
import { recordsIn, tempFolder } from '../../store/support/folder.ts'
import { must, NOON } from '../../store/support/must.ts'
import { viewer } from '../../support/viewers.ts'
import { shipped, wib } from '../clock/support.ts'

describe('calendars', () => {
  let folder = ''
  let records: Records
  let calendars: Calendars
  let now = NOON
  let changed: CalendarVersion[] = []

  const open = async (all = must(readCalendars())) =>
    must(
      await openCalendars({
        books: records.calendars,
        trail: records.audit,
        shipped: all,
        clock: () => now,
        onChange: version => void changed.push(version),
      }),
    )
  beforeEach(async () => {
    now = NOON
    changed = []
    folder = tempFolder()
    records = await recordsIn(folder)
    calendars = await open()
  })
  afterEach(() => records.close())
  const edit = (base: number) => ({ by: 'admin', reason: 'Pilkada serentak', base })

  it('of a newer Suar take the place of the older one’s where nobody edited them, and say that tickets are to be reckoned anew', async () => {
    const [desk, office] = [shipped('desk'), shipped('office')]
    assert.equal(calendars.renewed, false, 'the first ones change nothing')
    assert.equal((await open()).renewed, false)
    const next = { ...desk, exceptions: [{ date: '2026-12-31', kind: 'closed' as const, reason: 'Cuti bersama' }] }
    const upgraded = await open([next, office])
    assert.deepEqual([upgraded.renewed, upgraded.one('desk')?.version], [true, 2])
    must(await upgraded.except('desk', '2026-12-30', { date: '2026-12-30', kind: 'closed', reason: 'Pilkada serentak' }, edit(2)))
    const later = await open([desk, office])
    assert.deepEqual([later.renewed, later.one('desk')?.version], [false, 3])
  })

  it('come with Suar, and stay as they are over a restart', async () => {
    assert.deepEqual(
      calendars.list().map(({ calendar, version, by }) => [calendar.key, version, by]),
      [
        ['desk', 1, 'Suar'],
        ['office', 1, 'Suar'],
      ],
    )
    const closed = { kind: 'closed', date: '2026-11-25', reason: 'Pilkada serentak' } as const
    now += 1000
    must(await calendars.except('desk', '2026-11-25', closed, edit(1)))
    await records.close()
    records = await recordsIn(folder)
    calendars = await open()
    assert.equal(calendars.one('desk')?.version, 2)
    assert.deepEqual(
      calendars.versions('desk').map(({ version, since, by, reason }) => [version, since, by, reason]),
      [
        [1, NOON, 'Suar', 'as shipped'],
        [2, NOON + 1000, 'admin', 'Pilkada serentak'],
      ],
    )
    const noon = wib('2026-11-25 12.00')
    assert.equal(calendars.time('desk', 1).dayAt(noon).total, 8 * 3_600_000)
    assert.equal(calendars.time('desk').dayAt(noon).total, 0)
    assert.equal(calendars.time('desk'), calendars.time('desk', 2))
    assert.equal((await records.audit.page({ size: 1 }))[0]?.action, 'calendar.edit')
    must(await records.audit.verify())
  })

  it('take what a newer Suar brings, unless somebody has edited them', async () => {
    const newer = must(readCalendars()).map(calendar =>
      Calendar.parse({ ...calendar, years: [...calendar.years, { year: 2027, source: 'SKB 2027' }] }),
    )
    must(await calendars.except('office', '2026-11-25', { kind: 'closed', date: '2026-11-25', reason: 'Pilkada' }, edit(1)))
    const later = await open(newer)
    assert.deepEqual(
      later.list().map(({ version, by }) => [version, by]),
      [
        [2, 'Suar'],
        [2, 'admin'],
      ],
    )
    assert.equal((await open(newer)).one('desk')?.version, 2)
  })

  it('let one of two edits of the same version win', async () => {
    const closed = (date: string) => calendars.except('desk', date, { kind: 'closed', date, reason: 'tutup' }, edit(1))
    const both = await Promise.all([closed('2026-11-25'), closed('2026-11-26')])
    assert.deepEqual(both.map(outcome => (outcome.ok ? outcome.value.version : outcome.failure.kind)).sort(), [2, 'conflict'])
    assert.equal(changed.length, 1)
    const late = await closed('2026-11-27')
    assert.equal(late.ok ? '' : late.failure.kind, 'conflict')
  })

  it('put no version before the one it follows when the clock was set back', async () => {
    now = NOON - 86_400_000
    const made = must(await calendars.save('desk', { ...shipped('desk'), breaksStopClock: true }, edit(1)))
    assert.equal(made.since, NOON)
  })

  it('refuse what is no calendar', async () => {
    const week = {
      monday: [
        { from: '08:00', until: '12:00' },
        { from: '11:00', until: '16:00' },
      ],
    } // prettier-ignore
    for (const [given, says] of [
      [{ week: {} }, /at least one working day/],
      [{ week }, /do not overlap/],
      [{ timezone: 'Asia/Pangkalpinang' }, /time zone/],
      [{ exceptions: [1, 2].map(() => ({ kind: 'closed' as const, date: '2026-11-25', reason: 'tutup' })) }, /twice/],
    ] as const) {
      const refused = await calendars.save('desk', { ...shipped('desk'), ...given } as Calendar, edit(1))
      assert.ok(!refused.ok)
      assert.equal(refused.failure.kind, 'invalid')
      assert.match(refused.failure.message, says)
    }
    assert.equal(calendars.one('desk')?.version, 1)
  })

  describe('over the API', () => {
    let front: Front
    let url = ''
    let asks = viewer('admin')
    beforeEach(async () => {
      asks = viewer('admin')
      front = openFront({
        routes: calendarRoutes(calendars),
        viewerOf: async () => asks,
        dashboard: folder,
        version: '0',
        figures: () => [],
        notReady: () => null,
        log: SILENT,
      })
      url = must(await front.listen('127.0.0.1', 0)).url
    })
    afterEach(() => front.close())
    const ask = async <T>(method: string, path: string, body?: unknown): Promise<{ status: number; value: T }> => {
      const headers = { 'content-type': 'application/json', origin: new URL(url).origin }
      const response = await fetch(new URL(`/api/v1${path}`, url), { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
      return { status: response.status, value: (await response.json()) as T }
    }

    /** As the page sends a file; fields before it. */
    const send = async <T>(
      path: string,
      list: string | Buffer<ArrayBuffer>,
      fields: Readonly<Record<string, string>> = {},
    ): Promise<{ status: number; value: T }> => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      form.append('list', new Blob([list]), 'libur.csv')
      const response = await fetch(new URL(`/api/v1${path}`, url), { method: 'POST', headers: { origin: new URL(url).origin }, body: form })
      return { status: response.status, value: (await response.json()) as T }
    }

    it('shows a year day by day, and says which years are an estimate', async () => {
      asks = viewer('requester')
      const { value: year } = await ask<CalendarYear>('GET', '/calendars/desk/years/2026')
      assert.equal(year.days.length, 365)
      assert.match(year.official?.source ?? '', /1497\/2025/)
      const march = year.months[2]
      // 22 weekdays, less Nyepi, Idulfitri's cuti bersama on 18, 20, 23 and 24.
      assert.deepEqual([march?.workingDays, (march?.working ?? 0) / 3_600_000], [17, 136])
      assert.deepEqual(
        year.days.find(({ date }) => date === '2026-03-19'),
        { date: '2026-03-19', kind: 'holiday', blocks: [], notes: ['Hari Suci Nyepi (Tahun Baru Saka 1948)'], working: 0 },
      )
      const { value: next } = await ask<CalendarYear>('GET', '/calendars/desk/years/2027')
      assert.equal(next.official, null)
      assert.equal((await ask('GET', '/calendars/desk/years/1800')).status, 400)
      assert.equal((await ask('GET', '/calendars/nowhere/years/2026')).status, 404)
      assert.equal((await ask('GET', '/calendars/desk?version=9')).status, 404)
    })

    it('takes over a list after a look at it, and nothing of one with mistakes', async () => {
      const text = 'tanggal;nama\n2027-01-01;Tahun Baru 2027 Masehi\n2027-03-10;Idulfitri 1448 Hijriah'
      const { value: preview } = await send<ImportPreview>('/calendars/desk/holidays/preview', text)
      assert.deepEqual([preview.years, preview.added.length, preview.mistakes], [[2027], 2, []])
      assert.equal(calendars.one('desk')?.version, 1)
      const broken = await send<{ detail: string }>('/calendars/desk/holidays', `${text}\n2027-13-01;X`, { source: 'SKB 2027', base: '1' })
      assert.equal(broken.status, 400)
      assert.match(broken.value.detail, /Line 4/)
      const { value: taken } = await send<CalendarVersion>('/calendars/desk/holidays', text, { source: 'SKB 2027', base: '1' })
      assert.deepEqual([taken.version, taken.by, taken.reason], [2, 'admin', 'SKB 2027'])
      assert.equal((await ask<CalendarYear>('GET', '/calendars/desk/years/2027')).value.official?.source, 'SKB 2027')
      assert.equal((await ask<CalendarYear>('GET', '/calendars/desk/years/2027?version=1')).value.official, null)
    })

    it('reads a list of any size a calendar program makes, and of any encoding a spreadsheet does', async () => {
      const latin = Buffer.from('tanggal;nama\n2027-01-01;Hari raya “Galungan” é', 'latin1')
      assert.match((await send<ImportPreview>('/calendars/desk/holidays/preview', latin)).value.added[0]?.name ?? '', /é$/)
      const padded = `tanggal;nama;uraian\n2027-01-01;Tahun Baru;${'x'.repeat(300_000)}`
      assert.equal((await send<ImportPreview>('/calendars/desk/holidays/preview', padded)).value.added.length, 1)
      assert.equal((await send('/calendars/desk/holidays/preview', 'x'.repeat(1_500_000))).status, 413)
      assert.equal((await ask('POST', '/calendars/desk/holidays/preview', {})).status, 400)
    })

    it('sets an exception and takes it away again', async () => {
      const exception = { kind: 'hours', date: '2026-11-25', blocks: [{ from: '08:00', until: '11:00' }], reason: 'Upacara Korpri' }
      assert.equal((await ask('PUT', '/calendars/desk/exceptions/2026-11-26', { exception, base: 1 })).status, 400)
      assert.equal((await ask('PUT', '/calendars/desk/exceptions/2026-11-25', { exception, base: 1 })).status, 200)
      const day = async () => (await ask<CalendarYear>('GET', '/calendars/desk/years/2026')).value.days.find(({ date }) => date === '2026-11-25')
      assert.deepEqual(await day(), { date: '2026-11-25', kind: 'special', blocks: exception.blocks, notes: ['Upacara Korpri'], working: 10_800_000 })
      assert.equal((await ask('DELETE', '/calendars/desk/exceptions/2026-11-25', { base: 1, reason: 'ditunda' })).status, 409)
      assert.equal((await ask('DELETE', '/calendars/desk/exceptions/2026-11-25', { base: 2, reason: 'ditunda' })).status, 200)
      assert.equal((await day())?.kind, 'working')
      assert.equal((await ask('DELETE', '/calendars/desk/exceptions/2026-11-25', { base: 3, reason: 'ditunda' })).status, 404)
    })

    it('is edited by administrators only', async () => {
      const body = { calendar: shipped('desk'), base: 1, reason: 'sama saja' }
      for (const role of ['noc', 'officer', 'approver', 'requester', 'auditor'] as const) {
        asks = viewer(role)
        assert.equal((await ask('PUT', '/calendars/desk', body)).status, 403)
        assert.equal((await send('/calendars/desk/holidays/preview', 'x')).status, 403)
        assert.equal((await ask('GET', '/calendars')).status, 200)
      }
      asks = viewer('admin')
      // The same again makes no version.
      assert.equal((await ask<CalendarVersion>('PUT', '/calendars/desk', body)).value.version, 1)
    })
  })
})
