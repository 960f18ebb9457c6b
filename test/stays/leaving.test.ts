// Out of the house: what became of the data is said of each piece, the certificate and the minutes of removal are signed, and only then the door opens.
import assert from 'node:assert/strict'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import type { StayView } from '../../daemon/domain/stay.ts'
import { must } from '../store/support/must.ts'
import { says, textOf, tight } from '../support/procedure.ts'
import { type Cage, MINUTE, never, openCage } from './support/cage.ts'
import { signPaper } from './support/signing.ts'

const refusalOf = <T>(outcome: Outcome<T>) => (outcome.ok ? assert.fail('it was done') : outcome.failure)
const WIPE = {
  medium: 'nvme',
  make: 'Samsung PM9A3',
  serial: 'S6UENX0T1',
  method: 'purge',
  technique: 'NVMe Sanitize, crypto erase',
  tool: 'nvme-cli 2.11',
  check: 'full',
  passed: true,
  note: '',
} as const

describe('a piece that leaves', function () {
  this.timeout(120_000)
  let cage: Cage
  let ticket = ''
  let id = 0
  beforeEach(async () => {
    cage = await openCage()
    ticket = await cage.filed([
      { serial: 'SN-A', model: 'R760' },
      { serial: 'SN-B', model: 'ME5', power: 200 },
    ])
    id = (await cage.kept(ticket, 'a5', [])).id
  })
  afterEach(() => cage.close())

  const officer = () => cage.as('petugas')
  const leave = async (items: readonly number[]) => must(await cage.stays.leave(id, items, 'diganti baru', await officer()))
  const media = async (no: number, said: Parameters<Cage['stays']['media']>[2]) => cage.stays.media(id, no, said, await officer())
  const out = async (no: number, serial: string, without?: string) =>
    cage.stays.out(id, no, { serial, damaged: false, note: '', photos: [], without }, await officer(), '127.0.0.1')
  const draw = async (kind: 'removal' | 'wipe') => cage.desk.desk.make(ticket, kind, await officer())
  const stay = async (): Promise<StayView> => (await cage.records.stays.stay(id)) ?? never('stay')

  it('owes a word about its data, a certificate of what was wiped and minutes of its removal, in that order, each said by name', async () => {
    assert.equal(refusalOf(await media(1, { kind: 'none' })).kind, 'conflict', 'nothing leaves yet')
    assert.match(refusalOf(await draw('removal')).words?.id ?? '', /Tidak ada perangkat/)
    await leave([1])
    assert.match(refusalOf(await out(1, 'SN-A')).words?.id ?? '', /media penyimpanan R760/)
    assert.match(refusalOf(await out(1, 'SN-A', 'buru-buru')).words?.id ?? '', /media penyimpanan R760/, 'no reason stands for that word')
    assert.match(refusalOf(await draw('wipe')).words?.id ?? '', /Belum ada sanitasi/)
    must(await media(1, { kind: 'wiped', wipe: { ...WIPE, method: 'clear', technique: 'overwrite', passed: false } }))
    assert.match(refusalOf(await out(1, 'SN-A')).words?.id ?? '', /S6UENX0T1 tidak lolos/)
    must(await media(1, { kind: 'wiped', wipe: WIPE }))
    assert.match(refusalOf(await media(1, { kind: 'wiped', wipe: WIPE })).words?.id ?? '', /sudah tercatat/)
    assert.match(refusalOf(await out(1, 'SN-A')).words?.id ?? '', /Sertifikat sanitasi/)
    cage.clock.now += MINUTE
    const certificate = must(await draw('wipe'))
    assert.match(refusalOf(await out(1, 'SN-A')).words?.id ?? '', /Sertifikat sanitasi/, 'drawn up is not signed')
    await signPaper(cage, certificate)
    assert.match(refusalOf(await out(1, 'SN-A')).words?.id ?? '', /Berita acara pengeluaran/)
    const minutes = await signPaper(cage, must(await draw('removal')))
    assert.match(minutes.number ?? '', /^1\/BAK\/.+\/2026$/)
    const left = must(await out(1, 'SN-A'))
    assert.deepEqual(left.items.map(({ state }) => state), ['gone', 'inCustody']) // biome-ignore format: one line
    assert.equal(left.minutes.out, minutes.number)
    const seen = await cage.stays.list(await cage.as('pemohon-dinkes'))
    assert.deepEqual(seen.flatMap(({ items }) => items.map(({ name }) => name)), ['ME5']) // biome-ignore format: one line
  })

  it('is named on both papers by its serial, its medium, method, tool and verification; what stays is on neither', async () => {
    const { u } = (await stay()).items[0] ?? never('piece')
    await leave([1])
    must(await media(1, { kind: 'wiped', wipe: WIPE }))
    cage.clock.now += MINUTE
    const viewer = await officer()
    const certificate = textOf(must(await cage.desk.desk.content(must(await draw('wipe')).id, viewer)).content, '-raw')
    for (const told of ['NIST SP 800-88', 'SN-A', 'S6UENX0T1', 'Samsung PM9A3', 'Purge', 'nvme-cli 2.11', 'Menyeluruh', 'Lolos', viewer.name])
      assert.ok(tight(certificate).includes(tight(told)), `${told} is not in ${certificate}`)
    const minutes = textOf(must(await cage.desk.desk.content(must(await draw('removal')).id, viewer)).content, '-raw')
    says(minutes, 'the minutes of removal', 'BERITA ACARA PENGELUARAN PERANGKAT', 'Nomor : 1/BAK/', ticket, 'PIHAK PERTAMA', 'PIHAK KEDUA')
    for (const told of ['SN-A', `A5 U${u}–${(u ?? 0) + 1}`, '28,0 kg', '1 media disanitasi', 'diganti baru'])
      assert.ok(tight(minutes).includes(tight(told)), `${told} is not in ${minutes}`)
    for (const paper of [certificate, minutes]) assert.doesNotMatch(paper, /SN-B|ME5/)
  })

  it('leaves with its media as they are, or before its papers are signed, for a reason that stays in the trail', async () => {
    await leave([2])
    must(await media(2, { kind: 'kept', reason: 'pemilik membawa sendiri medianya' }))
    assert.match(refusalOf(await out(2, 'SN-B')).words?.id ?? '', /Berita acara pengeluaran/)
    must(await out(2, 'SN-B', 'truk berangkat malam ini, pejabat dinas luar'))
    assert.equal((await stay()).items[1]?.out?.without, 'truk berangkat malam ini, pejabat dinas luar')
    const [entry] = await cage.records.audit.page({ size: 1, action: 'stay.out' })
    assert.match(JSON.stringify(entry?.detail), /truk berangkat/)
    const [said] = await cage.records.audit.page({ size: 1, action: 'stay.media' })
    assert.match(JSON.stringify(said?.detail), /pemilik membawa/)
  })

  it('needs papers of its own way out: those of an earlier one count for nothing', async () => {
    await leave([1])
    must(await media(1, { kind: 'none' }))
    await signPaper(cage, must(await draw('removal')))
    cage.clock.now += MINUTE
    await leave([2])
    must(await media(2, { kind: 'none' }))
    assert.match(refusalOf(await out(2, 'SN-B')).words?.id ?? '', /Berita acara pengeluaran/)
    must(await out(1, 'SN-A'))
  })
})
