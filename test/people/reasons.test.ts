// Why something was not taken stands in both languages wherever a page shows it: tables of people, and any form the API refuses.
import assert from 'node:assert/strict'
import { z } from 'zod'
import type { Together } from '../../daemon/domain/outcome.ts'
import type { Organisation, Person } from '../../daemon/domain/people.ts'
import { Organisation as OrganisationShape, Person as PersonShape } from '../../daemon/domain/people.ts'
import { Login } from '../../daemon/domain/signin.ts'
import { issueWords } from '../../daemon/domain/words/issue-words.ts'
import { problemOfIssues } from '../../daemon/http/problems.ts'
import { importTable } from '../../daemon/people/import.ts'
import { must } from '../store/support/must.ts'

const together: Together = work => work()
const nothing = () => assert.fail('nothing is taken in')
const into = {
  together,
  organisations: { all: async () => [{ id: 1, name: 'Dinas Kominfo', short: 'Kominfo' } as Organisation], aside: nothing },
  persons: { all: async () => [{ id: 1, name: 'Maya Sari', nip: '199001012015012001', email: 'maya@demo.example' } as Person], aside: nothing },
  accounts: { logins: async () => new Map([[1, 'maya']]), everTaken: async () => new Set(['maya']), aside: nothing },
  writes: () => 0,
  trail: nothing,
  links: nothing,
}

describe('reasons', () => {
  it('of every wrong line of a table are said in both languages', async () => {
    const people = must(
      await importTable(
        'people',
        'nama;nip;pd;e-mail\nA;123;Kominfo;bukan\nTono;;Bappeda;\nTini;;Kominfo;\nTini;;Kominfo;\nX;1;Kominfo;a;b\n',
        true,
        into,
      ),
    )
    const accounts = must(await importTable('accounts', 'login;nip\n!;199001012015012001\nmaya2;maya@demo.example\ntono;tidak ada\n', true, into))
    assert.equal(people.committed || accounts.committed, false)
    const said = [...people.mistakes, ...accounts.mistakes]
    for (const { line, column, words } of said) {
      assert.ok(words, `line ${line} ${column}`)
      assert.notEqual(words.id, words.en)
    }
    for (const wanted of [
      'NIP terdiri atas 18 angka', 'paling sedikit 2 huruf', 'bukan alamat surel', 'tidak ada organisasi "Bappeda"', 'sama dengan baris 4',
      'Maya Sari sudah punya akun "maya"', 'tidak ada orang dengan NIP atau surel "tidak ada"',
    ]) // biome-ignore format: one list
      assert.ok(
        said.some(({ words }) => words?.id === wanted),
        wanted,
      )
    const whole = await importTable('people', 'nama;warna\nA;merah\n', false, into)
    assert.equal(
      whole.ok ? null : whole.failure.words?.id.startsWith('Baris pertama tidak memuat organisation dan memuat kolom yang tidak dikenal'),
      true,
    )
  })

  it('of a body the API refuses are said in both languages, and never in the words of a library', () => {
    const Shape = z.strictObject({
      name: z.string().min(1),
      title: z.string().max(3),
      count: z.int().max(5),
      kind: z.enum(['a', 'b']),
      mail: z.email(),
      on: z.iso.date(),
      list: z.array(z.string()).min(2),
      missing: z.string(),
      why: z.string().min(3, 'say why'),
    })
    const given = { name: '', title: 'panjang', count: 'x', kind: 'c', mail: 'x', on: '20/11', list: [], why: '', zz: 1 }
    const { error } = Shape.safeParse(given)
    assert.ok(error)
    const { errors = [] } = problemOfIssues('body', error)
    const words = Object.fromEntries(errors.map(({ field, words }) => [field, words?.id]))
    assert.deepEqual(words, {
      name: 'wajib diisi',
      title: 'paling banyak 3 huruf',
      count: 'harus berupa angka',
      kind: 'pilih salah satu: a, b',
      mail: 'bukan alamat surel',
      on: 'tanggal ditulis 2026-11-20',
      list: 'paling sedikit 2 butir',
      missing: 'wajib diisi',
      why: 'tulis alasannya',
      zz: 'isian ini tidak dikenal: hapus atau perbaiki namanya',
    })
    for (const { words } of errors) assert.doesNotMatch(`${words?.id} ${words?.en}`, /expected|received|Invalid|Too (small|big)/)
  })

  it('of the registers of people lack no translation', () => {
    const wrong = { name: '', short: '', nip: '1', email: 'x', echelon: 'X', kind: 'x', organisation: 0 }
    const issues = [PersonShape, OrganisationShape, Login].flatMap(
      (shape: z.ZodType) => shape.safeParse(shape === Login ? '!' : wrong).error?.issues ?? [],
    )
    assert.ok(issues.length > 6)
    for (const issue of issues) assert.doesNotMatch(issueWords(issue).id, /^tidak sesuai:/, issue.message)
  })
})
