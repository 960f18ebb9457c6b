// Tables as spreadsheets of this world write them.
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { cell, readCsv, textOf, writeCsv } from '../../daemon/domain/csv.ts'

const read = (text: string) => {
  const sheet = readCsv(text)
  assert.ok(sheet.ok, sheet.ok ? '' : sheet.failure.message)
  return sheet.value
}
const cells = (text: string) => read(text).rows.map(row => row.cells)

describe('tables', () => {
  it('are read whatever separates their cells and ends their lines', () => {
    for (const text of ['a,b\n1,2\n', 'a;b\r\n1;2\r\n', 'a\tb\n1\t2', '\uFEFFa,b\n1,2', 'a,b\n\n1,2\n\n'])
      assert.deepEqual([read(text).head, cells(text)], [['a', 'b'], [['1', '2']]], JSON.stringify(text))
  })
  it('keep separators, quotes and line ends inside quotes, and know the line a row begins in', () => {
    const sheet = read('Nama;Alamat\n"Dinas ""X"", Prov";"Jalan 1\nKota"\nY;Z\n')
    assert.deepEqual(sheet.rows, [
      { line: 2, cells: ['Dinas "X", Prov', 'Jalan 1\nKota'] },
      { line: 4, cells: ['Y', 'Z'] },
    ])
  })
  it('say where a quotation mark is never closed, and what an empty file lacks', () => {
    const open = readCsv('a,b\n1,"2\n3,4\n')
    assert.ok(!open.ok && /line 2/.test(open.failure.message))
    assert.ok(!readCsv('\uFEFF\n \n').ok)
  })
  it('come in UTF-8, in UTF-16 and in what Excel writes on Windows', () => {
    const text = 'nama\nKepala Dinas – “Ñoño”\n'
    assert.equal(textOf(Buffer.from(text, 'utf8')), text)
    assert.equal(textOf(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])), text)
    assert.equal(textOf(Buffer.from([0x4a, 0x6f, 0x73, 0xe9, 0x20, 0x96])), 'José –')
  })
  it('never become formulas when they are written, and are themselves again when they are read', () => {
    for (const evil of ['=1+1', '+62812', '-2', '@SUM(A1)', '\t=1', "=cmd|' /C calc'!A0"]) assert.match(cell(evil), /^"?'/, evil)
    void fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 }), rows => {
        // Blanks around a cell are dropped on purpose, and with them rows of nothing.
        const plain = rows.map(row => row.map(each => each.trim())).filter(row => row.some(each => each !== '' && !/^'[=+\-@]/.test(each)))
        const kept = plain.filter(row => row.every(each => !/^'[=+\-@]/.test(each)))
        const back = cells(writeCsv(['a', 'b'], kept))
        assert.deepEqual(back, kept)
      }),
    )
  })
})
