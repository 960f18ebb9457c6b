// What the agency decided, word for word: the shipped catalogue against the official documents, where they are at hand.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ReadCatalogue, readCatalogue } from '../../../daemon/desk/catalogue-read.ts'
import { sheetRows } from '../../../daemon/desk/papers/sheet.ts'
import { standardRows } from '../../../daemon/desk/papers/standard.ts'
import type { Words } from '../../../daemon/domain/form.ts'
import type { Block, Inline, List } from '../../../daemon/domain/paper.ts'
import type { Minutes, Service } from '../../../daemon/domain/service.ts'

const FOLDER = resolve(import.meta.dirname, '../../../../shared/seeds')

/** Letters and figures alone: how a document was set, and how a scanner read its lists, is not what it says. */
const bare = (text: string): string =>
  text
    .replaceAll(/<(https?:[^>]*)>/g, '$1')
    .replaceAll(/<li>\s*(\d{1,2}|[a-z])[.)]/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[*_\\]/g, '')
    .replaceAll(/^\s*-?\s*(\d{1,2}|[a-z])[.)]\s/gm, ' ')
    .replaceAll(/(?<=[\s:;,.])(\d{1,2}|[a-z])[.)](?=\s[A-Za-z])/g, ' ')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

const inlineText = (content: Inline): string => (typeof content === 'string' ? content : content.map(run => ('text' in run ? run.text : '')).join(''))

function textOf(blocks: readonly Block[]): string {
  const isBlocks = (item: List['items'][number]): item is readonly Block[] => Array.isArray(item) && item.every(part => 'kind' in part)
  return blocks
    .map(block => {
      if (block.kind === 'paragraph' || block.kind === 'heading') return inlineText(block.content)
      if (block.kind === 'list') return block.items.map(item => (isBlocks(item) ? textOf(item) : inlineText(item as Inline))).join('\n')
      return ''
    })
    .join('\n')
}

describe('the catalogue and the official documents', () => {
  let catalogue: ReadCatalogue
  const service = (key: string): Service => {
    const found = catalogue.services.find(one => one.key === key)
    assert.ok(found, `there is no ${key}`)
    return found
  }

  before(async function () {
    if (!existsSync(FOLDER)) {
      process.stderr.write(`(the official documents are not at hand in ${FOLDER})\n`)
      this.skip()
    }
    catalogue = await readCatalogue()
  })

  const document = (name: string): string => bare(readFileSync(resolve(FOLDER, name), 'utf8'))
  const stands = (text: string, whole: string, what: string) =>
    assert.ok(bare(text) !== '' && whole.includes(bare(text)), `${what} does not stand in the document:\n${text}\n\nas ${bare(text)}`)

  for (const [key, file] of [
    ['splp', 'katalog-sc-05-splp.txt'],
    ['data-management', 'katalog-sc-06-manajemen-data.txt'],
  ] as const)
    it(`has every row of the sheet of ${file}, in its order`, () => {
      const whole = document(file)
      const { sheet, name } = service(key)
      assert.ok(sheet)
      const rows = sheetRows({ name }, sheet, 'id')
      assert.equal(rows.length, 16)
      let from = whole.indexOf(bare('Nama Layanan'))
      for (const [label, content] of rows) {
        // Of a label that is parted by what stands beside it, the beginning.
        const at = whole.indexOf(bare(label.split(' ', 2).join(' ')), from)
        assert.ok(at >= from, `"${label}" does not come after the rows before it`)
        stands(textOf(content), whole, label)
        from = at + 1
      }
      stands(sheet.number ?? '', whole, 'number')
      stands(sheet.title?.id ?? '', whole, 'title')
      stands(`Ditetapkan Tanggal : ${sheet.decided}`, whole, 'date')
    })

  for (const [key, file] of [
    ['splp', 'standar-pelayanan-splp.txt'],
    ['colocation', 'standar-pelayanan-pusat-data.txt'],
  ] as const)
    it(`has the fourteen components of ${file}`, () => {
      const whole = document(file)
      const { standard } = service(key)
      assert.ok(standard)
      const rows = standardRows(standard, 'id')
      assert.equal(rows.length, 14)
      for (const [label, content] of rows) {
        stands(label, whole, label)
        stands(textOf(content), whole, label)
      }
      stands(standard.title.id, whole, 'title')
    })

  it('has the steps of both SOP tables in their words', () => {
    for (const [key, file, last] of [
      ['splp', 'katalog-sc-05-splp.txt', 7],
      ['data-management', 'katalog-sc-06-manajemen-data.txt', 4],
    ] as const) {
      const whole = document(file)
      for (const step of service(key).steps) {
        if (step.kind === 'verify' || step.kind === 'minutes' || (step.row ?? 0) > last) continue
        stands(step.label.id, whole, step.key)
        if (step.output !== undefined) stands(step.output.id, whole, `output of ${step.key}`)
        if (step.needs !== undefined && step.kind !== 'work') stands(step.needs.id, whole, `needs of ${step.key}`)
      }
    }
  })

  it('has the minutes of SC-05 clause by clause', () => {
    const whole = document('katalog-sc-05-splp.txt')
    const minutes: Minutes | null = service('splp').minutes
    assert.ok(minutes)
    const texts: Words[] = [minutes.title, ...minutes.clauses, minutes.closing]
    for (const { id } of texts) for (const part of id.split(/\{[a-z]+\}/)) stands(part, whole, 'clause')
    stands('kami yang bertanda tangan dibawah ini :', whole, 'opening')
    assert.match(minutes.opening.id, /kami yang bertanda tangan dibawah ini :$/)
  })

  it('has the labels, statements and signers of the forms that survive', () => {
    const whole = document('katalog-sc-05-splp.txt')
    const [splp, test] = [service('splp').form, service('feasibility-test').form]
    for (const form of [splp, test]) {
      stands(form.statement.id, whole, 'statement')
      stands(form.signer.label.id, whole, 'signer')
    }
    stands(test.title.id, whole, 'title')
    for (const note of test.notes ?? []) stands(note.id, whole, 'note')
    for (const section of test.sections.filter(({ key }) => key === 'vulnerability' || key === 'stress')) {
      stands(section.title.id, whole, section.key)
      for (const field of section.fields) if (field.key !== 'testUrl') stands(field.label.id, whole, field.key)
    }
  })

  it('has the letter of SC-06', () => {
    const whole = document('katalog-sc-06-manajemen-data.txt')
    const { letter } = service('data-management').form
    assert.ok(letter)
    for (const text of [letter.subject, letter.attachments, ...letter.to, ...letter.body])
      for (const part of text.id.split(/\{[a-zA-Z]+\}/)) if (bare(part) !== '') stands(part, whole, 'letter')
  })
})
