// Papers as PDF, looked at by poppler: fonts, text field by field, pages, pictures.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { create } from 'qrcode'
import type { Block, Paper, PrintedPaper } from '../../daemon/domain/paper.ts'
import { render } from '../../daemon/paper/render.ts'
import { type Desk, havePoppler, openDesk, raster } from './support/poppler.ts'
import { CODE, frame, letterhead, minutesOf, report, samples } from './support/samples.ts'

const printed = async (paper: Paper): Promise<PrintedPaper> => {
  const outcome = await render(paper)
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.failure.message)
  return outcome.value
}
const paperOf = (blocks: readonly Block[], more: Partial<Paper> = {}): Paper => ({
  kind: 'notes',
  title: 'Uji',
  number: null,
  letterhead: null,
  blocks,
  footer: null,
  verification: null,
  language: 'id',
  date: 0,
  author: 'Dinas',
  ...more,
})
const minutes = (): Paper => {
  const made = minutesOf()
  assert.ok(made.ok)
  return made.value
}
const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

describe('papers as PDF', function () {
  this.timeout(60_000)
  let desk: Desk

  before(function () {
    if (!havePoppler()) this.skip()
    desk = openDesk()
  })
  after(() => desk?.close())

  const text = (pdf: Uint8Array, ...options: string[]) =>
    desk.run('pdftotext', ['-layout', '-enc', 'UTF-8', ...options, desk.file('a.pdf', pdf), '-'])
  const info = (pdf: Uint8Array) => desk.run('pdfinfo', [desk.file('a.pdf', pdf)])

  it('are PDF 1.3 with every font in them, whatever their kind', async () => {
    for (const [kind, paper] of samples()) {
      const { pdf, sha256, pages } = await printed(paper)
      assert.equal(Buffer.from(pdf.subarray(0, 8)).toString(), '%PDF-1.3', kind)
      assert.equal(createHash('sha256').update(pdf).digest('hex'), sha256)
      const fonts = desk
        .run('pdffonts', [desk.file('a.pdf', pdf)])
        .trim()
        .split('\n')
        .slice(2)
      assert.ok(fonts.length > 0, `${kind} has no font`)
      for (const font of fonts) assert.match(font, /Tinos-\w+\s+CID TrueType\s+Identity-H\s+yes yes yes/, `${kind}: ${font}`)
      assert.match(info(pdf), new RegExp(`Pages:\\s+${pages}\\n`))
      // What stands in it can be found and copied.
      assert.ok(inOneLine(text(pdf)).includes(inOneLine(paper.letterhead?.name ?? '')), kind)
    }
  })

  it('say what they are, from whom and since when', async () => {
    const { pdf } = await printed(minutes())
    const about = info(pdf)
    assert.match(Buffer.from(pdf).toString('latin1'), /\/Type \/Catalog[^>]*\/Lang \(id\)/)
    assert.match(about, /Title:\s+Berita Acara Penggunaan Sistem Penghubung Layanan Pemerintah Daerah/)
    assert.match(about, /Author:\s+Dinas Komunikasi dan Informatika/)
    assert.match(about, /Subject:\s+001\/BA-LIA\/SC-05\/DISKOMINFO\/2026/)
    assert.match(about, /Page size:\s+595\.28 x 841\.89 pts \(A4\)/)
  })

  it('print the minutes field by field as the official form has them, on one page', async () => {
    const { pdf, pages } = await printed(minutes())
    assert.equal(pages, 1)
    const layout = text(pdf)
    const flat = inOneLine(layout)
    for (const line of [
      'Berita Acara Penggunaan Sistem Penghubung Layanan Pemerintah Daerah Nomor : 001/BA-LIA/SC-05/DISKOMINFO/2026',
      'Pada hari ini Jumat tanggal dua puluh bulan November tahun dua ribu dua puluh enam (20-11-2026) kami yang bertanda tangan dibawah ini :',
      'I. N a m a : Sri Wahyuni, S.Kom., M.T. NIP : 19780512 200501 2 003 Jabatan : Kepala Bidang e-Government dan Statistik Unit : Dinas Komunikasi dan Informatika Selanjutnya disebut PIHAK PERTAMA',
      'II. N a m a : Drs. Ahmad Fauzi NIP : 19700101 199503 1 001 Jabatan : Kepala Bidang Mutasi Unit : Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Daerah Selanjutnya disebut PIHAK KEDUA',
      'PIHAK PERTAMA telah menyelesaikan Integrasi Sistem sesuai permintaan, dengan Government Service Bus (GSB) atau Application Programming Interface (API) data kepegawaian SIMPEG, telah diimplementasi dengan baik oleh PIHAK KEDUA.',
      'Untuk selanjutnya dalam hal operasional, PIHAK PERTAMA bertanggung jawab atas ketersediaan network dan fasilitas pendukung server. Sedangkan untuk evaluasi dan pemeliharaan serta backup aplikasi/data sepenuhnya menjadi tanggung jawab PIHAK KEDUA.',
      'Jika dikemudian hari akan dilakukan penambahan/perubahan oleh PIHAK KEDUA, PIHAK KEDUA mengajukan permintaan RFC (request for change) melalui Service Desk Dinas Komunikasi dan Informatika Provinsi Kepulauan Bangka Belitung.',
      'PIHAK KEDUA menandatangani Berita Acara dan mengirimkan kembali kepada PIHAK PERTAMA.',
      'Demikian Berita Acara ini dibuat untuk dapat digunakan semestinya.',
    ])
      assert.ok(flat.includes(line), `missing: ${line}\n${layout}`)
    // Beside one another, in signing order.
    assert.match(layout, /PIHAK PERTAMA,\s{5,}PIHAK KEDUA,/)
    assert.match(layout, /Sri Wahyuni, S\.Kom\., M\.T\.\s{5,}Drs\. Ahmad Fauzi/)
    assert.match(layout, /NIP\. 19780512 200501 2 003\s{5,}NIP\. 19700101 199503 1 001/)
    // The colons stand below one another.
    const colons = layout.split('\n').flatMap(line => (/^\s*(?:I?I\.)?\s*(?:N a m a|NIP|Jabatan|Unit)\s+:/.test(line) ? [line.indexOf(':')] : []))
    assert.equal(colons.length, 8)
    assert.ok(Math.max(...colons) - Math.min(...colons) <= 1, String(colons))
  })

  it('are the same file when made again', async () => {
    assert.equal((await printed(minutes())).sha256, (await printed(minutes())).sha256)
  })

  it('set a table’s head again on every page and number the pages', async () => {
    const { pdf, pages } = await printed(report(60))
    assert.ok(pages > 4)
    const sheets = text(pdf).split('\f').slice(0, pages)
    const withRows = sheets.filter(sheet => /Rudi Hartono, A\.Md\.\s+Kebutuhan/.test(sheet))
    assert.ok(withRows.length > 3)
    for (const sheet of withRows) assert.match(sheet, /NO\.\s+WAKTU\s+OLEH\s+KEGIATAN/)
    for (const [i, sheet] of sheets.entries()) assert.match(sheet, new RegExp(`Halaman ${i + 1} dari ${pages}\\b`))
  })

  it('have bookmarks for their chapters', async () => {
    const { pdf } = await printed(report(3))
    assert.match(Buffer.from(pdf).toString('latin1'), /\/Outlines \d+ 0 R/)
    const titles = [
      ...Buffer.from(pdf)
        .toString('latin1')
        .matchAll(/\/Title \(([A-F]\. [^)]+)\)/g),
    ].map(([, title]) => title)
    assert.deepEqual(titles.slice(0, 3), ['A. Permohonan', 'B. Uraian permintaan', 'C. Riwayat penanganan'])
  })

  it('part a row that no page can hold, and lose no line of it', async () => {
    const items = Array.from({ length: 120 }, (_, i) => `Dasar hukum nomor ${i + 1} tentang penyelenggaraan pelayanan publik di daerah.`)
    const { pdf, pages } = await printed(
      paperOf([
        {
          kind: 'table',
          columns: [{ width: 1 }, { width: 4 }],
          head: [[{ content: 'NO.' }, { content: 'URAIAN' }]],
          rows: [[{ content: '1.' }, { content: [{ kind: 'list', marker: 'decimal', items }] }]],
        },
      ]),
    )
    assert.ok(pages >= 3)
    const found = [...text(pdf).matchAll(/Dasar hukum nomor (\d+)/g)].map(([, no]) => Number(no))
    assert.deepEqual(
      found,
      items.map((_, i) => i + 1),
    )
  })

  it('keep cells that span columns and rows in their place', async () => {
    const { pdf } = await printed(
      paperOf([
        {
          kind: 'table',
          columns: [{ width: 1 }, { width: 1 }, { width: 1 }],
          head: [],
          rows: [
            [{ content: 'Pengelola', rows: 2 }, { content: 'Lini pertama' }, { content: 'Kadis' }],
            [{ content: 'Lini kedua' }, { content: 'Prakom' }],
            [{ content: 'Keterangan', columns: 2 }, { content: 'Akhir' }],
          ],
        },
      ]),
    )
    const layout = text(pdf)
    assert.match(layout, /Pengelola\s+Lini pertama\s+Kadis/)
    assert.match(layout, /\n\s{10,}Lini kedua\s+Prakom/)
    assert.match(layout, /Keterangan\s{10,}Akhir/)
  })

  it('fit F4, and lie on their side', async () => {
    assert.match(info((await printed(paperOf([], { size: 'F4' }))).pdf), /609\.45 x 935\.43/)
    assert.match(info((await printed(paperOf([], { landscape: true }))).pdf), /841\.89 x 595\.28/)
  })

  it('print every sign of a name, and nothing that deceives', async () => {
    const names = 'Ĕka Ñurul “Ayu” – d’Arc, Łukasz, Ελένη, Жанна'
    const { pdf } = await printed(paperOf([{ kind: 'paragraph', content: `${names} \u202Eterbalik\u202C nol\u0000nol \u{1F600}` }]))
    const flat = inOneLine(text(pdf))
    assert.ok(flat.includes(names), flat)
    assert.ok(flat.includes('terbalik nolnol ?'), flat)
  })

  it('break a word longer than any line', async () => {
    const word = 'abcdefghij'.repeat(500)
    const { pdf } = await printed(paperOf([{ kind: 'fields', rows: [{ label: 'Kunci', value: word }] }]))
    assert.ok(
      text(pdf)
        .replaceAll(/\s|Kunci|:|Halaman \d dari \d/g, '')
        .includes(word),
    )
  })

  it('draw boxes to tick, empty and ticked', async () => {
    const dark = async (content: string) => {
      const { pdf } = await printed(paperOf([{ kind: 'paragraph', content }]))
      const page = raster(desk, desk.file('a.pdf', pdf), 1, 144)
      let count = 0
      for (let y = 0; y < page.height / 4; y++) for (let x = 0; x < page.width; x++) if (page.at(x, y) < 128) count++
      return count
    }
    const [none, empty, ticked] = [await dark(''), await dark('☐'), await dark('☑')]
    assert.ok(none < empty && empty < ticked, `${none} ${empty} ${ticked}`)
  })

  it('carry a code on every page that leads to the page of verification', async () => {
    const { pdf } = await printed(minutes())
    const dpi = 432
    const page = raster(desk, desk.file('a.pdf', pdf), 1, dpi)
    const { modules } = create(`https://layanan.example.go.id/verify/${CODE}`, { errorCorrectionLevel: 'M' })
    const dark = (x: number, y: number) => page.at((x * dpi) / 72, (y * dpi) / 72) < 128
    // Its edges are where black begins left of the text at the foot; then every module is looked at.
    const [from, to] = [841.89 - 85, 841.89 - 28]
    let [left, right, top, bottom] = [200, 0, 900, 0]
    for (let y = from; y < to; y += 0.2)
      for (let x = 60; x < 120; x += 0.2)
        if (dark(x, y) && y > 841.89 - 78) [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)]
    const unit = (right - left) / modules.size
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        assert.equal(dark(left + (column + 0.5) * unit, top + (row + 0.5) * unit), modules.get(row, column) === 1, `module ${row}, ${column}`)
    assert.ok(text(pdf).includes('3V9T 6QH2 M8K4 R7B5 X1C0 ZPWD NF'))
  })

  it('refuse an emblem that is not there or no picture', async () => {
    const missing = await render({ ...minutes(), letterhead: { ...letterhead, logo: '/nirgends/lambang.png' } })
    assert.ok(!missing.ok && missing.failure.kind === 'notFound')
    const wrong = await render({ ...minutes(), letterhead: { ...letterhead, logo: desk.file('lambang.png', 'bukan gambar') } })
    assert.ok(!wrong.ok && wrong.failure.kind === 'invalid')
  })

  it('set the emblem beside the names', async () => {
    // One grey dot, 1 × 1.
    const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64')
    const { pdf } = await printed({ ...minutes(), letterhead: { ...letterhead, logo: desk.file('dot.png', dot) } })
    assert.match(desk.run('pdfimages', ['-list', desk.file('a.pdf', pdf)]), /\n\s+1\s+0\s+image\s+1\s+1\s+gray/)
    assert.ok(inOneLine(text(pdf)).includes(frame.letterhead?.name ?? ''))
  })
})
