// The audit trail: what is in it, how it is searched and exported, and every way of tampering with it that must show.
import assert from 'node:assert/strict'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { anchoring, readAnchors } from '../../daemon/audit-anchors.ts'
import type { AuditRow } from '../../daemon/domain/signin.ts'
import { SILENT } from '../../daemon/log.ts'
import { type Browser, type Door, openDoor, setUp } from '../signin/support/door.ts'

const DAY = 86_400_000
const YEAR = 365.25 * DAY

describe('the audit trail', () => {
  let door: Door
  let admin: Browser
  beforeEach(async () => {
    door = await openDoor()
    admin = await setUp(door)
  })
  afterEach(() => door.close())

  const page = async (query = '') => (await admin.get<{ items: AuditRow[]; more: boolean }>(`/audit?${query}`)).body
  const verify = async () => (await admin.get<{ ok: boolean; reason?: string; first: number; entries: number }>('/audit/verify')).body
  const anchor = () => anchoring({ data: door.folder, audit: door.records.audit, keep: 5 * YEAR, clock: door.now, log: SILENT }).upkeep()
  /** As somebody would who has the file but not the program. */
  const behindItsBack = (sql: string) => {
    const db = new Database(join(door.folder, 'records.db'))
    db.exec(sql)
    db.close()
  }
  let made = 0
  const busy = async (n: number) => {
    for (let i = 0; i < n; i++)
      assert.equal((await admin.post('/organisations', { name: `Dinas ${i}`, short: `D${i} #${made++}`, kind: 'agency' })).status, 200)
  }

  it('says who did what from where, by whom it is searched, page by page', async () => {
    await busy(3)
    await admin.ask('PUT', '/organisations/2', { name: 'Dinas Baru', short: 'DB', kind: 'agency' })
    const [newest] = (await page()).items
    assert.deepEqual([newest?.actor, newest?.action, newest?.subject], ['Ibu Admin', 'organisation.change', 'DB'])
    const detail = newest?.detail as { account: number; address: string; before: object; now: object }
    assert.deepEqual([detail.account, detail.address, detail.now], [1, '127.0.0.1', { name: 'Dinas Baru', short: 'DB' }])
    assert.equal((await page('action=organisation')).items.length, 4)
    assert.equal((await page('action=organisation.add')).items.length, 3)
    assert.equal((await page('action=org')).items.length, 0, 'a word of an action is whole')
    assert.equal((await page('actor=Ibu%20Admin&search=dinas%20D2')).items.length, 1)
    assert.equal((await page(`from=${door.now() + 1}`)).items.length, 0)
    const first = await page('size=2')
    assert.deepEqual([first.items.length, first.more], [2, true])
    const second = await page(`size=100&before=${first.items.at(-1)?.seq}`)
    assert.equal(second.more, false)
    assert.equal(second.items[0]?.seq, (first.items.at(-1)?.seq ?? 0) - 1)
  })

  it('exports every entry with its hash, and the export itself', async () => {
    await busy(2)
    const exported = await admin.get<string>('/audit/export')
    const lines = String(exported.body)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as AuditRow & { previous: string; entries?: number; head?: string })
    const end = lines.pop()
    assert.equal(end?.entries, lines.length)
    assert.equal(end?.head, lines.at(-1)?.hash)
    for (const [i, line] of lines.entries()) if (i > 0) assert.equal(line.previous, lines[i - 1]?.hash)
    assert.equal(lines.at(-1)?.action, 'audit.export')
    assert.match(String(exported.headers.get('content-disposition')), /^attachment; filename\*=UTF-8''audit\.jsonl$/)
  })

  it('shows an entry that was changed, one that was taken out, and one that was put in', async () => {
    await busy(4)
    assert.equal((await verify()).ok, true)
    for (const [sql, mend, says] of [
      ["update audit set actor = 'Eve' where seq = 3", "update audit set actor = 'Ibu Admin' where seq = 3", /Entry 3 .* was changed/],
      ['update audit set seq = 100 where seq = 3', 'update audit set seq = 3 where seq = 100', /lacks entry 3/],
    ] as const) {
      behindItsBack(sql)
      assert.match((await verify()).reason ?? '', says)
      behindItsBack(mend)
      assert.equal((await verify()).ok, true)
    }
  })

  it('shows by its anchors that the newest entries are gone, or that all of it was written anew', async () => {
    await busy(3)
    await anchor()
    assert.equal((await verify()).ok, true)
    const file = join(door.folder, 'audit-anchors.jsonl')
    const head = JSON.parse(readFileSync(file, 'utf8')) as { seq: number; hash: string }
    // A power cut in the middle of a line is no anchor and no mistake.
    appendFileSync(file, '{"at":1,"seq":')
    assert.equal((await verify()).ok, true)
    behindItsBack(`delete from audit where seq >= ${head.seq}`)
    assert.match((await verify()).reason ?? '', /ends with entry \d+, but entry \d+ was anchored on 2026-11-20: the newest entries are gone/)
    await busy(2)
    assert.match((await verify()).reason ?? '', /is not the one that was anchored on 2026-11-20: the trail was written anew/)
  })

  it('lets the oldest go after its time, leaving an entry that tells of it', async () => {
    await busy(3)
    await anchor()
    const before = (await page()).items[0]?.seq ?? 0
    const back = async () => {
      admin = door.browser()
      await admin.post('/session', { login: 'ibu.admin', password: 'katak biru melompat' })
    }
    door.later(5 * YEAR - 8 * DAY)
    await back()
    await busy(1)
    door.later(9 * DAY)
    await back()
    await busy(2)
    await anchor()
    const now = await verify()
    assert.deepEqual([now.ok, now.first], [true, before + 1])
    const [pruned] = (await page('action=audit.prune')).items
    assert.equal((pruned?.detail as { through: number } | undefined)?.through, before)
    behindItsBack(`delete from audit where seq = ${before + 1}`)
    assert.match((await verify()).reason ?? '', /lacks entries 1 to \d+, and no entry says that they were pruned/)
  })

  it('loses nothing to a clock that is set years ahead, also over a restart, and says so until it is set right', async () => {
    await busy(3)
    const anchors = () => anchoring({ data: door.folder, audit: door.records.audit, keep: 5 * YEAR, clock: door.now, log: SILENT })
    let running = anchors()
    await running.upkeep()
    assert.equal(running.trouble(), null)
    door.later(10 * YEAR)
    admin = door.browser()
    await admin.post('/session', { login: 'ibu.admin', password: 'katak biru melompat' })
    await busy(1)
    for (const restarted of [false, true]) {
      if (restarted) running = anchors()
      door.later(2 * DAY)
      await running.upkeep()
      assert.match(running.trouble()?.en ?? '', /clock of this machine seems to be set wrong/)
      assert.equal((await door.records.audit.page({ size: 100 })).at(-1)?.seq, 1)
    }
    door.later(-10 * YEAR - DAY)
    await door.records.audit.append('Ibu Admin', 'site.clock', 'site')
    await running.upkeep()
    assert.equal(running.trouble(), null)
    assert.ok((readAnchors(door.folder).at(-1)?.at ?? 0) <= door.now(), 'anchored by the right clock again')
    assert.equal((await door.records.audit.page({ size: 100 })).at(-1)?.seq, 1)
  })

  it('is anchored once a day, not more, and again only when something happened', async () => {
    const lines = () => readFileSync(join(door.folder, 'audit-anchors.jsonl'), 'utf8').trim().split('\n').length
    const { upkeep: tick } = anchoring({ data: door.folder, audit: door.records.audit, keep: 5 * YEAR, clock: door.now, log: SILENT })
    await tick()
    await busy(1)
    await tick()
    assert.equal(lines(), 1)
    door.later(DAY)
    await tick()
    assert.equal(lines(), 2)
    door.later(DAY)
    await tick()
    assert.equal(lines(), 2)
  })
})
