// What people scan and upload, by its content.
import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import { render } from '../../daemon/paper/render.ts'
import { inspectScan } from '../../daemon/paper/scan.ts'
import { report } from './support/samples.ts'

const kind = async (bytes: Uint8Array) => {
  const outcome = await inspectScan(bytes)
  return outcome.ok ? outcome.value.type : outcome.failure.kind
}
const pages = async (bytes: Uint8Array) => {
  const outcome = await inspectScan(bytes)
  return outcome.ok ? outcome.value.pages : outcome.failure.message
}
const pdf = (...objects: string[]) => Buffer.from(`%PDF-1.5\n${objects.join('\n')}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`, 'latin1')

/** Two pictures of no size, one after the other. */
function tiff(count: number): Buffer {
  const bytes = Buffer.alloc(8 + count * 18)
  bytes.write('II*\0', 'latin1')
  bytes.writeUInt32LE(8, 4)
  for (let i = 0; i < count; i++) {
    bytes.writeUInt16LE(1, 8 + i * 18)
    bytes.writeUInt32LE(i === count - 1 ? 0 : 8 + (i + 1) * 18, 8 + i * 18 + 14)
  }
  return bytes
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64')
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')

describe('scans', () => {
  it('are known by their content, with pages and hash', async () => {
    const made = await render(report(40))
    assert.ok(made.ok)
    const scan = await inspectScan(made.value.pdf)
    assert.ok(scan.ok)
    assert.deepEqual(scan.value, { type: 'application/pdf', pages: made.value.pages, bytes: made.value.pdf.length, sha256: made.value.sha256 })
    assert.equal(await kind(png), 'image/png')
    assert.equal(await kind(jpeg), 'image/jpeg')
    assert.equal(await pages(tiff(3)), 3)
  })

  it('are counted in files that pack their objects', async () => {
    const objects = '1 0 2 40 << /Type /Catalog /Pages 2 0 R >> << /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>'
    const packed = deflateSync(Buffer.from(objects)).toString('latin1')
    assert.equal(
      await pages(pdf(`5 0 obj << /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode /Length ${packed.length} >> stream\n${packed}\nendstream endobj`)),
      2,
    )
  })

  it('are counted by the topmost node, in the newest revision', async () => {
    const inner = '3 0 obj << /Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1 >> endobj'
    assert.equal(await pages(pdf('2 0 obj << /Type /Pages /Kids [3 0 R] /Count 7 >> endobj', inner)), 7)
    assert.equal(await pages(pdf('2 0 obj << /Count 7 /Type /Pages >> endobj', inner, '2 0 obj << /Count 8 /Type /Pages >> endobj')), 8)
    assert.equal(await pages(pdf('1 0 obj << /Type /Catalog >> endobj')), null)
  })

  it('are refused when they are something else, whatever they are called', async () => {
    for (const lie of ['<html><script>alert(1)</script>', 'MZ\x90\0', 'PK\x03\x04', '', 'GIF89a'])
      assert.equal(await kind(Buffer.from(lie, 'latin1')), 'invalid', JSON.stringify(lie))
  })

  it('are refused when they act, hide or have nothing in them', async () => {
    const nodes = '2 0 obj << /Type /Pages /Count 1 >> endobj'
    for (const act of [
      '<< /S /JavaScript /JS (app.alert(1)) >>',
      '<< /S /J#61vaScript >>',
      '<< /S /Launch /F (cmd.exe) >>',
      '<< /Type /EmbeddedFile >>',
    ])
      assert.equal(await kind(pdf(nodes, `9 0 obj ${act} endobj`)), 'invalid', act)
    assert.equal(await kind(Buffer.concat([pdf(nodes), Buffer.from('trailer << /Encrypt 9 0 R >>')])), 'invalid')
    assert.equal(await kind(pdf('2 0 obj << /Type /Pages /Count 0 >> endobj')), 'invalid')
  })

  it('are not misjudged by what is in their pictures', async () => {
    assert.equal(
      await pages(
        pdf(
          '2 0 obj << /Type /Pages /Count 1 >> endobj',
          '3 0 obj << /Length 9 >> stream\n/JavaScript /Encrypt 1 0 R << /Type /Pages /Count 99 >>\nendstream endobj',
        ),
      ),
      1,
    )
  })

  it('cannot make us unpack without end', async () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024)).toString('latin1')
    const object = `5 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n${bomb}\nendstream endobj`
    assert.equal(await pages(pdf('2 0 obj << /Type /Pages /Count 1 >> endobj', ...Array.from({ length: 50 }, () => object))), 1)
    const spiral = Buffer.concat([tiff(1)])
    spiral.writeUInt32LE(8, 22)
    assert.equal(await pages(spiral), 1)
  })
})
